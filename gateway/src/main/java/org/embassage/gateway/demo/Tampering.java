package org.embassage.gateway.demo;

import java.nio.charset.StandardCharsets;

/** Changes one byte of a bundle, as somebody would who wants a hand-over to have happened at another time. */
final class Tampering {

    private static final String EVENT = "Event/ContentHandover</ERDSEventId>";
    private static final String TIME = "<EventTime>";
    private static final int LAST_DIGIT_OF_MINUTE = "2031-05-01T12:0".length();

    private Tampering() {}

    /** Where the byte is, what it was and what it is. */
    record Change(int offset, char before, char after) {}

    /**
     * Picks the minute of the first ContentHandover, or else the byte in the middle.
     *
     * @param file is changed
     */
    static Change change(byte[] file) {
        int event = find(file, EVENT, 0);
        int time = event < 0 ? -1 : find(file, TIME, event);
        int offset = time < 0 ? file.length / 2 : time + TIME.length() + LAST_DIGIT_OF_MINUTE;
        char before = (char) (file[offset] & 0xFF);
        file[offset] ^= 1;
        return new Change(offset, before, (char) (file[offset] & 0xFF));
    }

    private static int find(byte[] file, String text, int from) {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = from; i <= file.length - wanted.length; i++) {
            int j = 0;
            while (j < wanted.length && file[i + j] == wanted[j]) {
                j++;
            }
            if (j == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}
