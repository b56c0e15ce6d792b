package org.embassage.sealing;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Writes the few DER structures of the profile (X.690 §10): tags of one octet, definite minimal lengths. */
final class Der {

    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;
    /** [0], primitive: an implicitly tagged octet string. */
    static final int CONTEXT_0_PRIMITIVE = 0x80;
    /** [0], constructed. */
    static final int CONTEXT_0 = 0xa0;
    /** [1], constructed. */
    static final int CONTEXT_1 = 0xa1;
    /** [2], constructed. */
    static final int CONTEXT_2 = 0xa2;

    private static final int SHORT_FORM = 0x80;

    private Der() {}

    /** A whole structure of a tag, a length and the given parts. */
    static byte[] tlv(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] header = header(tag, length);
        ByteBuffer out = ByteBuffer.allocate(header.length + length).put(header);
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    /** Tag and length of a structure whose content comes after. */
    static byte[] header(int tag, int length) {
        if (length < SHORT_FORM) {
            return new byte[] {(byte) tag, (byte) length};
        }
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        byte[] header = new byte[2 + octets];
        header[0] = (byte) tag;
        header[1] = (byte) (SHORT_FORM | octets);
        for (int i = 0; i < octets; i++) {
            header[1 + octets - i] = (byte) (length >>> 8 * i);
        }
        return header;
    }

    /** For constants: the structure written as hexadecimal digits. */
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
