package org.embassage.translation.feed;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embassage.translation.description.Section;
import org.embassage.translation.field.FieldPlace;
import org.embassage.translation.field.StrictDecoder;

/** Reads the section {@code file} of a feed's description. */
final class FileLayouts {

    private static final int MOST_RECORDS = 1_000_000;

    private FileLayouts() {}

    static Charset charset(Section file) {
        String name = file.text("charset");
        try {
            return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            file.problem(
                    "charset", "This runtime does not have this character set.", "Use a name like UTF-8 or IBM870.");
            return StandardCharsets.UTF_8;
        }
    }

    static FileLayout read(Section file, Charset charset) {
        String format = file.choice("format", "", List.of("fixed-width", "csv"));
        FileLayout layout = format.equals("csv") ? csv(file, charset) : fixedWidth(file, charset);
        file.done();
        return layout;
    }

    private static FileLayout fixedWidth(Section file, Charset charset) {
        if (charset.newEncoder().maxBytesPerChar() != 1.0f) {
            file.problem(
                    "charset", "A fixed-width file has one byte per character.", "Use a single-byte character set.");
        }
        int size = file.number("record-bytes", 20, 32_768);
        FieldPlace type = bytes(file.section("record-type"), size, true);
        Section header = file.section("header");
        Section canary = header.section("canary");
        Section trailer = file.section("trailer");
        FixedWidthLayout.Plan plan = new FixedWidthLayout.Plan(
                new StrictDecoder(charset),
                size,
                type,
                new FieldPlace(Math.max(size - RowChecksum.DIGITS, 0), RowChecksum.DIGITS),
                header.text("record-type"),
                bytes(canary, size),
                canary.text("text"),
                trailer.text("record-type"),
                bytes(trailer.section("count"), size, true),
                bytes(trailer.section("hash-total"), size, true),
                file.number("max-records", 1, MOST_RECORDS, 100_000));
        canary.done();
        header.done();
        trailer.done();
        return new FixedWidthLayout(plan);
    }

    private static FieldPlace bytes(Section section, int size, boolean whole) {
        FieldPlace place = bytes(section, size);
        if (whole) {
            section.done();
        }
        return place;
    }

    /** Reads {@code at} (from 1) and {@code length} in bytes; the field must end within {@code size}. */
    static FieldPlace bytes(Section section, int size) {
        int at = section.number("at", 1, Math.max(size, 1));
        int length = section.number("length", 1, Math.max(size, 1));
        if (at - 1 + length > size) {
            section.problem("length", "The field ends after what it may use of the record.", "Correct at or length.");
            return new FieldPlace(0, 1);
        }
        return new FieldPlace(at - 1, length);
    }

    private static FileLayout csv(Section file, Charset charset) {
        if (!isAsciiSafe(charset)) {
            file.problem(
                    "charset",
                    "CSV files of this character set cannot be cut by bytes.",
                    "Use UTF-8 or a Windows set.");
        }
        List<String> columns = file.texts("columns");
        Set<String> names = new HashSet<>(columns);
        if (columns.size() < 2 || columns.size() > 500 || names.size() != columns.size()) {
            file.problem("columns", "There are 2 to 500 columns, each of another name.", "Correct the list.");
        }
        String type = file.text("record-type");
        if (!type.isEmpty() && !names.contains(type)) {
            file.problem("record-type", "There is no such column.", "Name one of file.columns.");
        }
        String separator = file.text("separator", ";");
        if (separator.length() != 1 || separator.charAt(0) > '~' || "\"\r\n".contains(separator)) {
            file.problem("separator", "The separator is one sign of ASCII.", "Use for example ';'.");
        }
        boolean mark = file.flag("byte-order-mark", false);
        if (mark && !charset.equals(StandardCharsets.UTF_8)) {
            file.problem("byte-order-mark", "Only UTF-8 has this mark.", "Use it with charset UTF-8, or remove it.");
        }
        Section trailer = file.section("trailer");
        CsvLayout.Plan plan = new CsvLayout.Plan(
                new StrictDecoder(charset),
                mark ? List.of((byte) 0xEF, (byte) 0xBB, (byte) 0xBF) : List.of(),
                separator.isEmpty() ? (byte) ';' : (byte) separator.charAt(0),
                columns,
                Math.max(columns.indexOf(type), 0),
                trailer.text("record-type"),
                file.number("max-row-bytes", 100, 1 << 20, 1 << 16),
                file.number("max-records", 1, MOST_RECORDS, 100_000));
        trailer.done();
        return new CsvLayout(plan);
    }

    private static boolean isAsciiSafe(Charset charset) {
        String name = charset.name();
        return name.equals("UTF-8")
                || name.equals("US-ASCII")
                || name.startsWith("windows-125")
                || name.startsWith("ISO-8859-");
    }
}
