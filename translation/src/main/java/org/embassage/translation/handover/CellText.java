package org.embassage.translation.handover;

import java.util.regex.Pattern;

/** Keeps what is in a cell from being run by whoever opens the file in a spreadsheet. */
final class CellText {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.,][0-9]+)?");
    /** Signs that begin a formula, also in their full-width forms. */
    private static final String BEGINNINGS = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

    private CellText() {}

    /** The same, with an apostrophe before it if it begins like a formula and is no plain number. */
    static String harmless(String cell) {
        String visible = cell.stripLeading();
        boolean begins = !cell.isEmpty() && BEGINNINGS.indexOf(cell.charAt(0)) >= 0
                || !visible.isEmpty() && BEGINNINGS.indexOf(visible.charAt(0)) >= 0;
        return begins && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
    }
}
