package org.embassage.translation.field;

/**
 * Where a field lies.
 *
 * @param position for fixed width the offset in bytes, from 0; for CSV the column, from 0
 * @param length for fixed width in bytes; for CSV 0
 */
public record FieldPlace(int position, int length) {}
