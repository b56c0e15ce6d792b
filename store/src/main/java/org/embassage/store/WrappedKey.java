package org.embassage.store;

/** A content key as it lies in the database. */
final class WrappedKey {

    private final String id;
    private final String epoch;
    private final byte[] octets;

    WrappedKey(String id, String epoch, byte[] octets) {
        this.id = id;
        this.epoch = epoch;
        this.octets = octets;
    }

    String id() {
        return id;
    }

    String epoch() {
        return epoch;
    }

    byte[] octets() {
        return octets;
    }
}
