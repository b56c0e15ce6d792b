package org.embassage.evidence.vectors;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.embassage.evidence.zip.StrictZip;

/** The same plain ZIP with its entries deflated, which the format allows: a third of the vectors' size. */
final class Packed {

    private static final int LIMIT = 1 << 24;

    private Packed() {}

    /** Leaves alone what is no plain ZIP. */
    static byte[] of(byte[] file) {
        return StrictZip.read(file, LIMIT).map(Packed::write).orElse(file);
    }

    /** Whether they hold the same, however the compressor of this machine packs. */
    static boolean same(byte[] one, byte[] other) {
        Optional<Map<String, byte[]>> entries = StrictZip.read(one, LIMIT);
        Optional<Map<String, byte[]>> others = StrictZip.read(other, LIMIT);
        if (entries.isEmpty() || others.isEmpty()) {
            return Arrays.equals(one, other);
        }
        return entries.get().keySet().stream()
                        .toList()
                        .equals(others.get().keySet().stream().toList())
                && entries.get().entrySet().stream()
                        .allMatch(entry ->
                                Arrays.equals(entry.getValue(), others.get().get(entry.getKey())));
    }

    private static byte[] write(Map<String, byte[]> entries) {
        ByteArrayOutputStream locals = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        entries.forEach((name, content) -> {
            byte[] title = name.getBytes(StandardCharsets.US_ASCII);
            byte[] packed = deflated(content);
            byte[] header = header(title, content, packed.length);
            directory.writeBytes(
                    numbers(6).putInt(0x02014b50).putShort((short) 20).array());
            directory.writeBytes(header);
            directory.writeBytes(numbers(14).position(10).putInt(locals.size()).array());
            directory.writeBytes(title);
            locals.writeBytes(numbers(4).putInt(0x04034b50).array());
            locals.writeBytes(header);
            locals.writeBytes(title);
            locals.writeBytes(packed);
        });
        int start = locals.size();
        locals.writeBytes(directory.toByteArray());
        locals.writeBytes(numbers(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt(directory.size())
                .putInt(start)
                .array());
        return locals.toByteArray();
    }

    /** What the local and the central header say alike. */
    private static byte[] header(byte[] title, byte[] content, int packed) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return numbers(26)
                .putShort((short) 20)
                .putShort((short) 0)
                .putShort((short) 8)
                .putInt(0x00210000)
                .putInt((int) crc.getValue())
                .putInt(packed)
                .putInt(content.length)
                .putShort((short) title.length)
                .array();
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + 64];
        int size = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, size);
    }

    private static ByteBuffer numbers(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
