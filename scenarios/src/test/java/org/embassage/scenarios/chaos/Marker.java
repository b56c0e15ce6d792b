package org.embassage.scenarios.chaos;

import java.util.List;
import java.util.regex.Pattern;

/** The synthetic number by which a record is known on both sides: it is in the drop, in the shared document and in the file. */
final class Marker {

    private static final Pattern SHAPE = Pattern.compile("QVL-BG-[0-9A-F]{4}[0-9]{6}|QOS-POL-[0-9]{4}-[0-9]{9}");
    private static final String OF_FORGER = "999999";

    private Marker() {}

    /** Of a record of Velmark's drop. */
    static String velmark(int drop, int index) {
        return String.format(java.util.Locale.ROOT, "QVL-BG-%04X%06d", drop & 0xFFFF, index);
    }

    /** Of a record of Ostrana's drop. */
    static String ostrana(int year, int drop, int index) {
        return String.format(java.util.Locale.ROOT, "QOS-POL-%04d-%03d%06d", year, drop, index);
    }

    /** All different ones in a file that was handed over. */
    static List<String> in(String content) {
        return SHAPE.matcher(content)
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
    }

    /** The same document about a record that nobody dropped. */
    static String forged(String content) {
        return SHAPE.matcher(content)
                .replaceAll(
                        found -> found.group().substring(0, found.group().length() - OF_FORGER.length()) + OF_FORGER);
    }
}
