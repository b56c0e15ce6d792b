package org.embassage.translation.mapping;

import java.util.List;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.field.RowFault;

/**
 * An element's place in the shared schema and what the mapping says of its absence.
 *
 * @param name of the element
 * @param nillable whether it has a value-absent form
 * @param optional whether it may be left out
 * @param empty the reason to give when the record says nothing of it
 * @param onlyIf fields of which one must have a value, or the element is left out; empty if there is no such condition
 * @param unless fields of which none may have one
 */
record Place(
        String name,
        boolean nillable,
        boolean optional,
        Optional<String> empty,
        List<Source.Ref> onlyIf,
        List<Source.Ref> unless) {

    Place {
        onlyIf = List.copyOf(onlyIf);
        unless = List.copyOf(unless);
    }

    boolean applies(RecordValues record) {
        return (onlyIf.isEmpty() || anyPresent(onlyIf, record)) && !anyPresent(unless, record);
    }

    private static boolean anyPresent(List<Source.Ref> refs, RecordValues record) {
        return refs.stream().anyMatch(ref -> !record.get(ref.position()).items().isEmpty());
    }

    /** The source says that there is no value, and why. */
    boolean writeAbsent(StringBuilder out, String reason, String field) {
        if (nillable) {
            XmlText.absent(out, name, reason);
            return true;
        }
        if (!optional) {
            throw new RowFault(FaultCode.FIELD_MISSING, field);
        }
        return false;
    }

    /** The record says nothing. */
    boolean writeEmpty(StringBuilder out) {
        empty.ifPresent(reason -> XmlText.absent(out, name, reason));
        return false;
    }
}
