package org.embassage.translation.feed;

import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.translation.description.Section;
import org.embassage.translation.field.FieldPlace;
import org.embassage.translation.field.Row;

/** How a file holds records. Thread-safe. */
interface FileLayout {

    /** Cuts a drop and proves it. Never throws for bad input. */
    Feed.Slicing slice(byte[] drop);

    /**
     * Cuts a record into fields and proves its checksum.
     *
     * @throws org.embassage.translation.field.RowFault if it does not have the layout
     */
    Row row(RecordSlice slice);

    /** The text of the field that tells record types apart, stripped. */
    String typeOf(Row row);

    /** Name of the field that tells record types apart. */
    String typeName();

    /** Reads where a field lies; reports what is wrong with it. */
    FieldPlace place(Section field);
}
