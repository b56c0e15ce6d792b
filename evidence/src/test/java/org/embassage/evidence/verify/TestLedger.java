package org.embassage.evidence.verify;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Chance;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.ledger.TlogProof;

/** A ledger of one gateway, in memory. */
public final class TestLedger {

    private final String origin;
    private final NoteSigner signer;
    private final MerkleTree tree = new MerkleTree();
    private final List<LedgerLeaf> leaves = new ArrayList<>();
    private Optional<Cosigner> witness = Optional.empty();

    public TestLedger(GatewayId gateway) {
        this(gateway, Chance.current().ed25519(gateway + " ledger"));
    }

    /** With a key of its own. */
    public static TestLedger of(GatewayId gateway, String key) {
        return new TestLedger(gateway, Chance.current().ed25519(key));
    }

    private TestLedger(GatewayId gateway, KeyPair keys) {
        this.origin = gateway + "/receipts/1";
        this.signer = new NoteSigner(origin, keys.getPrivate(), keys.getPublic());
        append(LedgerLeaf.epoch(origin, "-"));
    }

    private TestLedger(TestLedger forked, int keep) {
        this.origin = forked.origin;
        this.signer = forked.signer;
        forked.leaves.subList(0, keep).forEach(this::append);
    }

    /** The same ledger with the same key, which forgets all but the first leaves. */
    public TestLedger fork(int keep) {
        return new TestLedger(this, keep);
    }

    public void append(LedgerLeaf leaf) {
        leaves.add(leaf);
        tree.append(MerkleHash.leaf(leaf.octets()));
    }

    /** The leaves so far, in order. */
    public List<LedgerLeaf> leaves() {
        return List.copyOf(leaves);
    }

    public String origin() {
        return origin;
    }

    public String vkey() {
        return signer.verifier().vkey();
    }

    public MerkleTree tree() {
        return tree;
    }

    public String checkpoint() {
        return checkpoint(tree.size());
    }

    /** With the cosignature of the witness, if there is one. */
    public String checkpoint(long size) {
        String note = unwitnessed(size);
        return witness.map(cosigner -> {
                    SignedNote signed = SignedNote.parse(note).orElseThrow();
                    return signed.with(cosigner.cosign(
                                    signed.text(), Chance.current().now()))
                            .toString();
                })
                .orElse(note);
    }

    public String unwitnessed(long size) {
        return signer.sign(new Checkpoint(origin, size, tree.root(size)).text());
    }

    /** From now on this witness cosigns every checkpoint. */
    public void witness(Cosigner cosigner) {
        witness = Optional.of(cosigner);
    }

    /** From now on nobody cosigns. */
    public void unwitness() {
        witness = Optional.empty();
    }

    /** Signs whatever it is told. */
    public String sign(String text) {
        return signer.sign(text);
    }

    public boolean has(LedgerLeaf leaf) {
        return leaves.contains(leaf);
    }

    /** The proof for a leaf under the newest checkpoint. */
    public String proof(LedgerLeaf leaf) {
        return proof(leaves.indexOf(leaf));
    }

    public String proof(long index) {
        return new TlogProof(index, tree.inclusionProof(index, tree.size()), checkpoint()).text();
    }
}
