package org.embassage.exchange.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * The one thing that travels between gateways, over every transport (docs/formats/dispatch-bundle.md): the magic
 * {@code EMBB}, a version octet, the number of items, each item as kind octet, length and bytes, and a SHA-256 over all of
 * it as trailer. Lengths are unsigned 32 bits, big-endian. It is not signed: each item is judged alone and guards itself.
 */
public final class DispatchBundle {

    /** No bundle is larger: 64 MiB. */
    public static final int MAX_BYTES = 64 << 20;

    /** No bundle has more items. */
    public static final int MAX_ITEMS = 4096;

    private static final byte[] MAGIC = {'E', 'M', 'B', 'B', 1};
    private static final int HEADER = MAGIC.length + 4;
    private static final int ITEM_HEADER = 5;

    private DispatchBundle() {}

    /** How many bytes an item adds to a bundle. */
    public static int cost(int itemBytes) {
        return ITEM_HEADER + itemBytes;
    }

    /** @throws IllegalArgumentException for no items, too many, or too many bytes */
    public static byte[] encode(List<WireItem> items) {
        long size = (long) HEADER + Digest.LENGTH;
        for (WireItem item : items) {
            size += cost(item.octets().length);
        }
        if (items.isEmpty() || items.size() > MAX_ITEMS || size > MAX_BYTES) {
            throw new IllegalArgumentException("a bundle has 1 to " + MAX_ITEMS + " items and 64 MiB at most");
        }
        ByteBuffer out = ByteBuffer.allocate((int) size);
        out.put(MAGIC).putInt(items.size());
        for (WireItem item : items) {
            out.put((byte) item.kind().octet()).putInt(item.octets().length).put(item.octets());
        }
        byte[] body = Arrays.copyOf(out.array(), out.position());
        return out.put(Digest.sha256(body).bytes()).array();
    }

    /** @return nothing if it is not exactly one whole bundle; an item of a kind that is not known makes it unreadable */
    public static Optional<List<WireItem>> decode(byte[] bundle) {
        int end = bundle.length - Digest.LENGTH;
        if (end < HEADER
                || bundle.length > MAX_BYTES
                || !Arrays.equals(bundle, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        Digest trailer = Digest.of(Arrays.copyOfRange(bundle, end, bundle.length));
        if (!Digest.sha256(Arrays.copyOf(bundle, end)).equals(trailer)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bundle, MAGIC.length, end - MAGIC.length);
        int count = in.getInt();
        if (count < 1 || count > MAX_ITEMS) {
            return Optional.empty();
        }
        List<WireItem> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Optional<WireItem> item = item(in);
            if (item.isEmpty()) {
                return Optional.empty();
            }
            items.add(item.get());
        }
        return in.hasRemaining() ? Optional.empty() : Optional.of(Collections.unmodifiableList(items));
    }

    private static Optional<WireItem> item(ByteBuffer in) {
        if (in.remaining() < ITEM_HEADER) {
            return Optional.empty();
        }
        Optional<ItemKind> kind = ItemKind.ofOctet(in.get());
        int length = in.getInt();
        if (kind.isEmpty() || length < 0 || length > in.remaining()) {
            return Optional.empty();
        }
        byte[] octets = new byte[length];
        in.get(octets);
        return Optional.of(new WireItem(kind.get(), octets));
    }
}
