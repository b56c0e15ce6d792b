package org.embassage.evidence.verify;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.embassage.evidence.zip.StrictZip;
import org.embassage.evidence.zip.ZipFault;

/**
 * What can still be read of a ZIP that is not strict, so that a person can be told what was changed. Nothing that is
 * salvaged is ever believed.
 */
final class Salvage {

    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int HEADER = 30;
    private static final int DEFLATED = 8;
    private static final int SIZES_FOLLOW = 1 << 3;
    /** A small file may unpack to very much; nobody needs so much to be told that it was changed. */
    private static final long MAX_UNPACKED = 64L << 20;

    private final ByteBuffer zip;
    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final List<String> remarks = new ArrayList<>();
    private long unpacked;

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

    /** Why the strict reader refuses it. */
    Optional<ZipFault> fault(long maxTotal) {
        return StrictZip.fault(zip.array(), maxTotal);
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
        long start = at + HEADER + (long) nameLength + Short.toUnsignedInt(zip.getShort(at + 28));
        boolean described = (zip.getShort(at + 6) & SIZES_FOLLOW) != 0;
        Optional<Content> found =
                start > zip.limit() ? Optional.empty() : content(at, (int) start, zip.getShort(at + 8), described);
        if (found.isEmpty()) {
            remarks.add("the ZIP's structure breaks off in the header at byte " + at);
            return -1;
        }
        byte[] name = new byte[nameLength];
        zip.get(at + HEADER, name);
        String path = printable(name);
        Content content = found.get();
        if (described) {
            remarks.add(path + " was packed anew by another program: its sizes follow its content");
        }
        if (entries.put(path, content.octets) != null) {
            remarks.add(path + " is there twice");
        } else if (!described && crc(content.octets) != zip.getInt(at + 14)) {
            remarks.add(path + " does not have the checksum that the ZIP states for it");
        }
        return content.end;
    }

    private static final class Content {
        private final byte[] octets;
        private final int end;

        Content(byte[] octets, int end) {
            this.octets = octets;
            this.end = end;
        }
    }

    private Optional<Content> content(int header, int start, int method, boolean described) {
        if (method == DEFLATED) {
            return inflated(start, described);
        }
        int size = zip.getInt(header + 18);
        if (method != 0 || described || size < 0 || start + (long) size > zip.limit()) {
            return Optional.empty();
        }
        byte[] octets = new byte[size];
        zip.get(start, octets);
        return Optional.of(new Content(octets, start + size));
    }

    /** As far as the stream goes; what unpacks to more than all entries may have is left. */
    private Optional<Content> inflated(int start, boolean described) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(zip.array(), start, zip.limit() - start);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] part = new byte[8192];
            while (!inflater.finished()) {
                int got = inflater.inflate(part);
                unpacked += got;
                if (unpacked > MAX_UNPACKED || got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    return Optional.empty();
                }
                out.write(part, 0, got);
            }
            int end = start + (int) inflater.getBytesRead();
            return Optional.of(new Content(out.toByteArray(), described ? behindDescriptor(end) : end));
        } catch (DataFormatException malformed) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }

    /** APPNOTE 4.3.9: an optional signature, then checksum and sizes. */
    private int behindDescriptor(int at) {
        return at + (at + 4 <= zip.limit() && zip.getInt(at) == DESCRIPTOR ? 16 : 12);
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
