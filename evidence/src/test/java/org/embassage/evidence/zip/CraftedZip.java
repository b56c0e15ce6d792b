package org.embassage.evidence.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes ZIP files as an attacker does: every field can be false. */
public final class CraftedZip {

    /** One entry with both its headers. */
    public static final class Entry {
        public byte[] name;
        public byte[] localName;
        public byte[] content;
        public int flags;
        public int localFlags = -1;
        public int method;
        public int size;
        public int crc;
        public byte[] extra = {};
        public byte[] localExtra = {};
        public byte[] comment = {};
        public int attributes;
        public int version = 20;
        public byte[] gapBefore = {};
        /** -1: where it is; the least integer: all bits set. */
        public int offset = -1;

        public boolean listed = true;
        public boolean written = true;

        Entry(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.localName = this.name;
            this.content = content;
            this.size = content.length;
            CRC32 sum = new CRC32();
            sum.update(content);
            this.crc = (int) sum.getValue();
        }

        /** Packs the content. */
        public Entry deflated() {
            Deflater deflater = new Deflater(9, true);
            deflater.setInput(content);
            deflater.finish();
            byte[] packed = new byte[content.length + 64];
            int length = deflater.deflate(packed);
            deflater.end();
            content = Arrays.copyOf(packed, length);
            method = 8;
            return this;
        }
    }

    public final List<Entry> entries = new ArrayList<>();
    public byte[] prefix = {};
    public byte[] beforeDirectory = {};
    public byte[] beforeEnd = {};
    public byte[] comment = {};
    public byte[] suffix = {};
    public int countChange;
    public int disk;
    public int directoryChange;
    public int stated = -1;

    /** Begins with what an honest writer would write. */
    public static CraftedZip of(Map<String, byte[]> files) {
        CraftedZip zip = new CraftedZip();
        files.forEach((name, content) -> zip.entries.add(new Entry(name, content)));
        return zip;
    }

    public Entry entry(int index) {
        return entries.get(index);
    }

    public byte[] octets() {
        ByteBuffer out = ByteBuffer.allocate(1 << 22).order(ByteOrder.LITTLE_ENDIAN);
        out.put(prefix);
        List<Integer> offsets = new ArrayList<>();
        for (Entry entry : entries) {
            out.put(entry.gapBefore);
            offsets.add(out.position());
            if (entry.written) {
                out.putInt(StrictZip.LOCAL).putShort((short) entry.version);
                out.putShort((short) (entry.localFlags < 0 ? entry.flags : entry.localFlags));
                common(out, entry, entry.localName.length, entry.localExtra.length);
                out.put(entry.localName).put(entry.localExtra).put(entry.content);
            }
        }
        out.put(beforeDirectory);
        int directory = out.position();
        int listed = 0;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (!entry.listed) {
                continue;
            }
            listed++;
            out.putInt(StrictZip.CENTRAL).putShort((short) 20).putShort((short) entry.version);
            out.putShort((short) entry.flags);
            common(out, entry, entry.name.length, entry.extra.length);
            out.putShort((short) entry.comment.length).putShort((short) 0).putShort((short) 0);
            out.putInt(entry.attributes)
                    .putInt(
                            entry.offset == -1
                                    ? offsets.get(i)
                                    : entry.offset == Integer.MIN_VALUE ? -1 : entry.offset);
            out.put(entry.name).put(entry.extra).put(entry.comment);
        }
        int size = out.position() - directory;
        out.put(beforeEnd);
        int count = stated != -1 ? stated : listed + countChange;
        out.putInt(StrictZip.END).putShort((short) disk).putShort((short) disk);
        out.putShort((short) count).putShort((short) count);
        out.putInt(size).putInt(directory + directoryChange).putShort((short) comment.length);
        out.put(comment).put(suffix);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void common(ByteBuffer out, Entry entry, int name, int extra) {
        out.putShort((short) entry.method).putInt(0x00210000).putInt(entry.crc);
        out.putInt(entry.content.length).putInt(entry.size);
        out.putShort((short) name).putShort((short) extra);
    }
}
