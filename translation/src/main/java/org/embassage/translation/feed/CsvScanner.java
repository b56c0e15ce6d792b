package org.embassage.translation.feed;

/**
 * Walks over the rows of a CSV file by bytes, before anything is decoded. That is safe in character sets whose quote,
 * separator and line ends are the bytes of ASCII and part of no other character, such as UTF-8 and the Windows ones.
 *
 * <p>A field that begins with a quote ends at the next single quote; a doubled quote stands for one. A row ends at CR LF
 * outside quotes. One pass, no copies: time and memory do not depend on how the file is made up.
 */
final class CsvScanner {

    private static final byte QUOTE = '"';

    private final byte[] octets;
    private final byte separator;
    private int next;
    private int line;
    private int nextLine = 1;
    private int start;
    private int end;
    private int lastCell;
    private boolean quoteOpen;

    CsvScanner(byte[] octets, int from, byte separator) {
        this.octets = octets;
        this.separator = separator;
        this.next = from;
    }

    /** Goes to the next row; false at the end of the file. */
    boolean nextRow() {
        if (next >= octets.length) {
            return false;
        }
        start = next;
        lastCell = start;
        line = nextLine;
        boolean quoted = octets[start] == QUOTE;
        int i = quoted ? start + 1 : start;
        while (i < octets.length) {
            byte b = octets[i];
            if (b == '\n') {
                nextLine++;
            }
            if (quoted) {
                if (b == QUOTE) {
                    boolean doubled = i + 1 < octets.length && octets[i + 1] == QUOTE;
                    quoted = doubled;
                    i += doubled ? 1 : 0;
                }
            } else if (b == separator) {
                lastCell = i + 1;
                quoted = i + 1 < octets.length && octets[i + 1] == QUOTE;
                i += quoted ? 1 : 0;
            } else if (b == '\r' && i + 1 < octets.length && octets[i + 1] == '\n') {
                nextLine++;
                end = i;
                next = i + 2;
                quoteOpen = false;
                return true;
            }
            i++;
        }
        end = octets.length;
        next = end;
        quoteOpen = quoted;
        return true;
    }

    /** Where the row starts in the file. */
    int start() {
        return start;
    }

    /** Where it ends, line end not included. */
    int end() {
        return end;
    }

    /** Where its last cell starts. */
    int lastCell() {
        return lastCell;
    }

    /** Line of the file where it starts, from 1. */
    int line() {
        return line;
    }

    /** Whether the file ends inside quotes. */
    boolean quoteOpen() {
        return quoteOpen;
    }
}
