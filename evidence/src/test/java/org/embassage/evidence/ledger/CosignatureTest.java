package org.embassage.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CosignatureTest {

    private static final String ORIGIN = "QVL-BG/receipts/1";
    private static final Instant AT = Instant.parse("2031-06-15T12:00:00.750Z");
    private static NoteSigner ledger;
    private static Cosigner witness;
    private static SignedNote note;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPair one = pair();
        ledger = new NoteSigner(ORIGIN, one.getPrivate(), one.getPublic());
        KeyPair two = pair();
        witness = new Cosigner("QOS-POL/witness", two.getPrivate(), two.getPublic());
        note = SignedNote.parse(ledger.sign(new Checkpoint(ORIGIN, 5, Digest.sha256(new byte[0])).text()))
                .orElseThrow();
    }

    @Test
    void aCosignedNoteVerifiesUnderBothKeysAndTellsTheWholeSecond() {
        SignedNote cosigned = note.with(witness.cosign(note.text(), AT));
        SignedNote read = SignedNote.parse(cosigned.toString()).orElseThrow();

        assertThat(ledger.verifier().verifies(read)).isTrue();
        assertThat(witness.verifier().cosigned(read)).contains(Instant.parse("2031-06-15T12:00:00Z"));
    }

    @Test
    void aNoteThatNobodyCosignedIsNotCosigned() {
        assertThat(witness.verifier().cosigned(note)).isEmpty();
    }

    @Test
    void aLineMovedToAnotherCheckpointIsNoCosignature() {
        SignedNote other = SignedNote.parse(ledger.sign(new Checkpoint(ORIGIN, 6, Digest.sha256(new byte[0])).text()))
                .orElseThrow();

        assertThat(witness.verifier().cosigned(other.with(witness.cosign(note.text(), AT))))
                .isEmpty();
    }

    @Test
    void aLineWithAnotherTimeIsNoCosignature() {
        byte[] octets =
                Base64.getDecoder().decode(witness.cosign(note.text(), AT).base64());
        octets[11] ^= 1;
        SignedNote.Line backDated =
                new SignedNote.Line("QOS-POL/witness", Base64.getEncoder().encodeToString(octets));

        assertThat(witness.verifier().cosigned(note.with(backDated))).isEmpty();
    }

    @Test
    void aBadLineOfAKnownKeySpoilsAGoodOne() {
        SignedNote.Line good = witness.cosign(note.text(), AT);
        byte[] octets = Base64.getDecoder().decode(good.base64());
        octets[octets.length - 1] ^= 1;
        SignedNote.Line bad =
                new SignedNote.Line(good.name(), Base64.getEncoder().encodeToString(octets));

        assertThat(witness.verifier().cosigned(note.with(good).with(bad))).isEmpty();
        assertThat(witness.verifier().cosigned(note.with(good))).isPresent();
    }

    @Test
    void ofTwoGoodLinesTheLaterTimeCounts() {
        SignedNote twice =
                note.with(witness.cosign(note.text(), AT.plusSeconds(60))).with(witness.cosign(note.text(), AT));

        assertThat(witness.verifier().cosigned(twice)).contains(Instant.parse("2031-06-15T12:01:00Z"));
    }

    @Test
    void aNoteSignatureOfTheSameKeyIsNoCosignature() throws Exception {
        KeyPair both = pair();
        NoteSigner signs = new NoteSigner("QOS-POL/witness", both.getPrivate(), both.getPublic());
        CosignatureVerifier verifier = CosignatureVerifier.of("QOS-POL/witness", both.getPublic());

        assertThat(verifier.cosigned(SignedNote.parse(signs.sign(note.text())).orElseThrow()))
                .isEmpty();
        assertThat(verifier.vkey()).isNotEqualTo(signs.verifier().vkey());
    }

    @Test
    void aVerifierKeyIsReadBackByItsTypeOnly() {
        String vkey = witness.verifier().vkey();

        assertThat(CosignatureVerifier.parse(vkey))
                .map(CosignatureVerifier::vkey)
                .contains(vkey);
        assertThat(NoteVerifier.parse(vkey)).isEmpty();
        assertThat(CosignatureVerifier.parse(ledger.verifier().vkey())).isEmpty();
    }

    @Test
    void sixtyFourSignaturesAreReadAndMoreAreNot() {
        SignedNote many = note;
        for (int i = 1; i < 64; i++) {
            many = many.with(witness.cosign(note.text(), AT.plusSeconds(i)));
        }

        assertThat(SignedNote.parse(many.toString())).isPresent();
        assertThat(SignedNote.parse(many.with(witness.cosign(note.text(), AT)).toString()))
                .isEmpty();
    }

    @Test
    void aChallengeIsReadBackAndADamagedOneIsNot() {
        LedgerChallenge challenge = new LedgerChallenge(ORIGIN, "ab".repeat(32), 300);

        assertThat(LedgerChallenge.parse(challenge.octets())).contains(challenge);
        assertThat(LedgerChallenge.parse(("x" + new String(challenge.octets(), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void anAnswerIsReadBackWithAndWithoutAHeldNote() {
        AnswerNote answer = new AnswerNote(ORIGIN, "ab".repeat(32), 5, Digest.sha256(new byte[0]));
        String signed = ledger.sign(answer.text());
        LedgerAnswer with =
                new LedgerAnswer(signed, 3, List.of(Digest.sha256(new byte[1])), Optional.of(note.toString()));
        LedgerAnswer without = new LedgerAnswer(signed, 0, List.of(), Optional.empty());

        assertThat(LedgerAnswer.parse(with.octets())).contains(with);
        assertThat(LedgerAnswer.parse(without.octets())).contains(without);
        assertThat(AnswerNote.verified(signed, ledger.verifier())).contains(answer);
        assertThat(AnswerNote.verified(signed.replace("\n5\n", "\n6\n"), ledger.verifier()))
                .isEmpty();
        assertThat(LedgerAnswer.parse(Arrays.copyOf(with.octets(), with.octets().length - 1)))
                .isEmpty();
    }

    @Test
    void anAnswerIsNoCheckpointAndACheckpointIsNoAnswer() {
        String answer = ledger.sign(new AnswerNote(ORIGIN, "ab".repeat(32), 5, Digest.sha256(new byte[0])).text());

        assertThat(Checkpoint.verified(answer, ledger.verifier())).isEmpty();
        assertThat(AnswerNote.verified(note.toString(), ledger.verifier())).isEmpty();
    }

    private static KeyPair pair() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    @Test
    void anAnswerStatesTheRootOfTheSizeThatTheAskerHolds() {
        Digest root = Digest.sha256(new byte[0]);
        AnswerNote answer = new AnswerNote(
                ORIGIN, "ab".repeat(32), 5, root, Optional.of(new AnswerNote.Asked(3, Digest.sha256(new byte[] {1}))));
        String signed = ledger.sign(answer.text());
        String larger = ledger.sign(answer.text().replace("asked 3", "asked 6"));
        String nothing = ledger.sign(answer.text().replace("asked 3", "asked 0"));

        assertThat(AnswerNote.verified(signed, ledger.verifier())).contains(answer);
        assertThat(answer.checkpoints()).extracting(Checkpoint::size).containsExactly(5L, 3L);
        assertThat(AnswerNote.verified(larger, ledger.verifier())).isEmpty();
        assertThat(AnswerNote.verified(nothing, ledger.verifier())).isEmpty();
    }
}
