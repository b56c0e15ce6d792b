package org.embassage.gateway.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;

/** This gateway's ledger, built anew from its stored leaves. Holds what was committed when it was built. */
public final class OwnLedger {

    private static final int PAGE = 4096;

    private final MerkleTree tree = new MerkleTree();
    private final String origin;

    private OwnLedger(String origin) {
        this.origin = origin;
    }

    /**
     * Builds it from the leaves' texts, and holds each against the hash that is stored beside it.
     *
     * @param progress is told how many leaves are done
     * @throws Broken LEDGER_DAMAGED if a text does not have its hash, or leaf 0 does not begin an epoch
     */
    public static OwnLedger build(Ledgerbook book, LongConsumer progress) {
        List<String> first = book.leaves(0, 1);
        if (first.isEmpty()) {
            return new OwnLedger("");
        }
        String[] lines = first.get(0).split("\n", -1);
        if (lines.length < 4 || !lines[1].equals("epoch")) {
            throw new Broken(FaultCode.LEDGER_DAMAGED);
        }
        OwnLedger ledger = new OwnLedger(lines[2]);
        long end = book.size();
        while (ledger.tree.size() < end) {
            ledger.append(book, (int) Math.min(PAGE, end - ledger.tree.size()));
            progress.accept(ledger.tree.size());
        }
        return ledger;
    }

    private void append(Ledgerbook book, int limit) {
        List<String> texts = book.leaves(tree.size(), limit);
        List<byte[]> hashes = book.leafHashes(tree.size(), limit);
        if (texts.isEmpty() || texts.size() != hashes.size()) {
            throw new Broken(FaultCode.LEDGER_DAMAGED);
        }
        for (int i = 0; i < texts.size(); i++) {
            byte[] hash = MerkleHash.leaf(new LedgerLeaf(texts.get(i)).octets());
            if (!Arrays.equals(hash, hashes.get(i))) {
                throw new Broken(FaultCode.LEDGER_DAMAGED);
            }
            tree.append(hash);
        }
    }

    public long size() {
        return tree.size();
    }

    /** The ledger's name; empty if it has not begun. */
    public String origin() {
        return origin;
    }

    public MerkleTree tree() {
        return tree;
    }

    /** Whether the note is ours and says what the leaves say. */
    public boolean fits(HeldNote note, NoteVerifier verifier) {
        return Checkpoint.verified(note.note(), verifier)
                .map(checkpoint -> checkpoint.size() == note.size()
                        && checkpoint.size() <= tree.size()
                        && checkpoint.root().equals(tree.root(checkpoint.size())))
                .orElse(false);
    }

    /** The proof that a leaf is under a checkpoint. */
    public TlogProof proof(long leafIndex, HeldNote note) {
        return new TlogProof(leafIndex, tree.inclusionProof(leafIndex, note.size()), note.note());
    }
}
