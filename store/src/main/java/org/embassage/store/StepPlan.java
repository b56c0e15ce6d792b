package org.embassage.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.exchange.journal.Content;

/** What one step will write, made ready before the transaction begins: contents encrypted, leaves hashed. */
final class StepPlan {

    private static final Change KEY = Change.insert("content_key", "id, epoch, wrapped");
    private static final Change CONTENT = Change.insert("content", "id, key_id, body");

    private final ContentVault vault;
    private final SharedKey shared;
    private final List<Planned> changes = new ArrayList<>();
    private final List<Leaf> leaves = new ArrayList<>();
    private final Map<EvidenceId, byte[]> containers = new HashMap<>();

    StepPlan(ContentVault vault, SharedKey shared) {
        this.vault = vault;
        this.shared = shared;
    }

    /** A change and its arguments. */
    static final class Planned {
        private final Change change;
        private final Object[] args;

        Planned(Change change, Object... args) {
            this.change = change;
            this.args = args;
        }

        Change change() {
            return change;
        }

        Object[] args() {
            return args;
        }
    }

    /** A leaf that waits for its index. */
    static final class Leaf {
        private final String text;
        private final byte[] hash;
        private final Optional<EvidenceId> receipt;

        Leaf(LedgerLeaf leaf, Optional<EvidenceId> receipt) {
            this.text = leaf.text();
            this.hash = MerkleHash.leaf(leaf.octets());
            this.receipt = receipt;
        }

        Object[] args(long index) {
            return new Object[] {index, hash, text, Values.text(receipt)};
        }
    }

    List<Planned> changes() {
        return changes;
    }

    List<Leaf> leaves() {
        return leaves;
    }

    void add(Change change, Object... args) {
        changes.add(new Planned(change, args));
    }

    void leaf(LedgerLeaf leaf, Optional<EvidenceId> receipt) {
        leaves.add(new Leaf(leaf, receipt));
    }

    /** Keeps a content under a new key that nothing else has. */
    void keep(String contentId, Content content) {
        keep(contentId, newKey(contentId), content);
    }

    ContentKey newKey(String contentId) {
        return vault.newKey(contentId);
    }

    void keep(String contentId, ContentKey key, Content content) {
        add(KEY, key.id(), key.epoch(), key.wrapped());
        add(CONTENT, contentId, key.id(), vault.seal(contentId, key, content.octets()));
    }

    /** Encrypts a text beside a content. */
    byte[] seal(String id, ContentKey key, byte[] clear) {
        return vault.seal(id, key, clear);
    }

    /** Keeps a receipt's container. */
    void keepReceipt(EvidenceId receipt, byte[] container) {
        containers.put(receipt, container);
        keepShared(ContentIds.receipt(receipt), container);
    }

    /** Keeps a content that holds no personal data under the key that such contents share. */
    void keepShared(String contentId, byte[] clear) {
        ContentKey key = shared.current();
        add(CONTENT, contentId, key.id(), vault.seal(contentId, key, clear));
    }

    /** Whether this step keeps exactly these bytes as the receipt. */
    boolean keepsReceipt(EvidenceId receipt, byte[] octets) {
        return Arrays.equals(containers.get(receipt), octets);
    }
}
