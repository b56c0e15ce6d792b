package org.embassage.translation.mapping;

import java.util.List;

/**
 * Check digits of machine-readable zones, modelled on ICAO Doc 9303: weights 7, 3, 1 over digits as they are, A to Z as
 * 10 to 35 and the filler as 0, modulo 10. A wrong digit is told, never corrected, and costs no other field.
 */
final class Mrz {

    private static final int[] WEIGHTS = {7, 3, 1};

    private Mrz() {}

    /** Writes the checks of the lines as FieldCheck elements. Lines of no known format have none. */
    static void writeChecks(StringBuilder out, List<String> lines) {
        String last = lines.get(lines.size() - 1);
        if (lines.size() <= 2 && last.length() == 44) {
            passport(out, last);
        } else if (lines.size() == 3 && lines.stream().allMatch(line -> line.length() == 30)) {
            card(out, lines.get(0), lines.get(1));
        }
    }

    private static void passport(StringBuilder out, String line) {
        check(out, "DOCUMENT_NUMBER", line.substring(0, 9), line.charAt(9), false);
        check(out, "BIRTH_DATE", line.substring(13, 19), line.charAt(19), false);
        check(out, "EXPIRY_DATE", line.substring(21, 27), line.charAt(27), false);
        check(out, "OPTIONAL_DATA", line.substring(28, 42), line.charAt(42), true);
        String composite = line.substring(0, 10) + line.substring(13, 20) + line.substring(21, 43);
        check(out, "COMPOSITE", composite, line.charAt(43), false);
    }

    private static void card(StringBuilder out, String first, String second) {
        if (first.charAt(14) != '<') {
            check(out, "DOCUMENT_NUMBER", first.substring(5, 14), first.charAt(14), false);
        }
        check(out, "BIRTH_DATE", second.substring(0, 6), second.charAt(6), false);
        check(out, "EXPIRY_DATE", second.substring(8, 14), second.charAt(14), false);
        String composite =
                first.substring(5, 30) + second.substring(0, 7) + second.substring(8, 15) + second.substring(18, 29);
        check(out, "COMPOSITE", composite, second.charAt(29), false);
    }

    private static void check(StringBuilder out, String field, String data, char printed, boolean mayBeFiller) {
        String result = printed - '0' == digit(data) ? "VALID" : "INVALID";
        boolean blank = data.chars().allMatch(c -> c == '<');
        if (printed == '<') {
            result = mayBeFiller && blank ? "NOT_PRINTED" : "INVALID";
        }
        XmlText.open(out, "FieldCheck");
        XmlText.element(out, "MRZFieldCode", field);
        XmlText.element(out, "CheckResultCode", result);
        XmlText.close(out, "FieldCheck");
    }

    static int digit(String data) {
        int sum = 0;
        for (int i = 0; i < data.length(); i++) {
            char c = data.charAt(i);
            int value = c == '<' ? 0 : Character.digit(c, 36);
            sum += value * WEIGHTS[i % WEIGHTS.length];
        }
        return sum % 10;
    }
}
