package org.embassage.evidence.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Writes and reads the plainest form of ZIP (PKWARE APPNOTE 6.3): entries one behind the other without gaps, each with a
 * local header that says the same as the central directory, no encryption, no data descriptors, no ZIP64, no comments,
 * no duplicate names. Anything else is refused, so that no two readers can see different contents.
 */
public final class StrictZip {

    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;
    static final int MAX_ENTRIES = 65_000;
    static final Pattern NAME =
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
            return Optional.of(new ZipReader(zip, maxTotal).read());
        } catch (ZipReader.Refusal | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Why {@link #read} gives nothing.
     *
     * @return nothing if it gives something; else the first thing that was found to be wrong
     */
    public static Optional<ZipFault> fault(byte[] zip, long maxTotal) {
        try {
            new ZipReader(zip, maxTotal).read();
            return Optional.empty();
        } catch (ZipReader.Refusal refusal) {
            return Optional.of(refusal.fault());
        } catch (RuntimeException malformed) {
            return Optional.of(ZipFault.DIRECTORY_PLACE);
        }
    }
}
