package org.embassage.sealing;

import java.util.Arrays;
import org.embassage.exchange.port.Opener.Detail;

/**
 * Walks through one DER structure in order. Whatever is not DER — an indefinite or a longer length than needed, a
 * string in pieces, octets left over — is refused where it stands, so no second encoding of a message exists. Allocates
 * only what it hands out.
 */
final class DerReader {

    private static final int LONG_FORM = 0x80;
    private static final int MAX_LENGTH_OCTETS = 4;

    private final byte[] octets;
    private final int end;
    private int position;

    /** @param octets the one structure; not copied, not written */
    DerReader(byte[] octets) {
        this(octets, 0, octets.length);
    }

    private DerReader(byte[] octets, int start, int end) {
        this.octets = octets;
        this.position = start;
        this.end = end;
    }

    /** A part of the octets that were read. */
    record Span(int start, int length) {}

    /** Steps over a constructed structure and returns a reader of its content. */
    DerReader enter(int tag) throws Unopenable {
        Span content = next(tag);
        return new DerReader(octets, content.start(), content.start() + content.length());
    }

    /** Steps over a primitive structure and returns where its content lies. */
    Span next(int tag) throws Unopenable {
        Unopenable.unless(position < end, Detail.NOT_DER);
        Unopenable.unless((octets[position] & 0xff) == tag, Detail.WRONG_STRUCTURE);
        position++;
        int length = length();
        Unopenable.unless(length <= end - position, Detail.NOT_DER);
        Span content = new Span(position, length);
        position += length;
        return content;
    }

    /** A copy of the content of a primitive structure. */
    byte[] content(int tag) throws Unopenable {
        Span content = next(tag);
        return Arrays.copyOfRange(octets, content.start(), content.start() + content.length());
    }

    /** A copy of a whole structure, tag and length included. */
    byte[] whole(int tag) throws Unopenable {
        int start = position;
        next(tag);
        return Arrays.copyOfRange(octets, start, position);
    }

    /** Steps over exactly these octets, which are whole structures. */
    void expect(byte[] structures, Detail otherwise) throws Unopenable {
        Unopenable.unless(starts(structures), otherwise);
        position += structures.length;
    }

    /** Whether exactly these octets come next. */
    boolean starts(byte[] structures) {
        return structures.length <= end - position
                && Arrays.equals(octets, position, position + structures.length, structures, 0, structures.length);
    }

    boolean atEnd() {
        return position == end;
    }

    /** Nothing may follow. */
    void finish() throws Unopenable {
        Unopenable.unless(atEnd(), Detail.WRONG_STRUCTURE);
    }

    private int length() throws Unopenable {
        Unopenable.unless(position < end, Detail.NOT_DER);
        int first = octets[position++] & 0xff;
        if (first < LONG_FORM) {
            return first;
        }
        int count = first - LONG_FORM;
        Unopenable.unless(count >= 1 && count <= MAX_LENGTH_OCTETS && count <= end - position, Detail.NOT_DER);
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = length << 8 | octets[position++] & 0xff;
        }
        boolean minimal = length >= LONG_FORM && length >>> 8 * (count - 1) != 0;
        Unopenable.unless(minimal && length <= Integer.MAX_VALUE, Detail.NOT_DER);
        return (int) length;
    }
}
