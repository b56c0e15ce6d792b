package org.embassage.evidence.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Writes and reads the plainest form of ZIP (PKWARE APPNOTE 6.3): entries one behind the other without gaps, each with a
 * local header that says the same as the central directory, no encryption, no data descriptors, no ZIP64, no comments,
 * no duplicate names. Anything else is refused, so that no two readers can see different contents.
 */
public final class StrictZip {

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int MAX_ENTRIES = 65_000;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,5}");
    /** 1 January 1980, 00:00: the time says nothing. */
    private static final int DOS_TIME = 0x00210000;

    private StrictZip() {}

    /** Writes the entries in their order, all stored without compression. The same entries give the same bytes. */
    public static byte[] write(Map<String, byte[]> entries) {
        int size = 22;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            size = Math.addExact(size, 76 + 2 * entry.getKey().length() + entry.getValue().length);
        }
        ByteBuffer zip = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> offsets = new ArrayList<>();
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            offsets.add(zip.position());
            zip.putInt(LOCAL);
            header(zip, entry.getKey(), entry.getValue());
            zip.put(name(entry.getKey())).put(entry.getValue());
        }
        int directory = zip.position();
        int index = 0;
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            zip.putInt(CENTRAL).putShort((short) 20);
            header(zip, entry.getKey(), entry.getValue());
            zip.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0);
            zip.putInt(offsets.get(index++)).put(name(entry.getKey()));
        }
        int directorySize = zip.position() - directory;
        zip.putInt(END).putInt(0).putShort((short) entries.size()).putShort((short) entries.size());
        zip.putInt(directorySize).putInt(directory).putShort((short) 0);
        return zip.array();
    }

    private static void header(ByteBuffer zip, String name, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        zip.putShort((short) 20).putShort((short) 0).putShort((short) 0).putInt(DOS_TIME);
        zip.putInt((int) crc.getValue()).putInt(content.length).putInt(content.length);
        zip.putShort((short) name(name).length).putShort((short) 0);
    }

    private static byte[] name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an entry's name has plain segments");
        }
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads all entries, in the order of the file.
     *
     * @param maxTotal the entries' sizes, unpacked, may sum up to this many bytes
     * @return nothing if the bytes are not such a ZIP, or unpack to more
     */
    public static Optional<Map<String, byte[]>> read(byte[] zip, long maxTotal) {
        try {
            return Optional.of(new Reader(zip, maxTotal).read());
        } catch (Refusal | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static final class Reader {
        private final ByteBuffer zip;
        private final long maxTotal;

        Reader(byte[] zip, long maxTotal) {
            this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
            this.maxTotal = maxTotal;
        }

        Map<String, byte[]> read() throws Refusal {
            int end = zip.limit() - 22;
            require(end >= 0 && zip.getInt(end) == END && zip.getInt(end + 4) == 0 && zip.getShort(end + 20) == 0);
            int count = Short.toUnsignedInt(zip.getShort(end + 10));
            int directorySize = zip.getInt(end + 12);
            int directory = zip.getInt(end + 16);
            require(count == Short.toUnsignedInt(zip.getShort(end + 8)) && count > 0 && count <= MAX_ENTRIES);
            require(directory > 0 && directorySize > 0 && directory + (long) directorySize == end);
            Map<String, byte[]> entries = new LinkedHashMap<>();
            long total = 0;
            int local = 0;
            int central = directory;
            for (int i = 0; i < count; i++) {
                require(central + 46 <= end && zip.getInt(central) == CENTRAL);
                int nameLength = Short.toUnsignedInt(zip.getShort(central + 28));
                boolean plain = zip.getShort(central + 4) == 20
                        && zip.getInt(central + 30) == 0 // no extra field, no comment
                        && zip.getInt(central + 34) == 0 // first disk, no attributes
                        && zip.getInt(central + 38) == 0
                        && zip.getInt(central + 42) == local;
                require(plain && local + 30 <= directory && zip.getInt(local) == LOCAL);
                for (int field = 0;
                        field < 26;
                        field++) { // version, flags, method, time, CRC, sizes, lengths: the same
                    require(zip.get(local + 4 + field) == zip.get(central + 6 + field));
                }
                String name = text(local + 30, nameLength);
                require(name.equals(text(central + 46, nameLength))
                        && NAME.matcher(name).matches());
                require(zip.getShort(local + 6) == 0);
                int packed = zip.getInt(local + 18);
                int size = zip.getInt(local + 22);
                int start = local + 30 + nameLength;
                require(packed >= 0 && size >= 0 && start + (long) packed <= directory);
                total += size;
                require(total <= maxTotal);
                byte[] content = content(zip.getShort(local + 8), start, packed, size);
                CRC32 crc = new CRC32();
                crc.update(content);
                require((int) crc.getValue() == zip.getInt(local + 14));
                require(entries.put(name, content) == null);
                local = start + packed;
                central += 46 + nameLength;
            }
            require(local == directory && central == end);
            return entries;
        }

        private String text(int at, int length) {
            byte[] octets = new byte[length];
            zip.get(at, octets);
            return new String(octets, StandardCharsets.ISO_8859_1);
        }

        private byte[] content(int method, int start, int packed, int size) throws Refusal {
            byte[] raw = new byte[packed];
            zip.get(start, raw);
            if (method == 0) {
                require(packed == size);
                return raw;
            }
            require(method == 8);
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(raw);
                byte[] content = new byte[size];
                int at = 0;
                while (at < size) {
                    int got = inflater.inflate(content, at, size - at);
                    require(got > 0);
                    at += got;
                }
                require(inflater.inflate(new byte[1]) == 0 && inflater.finished() && inflater.getRemaining() == 0);
                return content;
            } catch (DataFormatException malformed) {
                throw new Refusal();
            } finally {
                inflater.end();
            }
        }

        private static void require(boolean condition) throws Refusal {
            if (!condition) {
                throw new Refusal();
            }
        }
    }

    /** Leaves the reading; never leaves this class. */
    private static final class Refusal extends Exception {
        Refusal() {
            super("not a strict ZIP", null, false, false);
        }
    }
}
