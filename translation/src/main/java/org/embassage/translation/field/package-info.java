/** Reads one field of one record: bytes to text by a strict decoder, text to a typed value, or a coded no. */
@NullMarked
package org.embassage.translation.field;

import org.jspecify.annotations.NullMarked;
