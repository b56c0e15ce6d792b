package org.embassage.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LedgerTextsTest {

    private static final String ORIGIN = "QVL-BG/receipts/1";
    private static NoteSigner signer;

    @BeforeAll
    static void makeKey() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = new NoteSigner(ORIGIN, pair.getPrivate(), pair.getPublic());
    }

    @Test
    void aSignedCheckpointVerifiesUnderItsKey() {
        String note = signer.sign(checkpoint().text());

        assertThat(Checkpoint.verified(note, signer.verifier())).contains(checkpoint());
        assertThat(SignedNote.parse(note)).map(SignedNote::toString).contains(note);
    }

    @Test
    void anAlteredCheckpointDoesNotVerify() {
        String note = signer.sign(checkpoint().text()).replace("\n5\n", "\n6\n");

        assertThat(Checkpoint.verified(note, signer.verifier())).isEmpty();
    }

    @Test
    void aCheckpointOfAnotherKeyOfTheSameNameDoesNotVerify() throws Exception {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String note = new NoteSigner(ORIGIN, other.getPrivate(), other.getPublic())
                .sign(checkpoint().text());

        assertThat(Checkpoint.verified(note, signer.verifier())).isEmpty();
    }

    @Test
    void aVerifierKeyIsReadBackFromItsTextAndAMistypedOneIsNot() {
        String vkey = signer.verifier().vkey();

        assertThat(NoteVerifier.parse(vkey)).map(NoteVerifier::vkey).contains(vkey);
        assertThat(NoteVerifier.parse(vkey.replace("QVL", "QVM"))).isEmpty();
        assertThat(NoteVerifier.parse("x+00+")).isEmpty();
    }

    @Test
    void aSizeWithALeadingZeroIsNoCheckpoint() {
        String text = checkpoint().text().replace("\n5\n", "\n05\n");

        assertThat(Checkpoint.parse(text)).isEmpty();
        assertThat(Checkpoint.parse(checkpoint().text())).isPresent();
    }

    @Test
    void aProofIsReadBackAndProvesItsLeafOnly() {
        MerkleTree tree = new MerkleTree();
        LedgerLeaf leaf = LedgerLeaf.epoch(ORIGIN, "-");
        tree.append(MerkleHash.leaf(leaf.octets()));
        tree.append(MerkleHash.leaf("x".getBytes(StandardCharsets.UTF_8)));
        String note = signer.sign(new Checkpoint(ORIGIN, 2, tree.root(2)).text());
        TlogProof proof = new TlogProof(0, tree.inclusionProof(0, 2), note);

        TlogProof read = TlogProof.parse(proof.text()).orElseThrow();

        assertThat(read).isEqualTo(proof);
        assertThat(read.proves(leaf, signer.verifier())).isTrue();
        assertThat(read.proves(LedgerLeaf.epoch(ORIGIN, "other"), signer.verifier()))
                .isFalse();
    }

    @Test
    void ledgerNotesAndProofSlipsAreReadBackWhole() {
        String note = signer.sign(checkpoint().text());
        LedgerNote ledgerNote = new LedgerNote(7, 3, List.of(Digest.sha256(new byte[1])), note);
        EvidenceId id = EvidenceId.parse("01931f6e-0000-7000-8000-000000000001");
        ProofSlip slip = new ProofSlip(note, Map.of(id, new TlogProof(4, List.of(Digest.sha256(new byte[2])), note)));

        assertThat(LedgerNote.parse(ledgerNote.octets())).contains(ledgerNote);
        assertThat(ProofSlip.parse(slip.octets())).contains(slip);
        assertThat(LedgerNote.parse(slip.octets())).isEmpty();
        assertThat(ProofSlip.parse(java.util.Arrays.copyOf(slip.octets(), slip.octets().length - 1)))
                .isEmpty();
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint(ORIGIN, 5, Digest.sha256(new byte[] {5}));
    }
}
