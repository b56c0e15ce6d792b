package org.embassage.store;

import java.util.Optional;
import java.util.UUID;

/**
 * The key that receipts, notes and proofs share: they hold no personal data and outlive what is erased. Every process
 * makes its own, and a new one with each epoch and long before random nonces could meet. Thread-safe.
 */
final class SharedKey {

    private static final String INSERT = "INSERT INTO content_key (id, epoch, wrapped) VALUES (?, ?, ?)";
    private static final int USES = 1 << 24;

    private final Database database;
    private final ContentVault vault;
    private Optional<ContentKey> key = Optional.empty();
    private int uses;

    SharedKey(Database database, ContentVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /** For one content. Its row is durable before it is used. */
    synchronized ContentKey current() {
        String epoch = vault.epoch();
        if (key.isEmpty() || uses == USES || !key.get().epoch().equals(epoch)) {
            ContentKey fresh = vault.newKey("shared/" + UUID.randomUUID());
            Integer written =
                    database.write(session -> session.update(INSERT, fresh.id(), fresh.epoch(), fresh.wrapped()));
            if (written != 1) {
                throw new IllegalStateException("a key was not stored");
            }
            key = Optional.of(fresh);
            uses = 0;
        }
        uses++;
        return key.get();
    }
}
