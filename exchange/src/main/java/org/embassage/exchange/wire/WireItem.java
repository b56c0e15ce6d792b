package org.embassage.exchange.wire;

/** One item of a dispatch bundle. Each is judged alone. */
public final class WireItem {

    private final ItemKind kind;
    private final byte[] octets;

    /** @param octets not copied */
    public WireItem(ItemKind kind, byte[] octets) {
        this.kind = kind;
        this.octets = octets;
    }

    public ItemKind kind() {
        return kind;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] octets() {
        return octets;
    }

    @Override
    public String toString() {
        return kind + " of " + octets.length + " bytes";
    }
}
