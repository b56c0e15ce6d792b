package org.embassage.exchange.domestic;

/**
 * The bytes of one record, cut from a drop before anything is decoded.
 *
 * <p>Holds personal data: {@link #toString()} gives the index only.
 */
public final class RecordSlice {

    private final int index;
    private final int line;
    private final long byteOffset;
    private final byte[] octets;

    /**
     * @param index of the record in the drop, from 1, header and trailer not counted
     * @param line where it starts, from 1; for files without lines the same as the index
     * @param byteOffset where it starts, from 0
     * @param octets its bytes, without the line end; not copied, must not be written to again
     */
    public RecordSlice(int index, int line, long byteOffset, byte[] octets) {
        this.index = index;
        this.line = line;
        this.byteOffset = byteOffset;
        this.octets = octets;
    }

    public int index() {
        return index;
    }

    public int line() {
        return line;
    }

    public long byteOffset() {
        return byteOffset;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] octets() {
        return octets;
    }

    @Override
    public String toString() {
        return "record " + index;
    }
}
