package org.embassage.translation.field;

import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.description.CodeTable;

/** A code of a closed table. */
record CodeType(CodeTable table) implements FieldType {

    @Override
    public Optional<Item> read(String text, String field) {
        return Optional.of(Item.of(table.get(text).orElseThrow(() -> new RowFault(FaultCode.CODE_UNKNOWN, field))));
    }
}
