package org.embassage.evidence.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads one strict ZIP; at the first thing that is not as it must be it says what. */
final class ZipReader {

    private static final int ZIP64_LOCATOR = 0x07064b50;
    private static final int ENCRYPTION_FLAGS = 1 | 1 << 6 | 1 << 13;
    private static final int DESCRIPTOR_FLAG = 1 << 3;
    private static final int END_SIZE = 22;

    private final ByteBuffer zip;
    private final long maxTotal;

    ZipReader(byte[] zip, long maxTotal) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        this.maxTotal = maxTotal;
    }

    Map<String, byte[]> read() throws Refusal {
        int end = end();
        int count = Short.toUnsignedInt(zip.getShort(end + 10));
        int directorySize = zip.getInt(end + 12);
        int directory = zip.getInt(end + 16);
        boolean unstated = count == 0xffff || directorySize == -1 || directory == -1;
        boolean located = end >= 20 && zip.getInt(end - 20) == ZIP64_LOCATOR;
        refuseIf(unstated || located, ZipFault.ZIP64);
        refuseIf(zip.getInt(end + 4) != 0, ZipFault.MANY_DISKS);
        refuseIf(count != Short.toUnsignedInt(zip.getShort(end + 8)) || count == 0, ZipFault.COUNT);
        refuseIf(count > StrictZip.MAX_ENTRIES, ZipFault.TOO_LARGE);
        refuseIf(zip.getInt(0) != StrictZip.LOCAL, ZipFault.BYTES_BEFORE_START);
        place(directory, directorySize, end);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        long total = 0;
        int local = 0;
        int central = directory;
        for (int i = 0; i < count; i++) {
            boolean listed = central + 46 <= end && zip.getInt(central) == StrictZip.CENTRAL;
            refuseIf(!listed, i == 0 ? ZipFault.DIRECTORY_PLACE : ZipFault.COUNT);
            header(central, local, directory);
            int nameLength = Short.toUnsignedInt(zip.getShort(central + 28));
            String name = name(local, central, nameLength);
            int packed = zip.getInt(local + 18);
            int size = zip.getInt(local + 22);
            int start = local + 30 + nameLength;
            refuseIf(packed == -1 || size == -1, ZipFault.ZIP64);
            refuseIf(packed < 0 || size < 0 || start + (long) packed > directory, ZipFault.SIZE);
            total += size;
            refuseIf(total > maxTotal, ZipFault.TOO_LARGE);
            byte[] content = content(zip.getShort(local + 8), start, packed, size);
            refuseIf(crc(content) != zip.getInt(local + 14), ZipFault.CHECKSUM);
            refuseIf(entries.put(name, content) != null, ZipFault.DUPLICATE);
            local = start + packed;
            central += 46 + nameLength;
        }
        refuseIf(local != directory, ZipFault.GAP);
        refuseIf(central != end, ZipFault.COUNT);
        return entries;
    }

    /** @return where the end record lies, which must be at the very end */
    private int end() throws Refusal {
        int last = zip.limit() - END_SIZE;
        refuseIf(last < 0, ZipFault.NO_ZIP);
        if (zip.getInt(last) == StrictZip.END && zip.getShort(last + 20) == 0) {
            return last;
        }
        for (int at = last; at >= 0; at--) {
            boolean endsHere =
                    zip.getInt(at) == StrictZip.END && zip.getInt(at + 12) + (long) zip.getInt(at + 16) == at;
            refuseIf(endsHere, ZipFault.BYTES_AFTER_END);
        }
        throw new Refusal(ZipFault.NO_ZIP);
    }

    private void place(int directory, int size, int end) throws Refusal {
        refuseIf(directory <= 0 || size <= 0, ZipFault.DIRECTORY_PLACE);
        long stated = directory + (long) size;
        boolean shifted = stated < end && zip.getInt(end - size) == StrictZip.CENTRAL;
        refuseIf(shifted, ZipFault.BYTES_BEFORE_START);
        refuseIf(stated != end, ZipFault.DIRECTORY_PLACE);
    }

    /** The central header is plain, points to where the entry must lie, and the local one says the same. */
    private void header(int central, int local, int directory) throws Refusal {
        int offset = zip.getInt(central + 42);
        refuseIf(offset == -1, ZipFault.ZIP64);
        refuseIf(offset < local, ZipFault.OVERLAP);
        refuseIf(offset > local && local > 0, ZipFault.GAP);
        refuseIf(offset > local, ZipFault.BYTES_BEFORE_START);
        int flags = Short.toUnsignedInt(zip.getShort(central + 8));
        refuseIf((flags & ENCRYPTION_FLAGS) != 0, ZipFault.ENCRYPTED);
        refuseIf((flags & DESCRIPTOR_FLAG) != 0, ZipFault.DATA_DESCRIPTOR);
        refuseIf(flags != 0, ZipFault.FLAGS);
        boolean disk = zip.getShort(central + 34) != 0;
        refuseIf(disk, ZipFault.MANY_DISKS);
        boolean attributes = zip.getShort(central + 36) != 0 || zip.getInt(central + 38) != 0;
        refuseIf(attributes, ZipFault.ATTRIBUTES);
        boolean later = zip.getShort(central + 4) != 20 || zip.getShort(central + 6) != 20;
        refuseIf(later || zip.getInt(central + 30) != 0, ZipFault.EXTRA);
        boolean there = local + 30 <= directory && zip.getInt(local) == StrictZip.LOCAL;
        refuseIf(!there, ZipFault.NO_LOCAL_HEADER);
        refuseIf(zip.getShort(local + 28) != 0, ZipFault.EXTRA);
        for (int field = 0; field < 26; field++) { // version, flags, method, time, CRC, sizes, lengths: the same
            refuseIf(zip.get(local + 4 + field) != zip.get(central + 6 + field), ZipFault.HEADERS_DIFFER);
        }
    }

    private String name(int local, int central, int length) throws Refusal {
        refuseIf(local + 30L + length > zip.limit(), ZipFault.SIZE);
        String name = text(local + 30, length);
        refuseIf(!name.equals(text(central + 46, length)), ZipFault.HEADERS_DIFFER);
        refuseIf(!StrictZip.NAME.matcher(name).matches(), ZipFault.NAME);
        return name;
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
            refuseIf(packed != size, ZipFault.SIZE);
            return raw;
        }
        refuseIf(method != 8, ZipFault.METHOD);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(raw);
            byte[] content = new byte[size];
            int at = 0;
            while (at < size) {
                int got = inflater.inflate(content, at, size - at);
                refuseIf(got <= 0, ZipFault.SIZE);
                at += got;
            }
            boolean whole = inflater.inflate(new byte[1]) == 0 && inflater.finished() && inflater.getRemaining() == 0;
            refuseIf(!whole, ZipFault.SIZE);
            return content;
        } catch (DataFormatException malformed) {
            throw new Refusal(ZipFault.SIZE);
        } finally {
            inflater.end();
        }
    }

    private static int crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }

    private static void refuseIf(boolean condition, ZipFault fault) throws Refusal {
        if (condition) {
            throw new Refusal(fault);
        }
    }

    /** Leaves the reading; never leaves this package. */
    static final class Refusal extends Exception {
        private final ZipFault fault;

        Refusal(ZipFault fault) {
            super("not a strict ZIP", null, false, false);
            this.fault = fault;
        }

        ZipFault fault() {
            return fault;
        }
    }
}
