package org.embassage.translation.feed;

import java.util.Optional;

/**
 * The checksum of a row: the sum of each byte's unsigned value times its position (from 1), modulo 99991, written in
 * five digits. It is made of bytes as they lie in the file, not of characters.
 */
final class RowChecksum {

    static final int DIGITS = 5;
    private static final int MODULUS = 99_991;

    private RowChecksum() {}

    /** The checksum of the bytes from {@code from} up to, not including, {@code to}. */
    static int of(byte[] octets, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            sum += (long) (octets[i] & 0xFF) * (i - from + 1);
        }
        return (int) (sum % MODULUS);
    }

    /** The number that a checksum field states, if it is five digits. */
    static Optional<Integer> stated(String text) {
        return text.matches("[0-9]{5}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
