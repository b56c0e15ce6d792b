package org.embassage.verifier.paper;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The colour profile of the document's output intent: ICC.1:2001-04 (version 2.4), a monochrome display profile with
 * gamma 2.2 and white point D50. The pages hold nothing but shades of gray, so it is all they need, and it is the same on
 * every machine.
 */
final class GrayProfile {

    static final String NAME = "Gray gamma 2.2";

    private static final int HEADER = 128;
    private static final int TAGS = 4;
    /** D50 in s15Fixed16Number (ICC.1:2001-04 §6.1.13). */
    private static final int[] D50 = {0x0000F6D6, 0x00010000, 0x0000D32D};

    private GrayProfile() {}

    static byte[] octets() {
        byte[] description = description();
        byte[] copyright = text("text", "No copyright. Use it freely.");
        byte[] white = ByteBuffer.allocate(20)
                .put(ascii("XYZ "))
                .putInt(0)
                .putInt(D50[0])
                .putInt(D50[1])
                .putInt(D50[2])
                .array();
        // One entry: a gamma in u8Fixed8Number, 2.2 = 0x0233 (§6.5.3).
        byte[] curve = ByteBuffer.allocate(16)
                .put(ascii("curv"))
                .putInt(0)
                .putInt(1)
                .putShort((short) 0x0233)
                .array();
        byte[][] contents = {description, copyright, white, curve};
        String[] names = {"desc", "cprt", "wtpt", "kTRC"};
        int start = HEADER + 4 + TAGS * 12;
        int size = start;
        for (byte[] content : contents) {
            size += content.length;
        }
        ByteBuffer profile = ByteBuffer.allocate(size);
        header(profile, size);
        profile.putInt(TAGS);
        int at = start;
        for (int i = 0; i < TAGS; i++) {
            profile.put(ascii(names[i])).putInt(at).putInt(contents[i].length);
            at += contents[i].length;
        }
        for (byte[] content : contents) {
            profile.put(content);
        }
        return profile.array();
    }

    private static void header(ByteBuffer profile, int size) {
        profile.putInt(size)
                .putInt(0)
                .putInt(0x02400000)
                .put(ascii("mntr"))
                .put(ascii("GRAY"))
                .put(ascii("XYZ "));
        for (int part : new int[] {2026, 1, 1, 0, 0, 0}) {
            profile.putShort((short) part);
        }
        profile.put(ascii("acsp")).position(68);
        profile.putInt(D50[0]).putInt(D50[1]).putInt(D50[2]).position(HEADER);
    }

    /** textDescriptionType (§6.5.17): ASCII, then empty Unicode and ScriptCode parts. */
    private static byte[] description() {
        byte[] name = ascii(NAME + "\0");
        return ByteBuffer.allocate(padded(12 + name.length + 8 + 3 + 67))
                .put(ascii("desc"))
                .putInt(0)
                .putInt(name.length)
                .put(name)
                .array();
    }

    private static byte[] text(String type, String text) {
        byte[] content = ascii(text + "\0");
        return ByteBuffer.allocate(padded(8 + content.length))
                .put(ascii(type))
                .putInt(0)
                .put(content)
                .array();
    }

    private static int padded(int size) {
        return (size + 3) / 4 * 4;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
