package org.embassage.evidence.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * A self-contained proof that a leaf is in a ledger (c2sp.org/tlog-proof@v1), without extra data.
 *
 * @param index of the leaf, from 0
 * @param path inclusion proof, from the leaf's sibling to the root's child
 * @param note the ledger's checkpoint, a signed note verbatim
 */
public record TlogProof(long index, List<Digest> path, String note) {

    private static final String MAGIC = "c2sp.org/tlog-proof@v1";

    public TlogProof {
        path = List.copyOf(path);
    }

    /** The file's text. */
    public String text() {
        return MAGIC + "\nindex " + index + "\n" + Hashes.print(path) + "\n" + note;
    }

    /** @return nothing if it is not exactly such a proof */
    public static Optional<TlogProof> parse(String text) {
        int split = text.indexOf("\n\n");
        if (split < 0) {
            return Optional.empty();
        }
        List<String> head = Arrays.asList(text.substring(0, split).split("\n", -1));
        if (head.size() < 2 || !head.get(0).equals(MAGIC) || !head.get(1).startsWith("index ")) {
            return Optional.empty();
        }
        Optional<Long> index = Numbers.parse(head.get(1).substring(6));
        Optional<List<Digest>> path = Hashes.parse(head.subList(2, head.size()));
        String note = text.substring(split + 2);
        return index.isPresent() && path.isPresent() && SignedNote.parse(note).isPresent()
                ? Optional.of(new TlogProof(index.get(), path.get(), note))
                : Optional.empty();
    }

    /** Whether the leaf is in the ledger whose key this is, by this proof. */
    public boolean proves(LedgerLeaf leaf, NoteVerifier ledger) {
        return Checkpoint.verified(note, ledger)
                .map(checkpoint -> places(leaf, checkpoint))
                .orElse(false);
    }

    /** Whether the path leads from the leaf to the root of a checkpoint whose note was verified before. */
    public boolean places(LedgerLeaf leaf, Checkpoint checkpoint) {
        return MerkleProofs.includes(MerkleHash.leaf(leaf.octets()), index, checkpoint.size(), path, checkpoint.root());
    }
}
