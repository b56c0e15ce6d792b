package org.embassage.exchange.ledger;

import java.util.List;
import java.util.function.Consumer;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.exchange.journal.Ledgerbook;

/** The Merkle tree over the committed leaves of the own ledger; grows when it is told to. Thread-safe. */
public final class LedgerTree {

    private static final int PAGE = 4096;

    private final String origin;
    private final Ledgerbook ledgerbook;
    private final MerkleTree tree = new MerkleTree();

    /** @param origin of the ledger, {@code <gateway-id>/receipts/<epoch>} */
    public LedgerTree(String origin, Ledgerbook ledgerbook) {
        this.origin = origin;
        this.ledgerbook = ledgerbook;
    }

    /** Appends what was committed since, leaf by leaf, hashing the texts anew. @param each is told every text */
    public synchronized void grow(Consumer<String> each) {
        List<String> page = ledgerbook.leaves(tree.size(), PAGE);
        while (!page.isEmpty()) {
            for (String text : page) {
                tree.append(MerkleHash.leaf(new LedgerLeaf(text).octets()));
                each.accept(text);
            }
            page = ledgerbook.leaves(tree.size(), PAGE);
        }
    }

    /** Appends what was committed since, by the hashes that are stored. */
    public synchronized void grow() {
        List<byte[]> page = ledgerbook.leafHashes(tree.size(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(tree::append);
            page = ledgerbook.leafHashes(tree.size(), PAGE);
        }
    }

    public String origin() {
        return origin;
    }

    public synchronized long size() {
        return tree.size();
    }

    /** The checkpoint over the first {@code size} leaves. */
    public synchronized Checkpoint checkpoint(long size) {
        return new Checkpoint(origin, size, tree.root(size));
    }

    /** Whether this ledger continues, or is, what the checkpoint says. Looks for new leaves if it is larger. */
    public synchronized boolean continues(Checkpoint checkpoint) {
        if (checkpoint.size() > tree.size()) {
            grow();
        }
        return checkpoint.origin().equals(origin)
                && checkpoint.size() <= tree.size()
                && tree.root(checkpoint.size()).equals(checkpoint.root());
    }

    /** See {@link MerkleTree#inclusionProof}. */
    public synchronized List<Digest> inclusionProof(long index, long size) {
        return tree.inclusionProof(index, size);
    }

    /** See {@link MerkleTree#consistencyProof}; empty from 0. */
    public synchronized List<Digest> consistencyProof(long oldSize, long newSize) {
        return oldSize == 0 ? List.of() : tree.consistencyProof(oldSize, newSize);
    }
}
