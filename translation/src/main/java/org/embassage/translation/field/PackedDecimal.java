package org.embassage.translation.field;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Packed decimal (COMP-3): two digits per byte, the last half byte a sign of C, D or F. It is read from bytes: decoding
 * them first would destroy it.
 */
final class PackedDecimal {

    private static final int MINUS = 0xD;

    private PackedDecimal() {}

    /** The number, or nothing if the bytes are none. */
    static Optional<BigDecimal> read(byte[] octets, int scale) {
        long number = 0;
        for (int i = 0; i < octets.length * 2 - 1; i++) {
            int digit = (octets[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF;
            if (digit > 9) {
                return Optional.empty();
            }
            number = number * 10 + digit;
        }
        int sign = octets[octets.length - 1] & 0xF;
        if (sign != 0xC && sign != MINUS && sign != 0xF) {
            return Optional.empty();
        }
        return Optional.of(BigDecimal.valueOf(sign == MINUS ? -number : number, scale));
    }
}
