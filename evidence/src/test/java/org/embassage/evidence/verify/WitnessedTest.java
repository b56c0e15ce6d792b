package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Chance;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.junit.jupiter.api.Test;

/** Check 23, and what answers to challenges say in check 20. */
class WitnessedTest {

    private final World world = World.handedOver();

    private VerificationReport verify(byte[] bundle, String policy, TrustAnchors trust) {
        return EvidenceVerifier.verify(
                bundle,
                trust,
                VerifyPolicy.parse(policy).orElseThrow(),
                Chance.current().now());
    }

    @Test
    void receiptsWhoseCheckpointsTheOtherSideCosignedAreWitnessed() {
        VerificationReport report = world.verify(world.bundle());

        assertThat(report.of(Check.WITNESSED).status()).isEqualTo(Status.PASS);
        assertThat(report.of(Check.WITNESSED).findings())
                .hasSize(3)
                .anySatisfy(finding -> assertThat(finding.sentence()).contains("cosigned by QOS-POL/witness"));
    }

    @Test
    void withoutAnyCosignatureItIsNotChecked() {
        World alone = new World();
        alone.qvlLedger.unwitness();
        alone.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        alone.say(EvidenceEvent.RELAY_REJECTION);
        VerificationReport report = alone.verify(alone.bundle());

        assertThat(report.of(Check.WITNESSED).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.indication()).isEqualTo(Indication.TRY_LATER);
        assertThat(report.of(Check.WITNESSED).sentence())
                .startsWith("no known witness cosigned a checkpoint of QVL-BG that covers receipt ")
                .doesNotContain("policy");
    }

    @Test
    void anIssuerIsNoWitnessOfItself() {
        World alone = new World();
        alone.qvlLedger.witness(alone.qvlWitness);
        alone.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        alone.say(EvidenceEvent.RELAY_REJECTION);

        assertThat(alone.verify(alone.bundle()).of(Check.WITNESSED).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void aPolicyMayAskForMoreWitnessesThanThereAre() {
        String two = "embassage-policy/v1\noptional time-stamp\nwitnesses 2\n";

        CheckResult witnessed = verify(world.bundle(), two, world.trust()).of(Check.WITNESSED);

        assertThat(witnessed.status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(witnessed.sentence()).startsWith("of the 2 witnesses that the policy asks for, only ");
    }

    @Test
    void aPinnedNeutralWitnessCounts() {
        KeyPair keys = Chance.current().ed25519("neutral");
        Cosigner neutral = new Cosigner("witness.example/one", keys.getPrivate(), keys.getPublic());
        TrustAnchors plain = world.trust();
        TrustAnchors pinned =
                new TrustAnchors(plain.anchors(), plain.crls(), plain.ledgerKeys(), List.of(neutral.verifier()));
        byte[] bundle = world.bundle(writer -> {
            for (TestLedger ledger : List.of(world.qvlLedger, world.qosLedger)) {
                SignedNote note = SignedNote.parse(ledger.checkpoint()).orElseThrow();
                writer.note(
                        World.QVL,
                        note.with(neutral.cosign(note.text(), Instant.EPOCH)).toString());
            }
        });
        String two = "embassage-policy/v1\noptional time-stamp\nwitnesses 2\n";

        assertThat(verify(bundle, two, pinned).of(Check.WITNESSED).status()).isEqualTo(Status.PASS);
        assertThat(verify(bundle, two, plain).of(Check.WITNESSED).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void aCosignatureMovedToAnotherCheckpointIsAFailure() {
        byte[] bundle = world.bundle(writer -> {
            SignedNote small = SignedNote.parse(world.qvlLedger.unwitnessed(2)).orElseThrow();
            SignedNote large = SignedNote.parse(world.qvlLedger.checkpoint()).orElseThrow();
            writer.note(World.QVL, small.with(large.signatures().get(1)).toString());
        });

        assertThat(world.verify(bundle).of(Check.WITNESSED).status()).isEqualTo(Status.FAIL);
        assertThat(world.verify(bundle).verdict()).isEqualTo(Verdict.TOTAL_FAILED);
    }

    private byte[] answered(TestLedger ledger, long size, Optional<String> heldBefore, boolean honest) {
        ChallengeOpening opening = new ChallengeOpening("ab".repeat(32), heldBefore);
        String nonce = honest ? opening.nonce() : "cd".repeat(32);
        AnswerNote answer =
                new AnswerNote(ledger.origin(), nonce, size, ledger.tree().root(size));
        return world.bundle(writer -> writer.answer(World.QVL, World.QOS, ledger.sign(answer.text()), opening.text()));
    }

    @Test
    void anAnswerThatIsNoSmallerThanWhatWasHeldIsGood() {
        byte[] bundle = answered(
                world.qosLedger, world.qosLedger.tree().size(), Optional.of(world.qosLedger.checkpoint(2)), true);

        assertThat(world.verify(bundle).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(world.verify(bundle).of(Check.LEDGERS).findings())
                .anySatisfy(finding -> assertThat(finding.sentence()).contains("made after size 2"));
    }

    @Test
    void whatWasHeldBeforeAnAnswerIsAmongTheCheckpointsThatMustBeJoined() {
        ChallengeOpening opening = new ChallengeOpening("ab".repeat(32), Optional.of(world.qosLedger.checkpoint(2)));
        BundleWriter writer = new BundleWriter(World.QVL, Instant.EPOCH, "SYNTHETIC");
        assertThat(writer.sizes(world.qosLedger.origin())).isEmpty();

        writer.answer(World.QVL, World.QOS, "SYNTHETIC", opening.text());

        assertThat(writer.sizes(world.qosLedger.origin())).containsExactly(2L);
    }

    @Test
    void aSmallerAnswerThanWhatWasHeldBeforeProvesThatTheLedgerWasCut() {
        byte[] bundle = answered(world.qosLedger, 2, Optional.of(world.qosLedger.checkpoint()), true);

        assertThat(world.verify(bundle).verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(world.verify(bundle).sentence()).contains("QOS-POL/receipts/1 was cut");
    }

    @Test
    void aSmallerAnswerToANonceThatWasMadeBeforeAccusesNobody() {
        byte[] bundle = answered(world.qosLedger, 2, Optional.empty(), true);

        assertThat(world.verify(bundle).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void anOpeningOfAnotherNonceIsAFailure() {
        byte[] bundle = answered(world.qosLedger, 2, Optional.of(world.qosLedger.checkpoint()), false);

        assertThat(world.verify(bundle).verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(world.verify(bundle).sentence()).contains("does not open the nonce");
    }

    @Test
    void anAnswerThatTellsAnotherHistoryIsAFailure() {
        TestLedger forked = world.qosLedger.fork(1);
        while (forked.tree().size() < world.qosLedger.tree().size()) {
            forked.append(new org.embassage.evidence.ledger.LedgerLeaf("SYNTHETIC\n"));
        }
        byte[] bundle = answered(forked, forked.tree().size(), Optional.empty(), true);

        assertThat(world.verify(bundle).sentence()).contains("two histories");
    }

    @Test
    void anAnswerByAnotherKeyIsAFailure() {
        ChallengeOpening opening = new ChallengeOpening("ab".repeat(32), Optional.empty());
        AnswerNote answer = new AnswerNote(
                world.qosLedger.origin(),
                opening.nonce(),
                2,
                world.qosLedger.tree().root(2));
        byte[] bundle = world.bundle(
                writer -> writer.answer(World.QVL, World.QOS, world.qvlLedger.sign(answer.text()), opening.text()));

        assertThat(world.verify(bundle).of(Check.LEDGERS).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void anAnswerIsNeverTakenForACheckpoint() {
        AnswerNote answer = new AnswerNote(
                world.qosLedger.origin(),
                "ab".repeat(32),
                2,
                world.qosLedger.tree().root(2));

        assertThat(Checkpoint.unverified(world.qosLedger.sign(answer.text()))).isEmpty();
    }

    @Test
    void aPolicyReadsHowManyWitnesses() {
        assertThat(VerifyPolicy.parse("embassage-policy/v1\nwitnesses 3\n")
                        .orElseThrow()
                        .witnesses())
                .isEqualTo(3);
        assertThat(VerifyPolicy.parse("embassage-policy/v1\n").orElseThrow().witnesses())
                .isEqualTo(1);
        assertThat(VerifyPolicy.parse("embassage-policy/v1\nwitnesses 0\n")).isEmpty();
    }
}
