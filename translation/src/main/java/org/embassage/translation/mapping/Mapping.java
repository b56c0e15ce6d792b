package org.embassage.translation.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.DocumentKind;
import org.embassage.schemas.SharedSchema;
import org.embassage.translation.field.Field;
import org.embassage.translation.field.FieldValue;
import org.embassage.translation.field.Row;
import org.embassage.translation.field.RowFault;

/** Makes drafts of one kind from records of one type. Thread-safe. */
public final class Mapping {

    private static final int USUAL_LENGTH = 4096;

    private final DocumentKind kind;
    private final List<Field> fields;
    private final List<ElementWriter> elements;
    private final Source action;
    private final Source originRecordRef;
    private final List<Lineage> lineage;

    Mapping(
            DocumentKind kind,
            List<Field> fields,
            List<ElementWriter> elements,
            Source action,
            Source originRecordRef,
            List<Lineage> lineage) {
        this.kind = kind;
        this.fields = List.copyOf(fields);
        this.elements = List.copyOf(elements);
        this.action = action;
        this.originRecordRef = originRecordRef;
        this.lineage = List.copyOf(lineage);
    }

    /**
     * Where the content of an element comes from.
     *
     * @param path of the element
     * @param origin for example {@code constant} or {@code field doc-class}; never a value
     */
    public record Lineage(String path, String origin) {}

    public DocumentKind kind() {
        return kind;
    }

    /** Where each element comes from, in the order of the schema. */
    public List<Lineage> lineage() {
        return lineage;
    }

    /**
     * Makes the draft of a record.
     *
     * @throws RowFault if a field is bad
     */
    public Draft draft(Row row) {
        List<FieldValue> values = new ArrayList<>(fields.size());
        for (Field field : fields) {
            values.add(field.read(row));
        }
        RecordValues record = new RecordValues(values);
        StringBuilder out = new StringBuilder(USUAL_LENGTH)
                .append('<')
                .append(kind.elementName())
                .append(" xmlns=\"")
                .append(SharedSchema.NAMESPACE)
                .append("\">");
        for (ElementWriter element : elements) {
            element.write(record, out);
        }
        XmlText.close(out, kind.elementName());
        return new Draft(
                kind.elementName(),
                single(action, record, "action"),
                single(originRecordRef, record, "origin-record-ref"),
                out.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String single(Source source, RecordValues record, String name) {
        return Optional.of(source.get(record).items())
                .filter(items -> items.size() == 1)
                .orElseThrow(() -> new RowFault(FaultCode.FIELD_MISSING, name))
                .get(0)
                .text();
    }
}
