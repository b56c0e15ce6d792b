package org.embassage.routes.folder;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.fault.Fault;

/**
 * The text of a result file: UTF-8, one line for each record, fields separated by semicolons (docs/formats/drop-contract.md).
 * No spreadsheet takes a field for a formula.
 */
final class ResultFile {

    private static final String HEADER = "record_index;line;byte_offset;field;code;sentence;exchange_id;receipt_id\n";
    private static final String ACCEPTED = "Accepted.";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private ResultFile() {}

    static byte[] of(List<ResultLine> lines) {
        StringBuilder out = new StringBuilder(HEADER);
        for (ResultLine line : lines) {
            out.append(text(line.recordIndex())).append(';');
            out.append(line.line()).append(';');
            out.append(line.byteOffset()).append(';');
            out.append(safe(line.fault().flatMap(Fault::field).orElse(""))).append(';');
            out.append(line.fault().map(fault -> fault.code().code()).orElse(""))
                    .append(';');
            out.append(safe(line.fault().map(ResultFile::sentence).orElse(ACCEPTED)))
                    .append(';');
            out.append(text(line.exchange())).append(';');
            out.append(text(line.receipt())).append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String sentence(Fault fault) {
        return fault.code().sentence()
                + fault.clause().map(clause -> " Clause " + clause + ".").orElse("");
    }

    private static String text(Optional<?> value) {
        return value.map(Object::toString).orElse("");
    }

    /** Quoted where it must be (RFC 4180 §2); a field that a spreadsheet would calculate gets an apostrophe in front. */
    static String safe(String field) {
        String text = !field.isEmpty() && FORMULA_STARTS.indexOf(field.charAt(0)) >= 0 ? "'" + field : field;
        boolean quoted = text.chars().anyMatch(c -> c == ';' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
