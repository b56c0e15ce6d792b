package org.embassage.translation.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cuts one CSV row into cells by bytes, as {@link CsvScanner} reads it, and refuses what a writer would not write. */
final class CsvCells {

    private static final byte QUOTE = '"';

    private CsvCells() {}

    /**
     * The cells, unquoted.
     *
     * @param most how many cells there may be; it ends the work on a row of a million columns
     * @return nothing if there are more, if a quote stands inside an unquoted cell or text follows a closing one
     */
    static Optional<List<byte[]>> split(byte[] row, int from, int to, byte separator, int most) {
        List<byte[]> cells = new ArrayList<>();
        int at = from;
        while (true) {
            if (cells.size() == most) {
                return Optional.empty();
            }
            int end;
            if (at < to && row[at] == QUOTE) {
                end = closing(row, at + 1, to);
                if (end < 0 || (end + 1 < to && row[end + 1] != separator)) {
                    return Optional.empty();
                }
                cells.add(unquoted(row, at + 1, end));
                end++;
            } else {
                end = at;
                while (end < to && row[end] != separator) {
                    if (row[end] == QUOTE) {
                        return Optional.empty();
                    }
                    end++;
                }
                cells.add(Arrays.copyOfRange(row, at, end));
            }
            if (end >= to) {
                return Optional.of(cells);
            }
            at = end + 1;
        }
    }

    private static int closing(byte[] row, int from, int to) {
        int i = from;
        while (i < to) {
            if (row[i] == QUOTE) {
                if (i + 1 >= to || row[i + 1] != QUOTE) {
                    return i;
                }
                i++;
            }
            i++;
        }
        return -1;
    }

    private static byte[] unquoted(byte[] row, int from, int to) {
        byte[] cell = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            cell[length++] = row[i];
            if (row[i] == QUOTE) {
                i++;
            }
        }
        return length == cell.length ? cell : Arrays.copyOf(cell, length);
    }
}
