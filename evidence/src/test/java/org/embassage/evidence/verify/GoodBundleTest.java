package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.junit.jupiter.api.Test;

class GoodBundleTest {

    private final World world = World.handedOver();

    @Test
    void aCompleteBundlePassesEveryCheckButTheTimeStamp() {
        VerificationReport report = world.verify(world.bundle());

        assertThat(report.checks())
                .filteredOn(result -> result.check() != Check.TIME_STAMP && result.check() != Check.PERIOD)
                .allSatisfy(result ->
                        assertThat(result.status()).as(result.sentence()).isEqualTo(Status.PASS));
        assertThat(report.of(Check.TIME_STAMP).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.sentence())
                .startsWith("Everything that was checked holds")
                .contains("time-stamp");
        assertThat(report.facts()).hasSize(3);
    }

    @Test
    void withoutAPolicyTheMissingTimeStampLeavesItIndeterminate() {
        VerificationReport report =
                EvidenceVerifier.verify(world.bundle(), world.trust(), VerifyPolicy.strict(), Instant.now());

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.indication()).isEqualTo(Indication.NO_POE);
    }

    @Test
    void theSealedMessageAndReceivedProofsAreCheckedWhereTheyAreThere() {
        Receipt relayed = world.receipts.get(1);
        var leaf = org.embassage.evidence.ledger.LedgerLeaf.received(relayed);

        VerificationReport report =
                world.verify(world.bundle(writer -> writer.sealedMessage(world.exchange, world.sealed)
                        .receivedProof(relayed.id(), World.QVL, world.qvlLedger.proof(leaf))));

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.INCLUSION).findings())
                .anySatisfy(finding -> assertThat(finding.sentence()).contains("as received in the ledger of QVL-BG"));
    }

    @Test
    void aRefusedExchangeIsCompleteToo() {
        World refused = new World();
        refused.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        refused.say(EvidenceEvent.RELAY_REJECTION);

        assertThat(refused.verify(refused.bundle()).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void aRelayAcceptanceThatComesAfterARelayFailureIsLateAndNoContradiction() {
        World late = new World();
        late.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        late.say(EvidenceEvent.RELAY_FAILURE);
        late.say(EvidenceEvent.RELAY_ACCEPTANCE);
        late.say(EvidenceEvent.CONTENT_HANDOVER);

        VerificationReport report = late.verify(late.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.OUTCOME).sentence()).contains("LATE");
    }

    @Test
    void aMessageThatCouldNotBeOpenedBelongsToTheExchangeWithItsOuterDigest() {
        World unopened = new World();
        unopened.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        unopened.say(EvidenceEvent.RELAY_REJECTION, draft -> {
            draft.subject = new Subject.Unopened();
            draft.terms = Optional.empty();
            draft.digests =
                    draft.digests.map(all -> new MessageDigests(all.outer(), Optional.empty(), Optional.empty()));
        });

        VerificationReport report = unopened.verify(unopened.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.ORDER).sentence()).contains("SubmissionAcceptance, then RelayRejection");
    }

    @Test
    void aRejectedSubmissionStandsAlone() {
        World rejected = new World();
        rejected.say(EvidenceEvent.SUBMISSION_REJECTION, draft -> {
            draft.subject = new Subject.OfSubmission(new SubmissionRef(rejected.ids.nextDropId(), Optional.of(4)));
            draft.digests = Optional.empty();
        });

        assertThat(rejected.verify(rejected.bundle()).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void anExchangeIsAnsweredByTheOneThatItSupersedes() {
        World again = World.handedOver();
        again.say(EvidenceEvent.SUBMISSION_ACCEPTANCE, draft -> {
            Subject.OfExchange of = (Subject.OfExchange) draft.subject;
            draft.previous = Optional.empty();
            draft.subject = new Subject.OfExchange(
                    again.ids.nextExchangeId(),
                    of.kind(),
                    of.schemaVersion(),
                    8,
                    of.submitted(),
                    of.submission(),
                    Optional.of(again.exchange));
        });

        VerificationReport report = again.verify(again.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.COMPLETE).findings())
                .anySatisfy(finding -> assertThat(finding.sentence()).contains("answers for it"));
    }

    @Test
    void aSingleReceiptIsJudgedByItsSignerAndAPinnedLedgerKey() {
        Receipt receipt = world.receipts.get(1);
        byte[] container = ReceiptReader.withProof(
                receipt.container(), world.proof(receipt).orElseThrow());
        var keys = List.of(
                org.embassage.evidence.ledger.NoteVerifier.parse(world.qosLedger.vkey())
                        .orElseThrow(),
                org.embassage.evidence.ledger.NoteVerifier.parse(world.qvlLedger.vkey())
                        .orElseThrow());
        TrustAnchors trust = new TrustAnchors(
                List.of(new TrustAnchors.Anchor(world.qosAuthority.certificate(), Optional.of("QOS"))),
                List.of(world.qosAuthority.crl()),
                keys);

        assertThat(EvidenceVerifier.verify(container, trust, World.policy(), Instant.now())
                        .verdict())
                .isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void aSingleReceiptWithoutALedgerKeyIsIndeterminate() {
        byte[] container = world.receipts.get(1).container();

        assertThat(world.verify(container).verdict()).isEqualTo(Verdict.INDETERMINATE);
    }

    @Test
    void theSameInputGivesTheSameReport() {
        byte[] bundle = world.bundle();
        Instant at = Instant.now();

        assertThat(EvidenceVerifier.verify(bundle, world.trust(), World.policy(), at))
                .isEqualTo(EvidenceVerifier.verify(bundle, world.trust(), World.policy(), at));
    }
}
