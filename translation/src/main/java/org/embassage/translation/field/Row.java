package org.embassage.translation.field;

/** The bytes of one record, cut into fields. */
public interface Row {

    /** The bytes of a field, before decoding. */
    byte[] bytes(FieldPlace place);
}
