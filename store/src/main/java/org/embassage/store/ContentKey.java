package org.embassage.store;

import javax.crypto.SecretKey;

/** A content key in use, beside its wrapped form. */
final class ContentKey {

    private final String id;
    private final String epoch;
    private final byte[] wrapped;
    private final SecretKey key;

    ContentKey(String id, String epoch, byte[] wrapped, SecretKey key) {
        this.id = id;
        this.epoch = epoch;
        this.wrapped = wrapped;
        this.key = key;
    }

    String id() {
        return id;
    }

    /** The epoch under whose key it is wrapped. */
    String epoch() {
        return epoch;
    }

    byte[] wrapped() {
        return wrapped;
    }

    SecretKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
