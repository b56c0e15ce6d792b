package org.embassage.evidence.verify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.embassage.evidence.zip.StrictZip;

/**
 * What can still be read of a ZIP that is not strict, so that a person can be told what was changed. Nothing that is
 * salvaged is ever believed.
 */
final class Salvage {

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int HEADER = 30;

    private final ByteBuffer zip;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();

    private Salvage(byte[] zip) {
        this.zip = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Salvage of(byte[] zip) {
        Salvage salvage = new Salvage(zip);
        salvage.walk();
        return salvage;
    }

    /** The entries that could be read, whether or not their checksums hold. */
    Map<String, byte[]> entries() {
        return entries;
    }

    /** What is wrong with the ZIP, each with its place; empty if only the central directory is. */
    List<String> remarks() {
        return remarks;
    }

    /** The entries written anew as a strict ZIP, so that the checks behind the ZIP can say more. */
    Optional<byte[]> rewritten() {
        try {
            return entries.isEmpty() ? Optional.empty() : Optional.of(StrictZip.write(entries));
        } catch (IllegalArgumentException hostileName) {
            return Optional.empty();
        }
    }

    private void walk() {
        int at = 0;
        while (at + HEADER <= zip.limit() && zip.getInt(at) == LOCAL) {
            int next = entry(at);
            if (next < 0) {
                return;
            }
            at = next;
        }
        if (at + 4 > zip.limit() || zip.getInt(at) != CENTRAL) {
            remarks.add("the ZIP's structure breaks off at byte " + at);
        }
    }

    /** @return where the next entry starts, or a negative number */
    private int entry(int at) {
        int nameLength = Short.toUnsignedInt(zip.getShort(at + 26));
        int size = zip.getInt(at + 18);
        long start = at + HEADER + (long) nameLength + Short.toUnsignedInt(zip.getShort(at + 28));
        if (size < 0 || start + size > zip.limit()) {
            remarks.add("the ZIP's structure breaks off in the header at byte " + at);
            return -1;
        }
        byte[] name = new byte[nameLength];
        zip.get(at + HEADER, name);
        String path = printable(name);
        byte[] content = new byte[size];
        zip.get((int) start, content);
        if (zip.getShort(at + 8) != 0) {
            remarks.add(path + " is packed in a way that this format does not use");
        } else if (entries.put(path, content) != null) {
            remarks.add(path + " is there twice");
        } else if (crc(content) != zip.getInt(at + 14)) {
            remarks.add(path + " does not have the checksum that the ZIP states for it");
        }
        return (int) (start + size);
    }

    private static int crc(byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }

    /** Names may be hostile: only plain ones are repeated. */
    private static String printable(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        return text.matches("[A-Za-z0-9._/-]{1,200}") ? text : "an entry with a hostile name";
    }
}
