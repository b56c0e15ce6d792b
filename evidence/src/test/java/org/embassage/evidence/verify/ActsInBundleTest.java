package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.junit.jupiter.api.Test;

/** Decisions, traffic and erasure beside the usual events of an exchange. */
class ActsInBundleTest {

    private final World world = new World();

    @Test
    void decisionsStopsAndErasuresOfBothSidesContradictNothing() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE);
        world.say(EvidenceEvent.QUARANTINE_DECISION, word("REPROCESS"));
        world.say(EvidenceEvent.QUARANTINE_DECISION, word("REPROCESS"));
        say(EvidenceEvent.CONTENT_HANDOVER, EvidenceEvent.CONTENT_ERASURE);
        world.say(EvidenceEvent.CONTENT_ERASURE, bySender());
        Receipt stopped = world.say(EvidenceEvent.TRAFFIC_SUSPENDED);
        world.say(
                EvidenceEvent.TRAFFIC_RESUMED,
                draft -> draft.previous = Optional.of(new Previous(stopped.id(), stopped.manifest())));

        VerificationReport report = world.verify(world.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.facts())
                .anySatisfy(fact ->
                        assertThat(fact).contains("QuarantineDecision by QOS-POL (REPROCESS by OFFICER p-3f9a1c07)"))
                .anySatisfy(fact -> assertThat(fact).contains("messages between QVL-BG and QOS-POL"));
    }

    @Test
    void aDecisionOnAMessageThatCouldNotBeOpenedBelongsToTheExchangeWithItsOuterDigest() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        Consumer<Draft> unopened = draft -> {
            draft.subject = new Subject.Unopened();
            draft.terms = Optional.empty();
            draft.digests =
                    draft.digests.map(all -> new MessageDigests(all.outer(), Optional.empty(), Optional.empty()));
        };
        world.say(EvidenceEvent.RELAY_REJECTION, unopened);
        world.say(EvidenceEvent.QUARANTINE_DECISION, unopened);

        VerificationReport report = world.verify(world.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.ORDER).sentence()).contains("RelayRejection, then QuarantineDecision");
    }

    @Test
    void aGatewayThatErasesBeforeItsOwnOutcomeIsNamed() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt handedOver = world.say(EvidenceEvent.CONTENT_HANDOVER);
        world.say(
                EvidenceEvent.CONTENT_ERASURE,
                draft -> draft.time = handedOver.evidence().time().minusMillis(1));

        caught(Check.ORDER, "(ContentErasure) says ");
    }

    @Test
    void aSenderErasesBeforeTheOtherSidesOutcomeOnlyIfItGaveUp() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_FAILURE);
        world.say(EvidenceEvent.CONTENT_ERASURE, bySender());
        World late = world;
        late.say(EvidenceEvent.RELAY_ACCEPTANCE, draft -> draft.time = draft.time.plusSeconds(1000));
        late.say(EvidenceEvent.CONTENT_HANDOVER, draft -> draft.time = draft.time.plusSeconds(1000));

        assertThat(late.verify(late.bundle()).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void aSenderThatErasesWhatItStillWaitsForIsNamed() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.say(EvidenceEvent.CONTENT_ERASURE, bySender());
        world.say(EvidenceEvent.RELAY_ACCEPTANCE, draft -> draft.time = draft.time.plusSeconds(1000));
        world.say(EvidenceEvent.CONTENT_HANDOVER, draft -> draft.time = draft.time.plusSeconds(1000));

        caught(Check.ORDER, "(ContentErasure) says ");
    }

    @Test
    void aResumptionThatFollowsTheSuspensionOfAnotherPairIsNamed() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        Receipt handedOver = world.receipts.get(2);
        world.say(
                EvidenceEvent.TRAFFIC_RESUMED,
                draft -> draft.previous = Optional.of(new Previous(handedOver.id(), handedOver.manifest())));

        caught(Check.PREVIOUS, "(TrafficResumed) follows a receipt of another");
    }

    @Test
    void anErasureThatNamesAnotherMessageIsNamed() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        world.say(
                EvidenceEvent.CONTENT_ERASURE,
                draft -> draft.digests = draft.digests.map(
                        all -> new MessageDigests(all.inner().orElseThrow(), all.inner(), all.manifest())));

        caught(Check.DIGESTS, "state another outer digest");
    }

    private Consumer<Draft> bySender() {
        return draft -> {
            draft.issuer = World.QVL;
            draft.checkpoints =
                    new Checkpoints(world.qvlLedger.checkpoint(), Optional.of(world.qosLedger.checkpoint()));
        };
    }

    private static Consumer<Draft> word(String word) {
        return draft -> draft.act = draft.act.map(act -> new Act(word, act.role(), act.pseudonym(), act.item()));
    }

    private void say(EvidenceEvent... events) {
        for (EvidenceEvent event : events) {
            world.say(event);
        }
    }

    private void caught(Check check, String words) {
        VerificationReport report = world.verify(world.bundle());
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.of(check).findings()).anySatisfy(finding -> {
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.sentence()).contains(words);
        });
    }
}
