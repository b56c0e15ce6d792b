package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.LedgerAnswer;
import org.embassage.evidence.ledger.LedgerChallenge;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Ledgerbook.KeptAnswer;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.ledger.CosignedNotes;
import org.embassage.exchange.ledger.LedgerState;
import org.embassage.exchange.ledger.Traffic;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers witness each other's ledgers, and what happens when one of them cannot be believed. */
class WitnessTest {

    private static final Act SUSPEND = new Act("SUSPEND", "OFFICER", Optional.of("synthetic-1"), Optional.empty());
    private static final Act RESUME = new Act("RESUME", "OFFICER", Optional.of("synthetic-1"), Optional.empty());

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;

    @BeforeEach
    void exchange() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        velmark.drop(Documents.vehicles(1));
        federation.settle();
    }

    /** A record that was not dropped before. */
    private static List<String> one() {
        return Documents.vehicles(3).subList(2, 3);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private static Gateway.Letter letter(GatewayId from, GatewayId to, ItemKind kind, byte[] octets) {
        return new Gateway.Letter(from, to, Transport.JMS, DispatchBundle.encode(List.of(new WireItem(kind, octets))));
    }

    private static List<FaultCode> quarantine(Gateway gateway) {
        return gateway.register.quarantine(100).stream()
                .map(QuarantineView::fault)
                .map(fault -> fault.code())
                .toList();
    }

    private static NoteSigner ledgerKey(Gateway gateway) {
        KeyEntry key = gateway.keys.current(KeyUse.LEDGER);
        return new NoteSigner(
                gateway.id + "/receipts/1", key.key(), key.certificate().getPublicKey());
    }

    private static CosignatureVerifier witness(Gateway gateway) {
        return CosignatureVerifier.parse(gateway.peers.self().witnessKey().orElseThrow())
                .orElseThrow();
    }

    // ---- cosignatures

    @Test
    void thePeersCosignatureComesBackForTheCheckpointThatCoversTheExchange() {
        HeldNote own = velmark.ledgerbook.newestCheckpoint().orElseThrow();
        SignedNote cosigned = SignedNote.parse(new CosignedNotes(velmark.ledgerbook).with(own.note()))
                .orElseThrow();

        assertThat(witness(police).cosigned(cosigned)).isPresent();
        assertThat(witness(federation.gateway(BORDER_POLICE)).cosigned(cosigned))
                .isPresent();
        assertThat(ledgerKey(velmark).verifier().verifies(cosigned)).isTrue();
        assertThat(quarantine(velmark)).isEmpty();
    }

    @Test
    void everyCosignedCheckpointIsHeldAndItsProofIsKept() {
        velmark.drop(one());
        federation.settle();
        List<Cosignature> cosigned = police.ledgerbook.cosignatures(BORDER_GUARD + "/receipts/1", 0, Integer.MAX_VALUE);

        assertThat(cosigned)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(police.ledgerbook.peerNote(BORDER_GUARD, each.size()))
                        .isPresent());
        assertThat(police.ledgerbook.continuity(BORDER_GUARD + "/receipts/1", 0, Long.MAX_VALUE))
                .isNotEmpty();
    }

    @Test
    void aPeerThatMissedCheckpointsIsToldThemAllInTheirOrder() {
        for (String document : Documents.vehicles(7).subList(2, 7)) {
            velmark.drop(List.of(document));
            velmark.ledger.run();
            velmark.dispatch();
            velmark.post.clear(); // all of it is lost on the way
        }
        federation.clock.forward(Duration.ofMinutes(3));
        federation.settle();

        List<Long> own =
                velmark.ledgerbook.checkpoints(100).stream().map(HeldNote::size).toList();
        List<Long> held = police.ledgerbook.peerNotes(BORDER_GUARD, 100).stream()
                .map(HeldNote::size)
                .toList();
        long first = held.get(held.size() - 1);
        assertThat(held)
                .hasSizeGreaterThan(5)
                .isEqualTo(own.stream().filter(size -> size >= first).toList());
        assertThat(quarantine(police)).isEmpty();
    }

    @Test
    void aCosignatureByAnotherKeyIsNotKept() {
        String own = velmark.ledgerbook.newestCheckpoint().orElseThrow().note();
        long before =
                velmark.ledgerbook.cosignatures("QVL-BG/receipts/1", 0, 100).size();
        velmark.accept(letter(POLICE, BORDER_GUARD, ItemKind.COSIGNATURE, own.getBytes(StandardCharsets.UTF_8)));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.LEDGER_NOTE_UNREADABLE);
        assertThat(velmark.ledgerbook.cosignatures("QVL-BG/receipts/1", 0, 100)).hasSize((int) before);
    }

    // ---- challenges

    @Test
    void everyPeerIsChallengedAtTheStartAndAgainOnlyWhenIdle() {
        velmark.challenges.run();
        velmark.challenges.run();
        velmark.dispatch();
        assertThat(challenges(velmark)).isEqualTo(2);

        federation.settle();
        assertThat(velmark.ledgerbook.answers(POLICE, 10)).hasSize(1).allMatch(KeptAnswer::consistent);
        assertThat(velmark.ledgerbook.answers(BORDER_POLICE, 10)).hasSize(1);

        federation.clock.forward(Duration.ofMinutes(14));
        velmark.challenges.run();
        velmark.dispatch();
        assertThat(challenges(velmark)).isZero();

        federation.clock.forward(Duration.ofMinutes(2));
        velmark.challenges.run();
        federation.settle();
        assertThat(velmark.ledgerbook.answers(POLICE, 10)).hasSize(2).allMatch(KeptAnswer::consistent);
        assertThat(velmark.register.trafficStops()).isEmpty();
    }

    private static long challenges(Gateway gateway) {
        return gateway.post.stream()
                .flatMap(letter -> DispatchBundle.decode(letter.bundle()).orElseThrow().stream())
                .filter(item -> item.kind() == ItemKind.LEDGER_CHALLENGE)
                .count();
    }

    private LedgerChallenge challenge() {
        velmark.challenges.run();
        velmark.dispatch();
        LedgerChallenge challenge = velmark.post.stream()
                .filter(letter -> letter.to().equals(POLICE))
                .flatMap(letter -> DispatchBundle.decode(letter.bundle()).orElseThrow().stream())
                .filter(item -> item.kind() == ItemKind.LEDGER_CHALLENGE)
                .findFirst()
                .flatMap(item -> LedgerChallenge.parse(item.octets()))
                .orElseThrow();
        velmark.post.clear();
        return challenge;
    }

    private void answer(AnswerNote answer) {
        LedgerAnswer whole = new LedgerAnswer(ledgerKey(police).sign(answer.text()), 0, List.of(), Optional.empty());
        velmark.accept(letter(POLICE, BORDER_GUARD, ItemKind.LEDGER_ANSWER, whole.octets()));
    }

    @Test
    void aSmallerLedgerInTheAnswerToAFreshChallengeStopsTraffic() {
        LedgerChallenge challenge = challenge();
        Checkpoint old = Checkpoint.unverified(
                        police.ledgerbook.checkpoints(100).get(1).note())
                .orElseThrow();
        answer(new AnswerNote("QOS-POL/receipts/1", challenge.nonce(), old.size(), old.root()));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.LEDGER_SMALLER_ANSWER);
        assertThat(velmark.register.trafficStops())
                .extracting(TrafficStop::peer, TrafficStop::cause)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(POLICE, "LEDGER_SMALLER_ANSWER"));
        assertThat(velmark.ledgerbook.answers(POLICE, 1)).noneMatch(KeptAnswer::consistent);
        assertThat(velmark.witnessing.alarms().kept("peer-QOS-POL")).hasSize(2);
    }

    @Test
    void aSmallerLedgerInAnAnswerThatNobodyAskedForIsNoAlarm() {
        Checkpoint old = Checkpoint.unverified(
                        police.ledgerbook.checkpoints(100).get(1).note())
                .orElseThrow();
        answer(new AnswerNote("QOS-POL/receipts/1", "ab".repeat(32), old.size(), old.root()));

        assertThat(quarantine(velmark)).isEmpty();
        assertThat(velmark.register.trafficStops()).isEmpty();
    }

    @Test
    void anAnswerOfTheSameSizeWithAnotherRootStopsTraffic() {
        LedgerChallenge challenge = challenge();
        answer(new AnswerNote(
                "QOS-POL/receipts/1", challenge.nonce(), challenge.holds(), Digest.sha256(new byte[] {1})));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.LEDGER_INCONSISTENT);
        assertThat(velmark.register.trafficStops()).hasSize(1);
    }

    @Test
    void aLargerLedgerWithoutAProofInTheAnswerStopsTraffic() {
        LedgerChallenge challenge = challenge();
        answer(new AnswerNote(
                "QOS-POL/receipts/1", challenge.nonce(), challenge.holds() + 1, Digest.sha256(new byte[] {1})));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.LEDGER_INCONSISTENT);
    }

    @Test
    void aPeerThatAnswersNoChallengeIsAnAlarmOnceAndStopsNothing() {
        velmark.challenges.run();
        velmark.dispatch();
        velmark.post.clear();
        federation.clock.forward(Duration.ofMinutes(59));
        velmark.challenges.run();
        assertThat(quarantine(velmark)).isEmpty();

        federation.clock.forward(Duration.ofMinutes(2));
        velmark.challenges.run();
        velmark.challenges.run();
        assertThat(quarantine(velmark))
                .containsExactlyInAnyOrder(
                        FaultCode.LEDGER_CHALLENGE_UNANSWERED, FaultCode.LEDGER_CHALLENGE_UNANSWERED);
        assertThat(velmark.register.trafficStops()).isEmpty();
        assertThat(state().needsAPerson()).isTrue();

        federation.clock.forward(Duration.ofMinutes(16));
        velmark.challenges.run();
        federation.settle();
        assertThat(state().peers())
                .allSatisfy(peer -> assertThat(peer.silent()).isEmpty())
                .allSatisfy(peer -> assertThat(peer.answered()).isPresent());
        assertThat(state().needsAPerson()).isFalse();
    }

    @Test
    void theStateSaysWhoCosignedHowFarAndWithWhomTrafficIsStopped() {
        LedgerState before = state();
        velmark.witnessing.traffic().stop(POLICE, SUSPEND, Reason.of("SYNTHETIC"));
        LedgerState after = state();

        assertThat(before.needsAPerson()).isFalse();
        assertThat(before.witnessed()).isPositive().isLessThanOrEqualTo(before.size());
        assertThat(before.peers())
                .allSatisfy(peer -> assertThat(peer.cosigned()).isPresent());
        assertThat(before.witnesses().get(0).cosigned()).isEmpty();
        assertThat(after.needsAPerson()).isTrue();
        assertThat(after.unwitnessed()).isPositive();
        assertThat(after.tailSince()).isPresent();
        assertThat(after.peers().stream().filter(peer -> peer.stop().isPresent()))
                .extracting(LedgerState.OfPeer::peer)
                .containsExactly(POLICE);
    }

    private LedgerState state() {
        return LedgerState.read(velmark.ledgerbook, velmark.register, velmark.peers, List.of("witness.example/one"));
    }

    // ---- stopped traffic

    @Test
    void whileTrafficIsStoppedMessagesWaitAndGoOnWhenItIsResumed() {
        velmark.witnessing.traffic().stop(POLICE, SUSPEND, Reason.of("SYNTHETIC"));
        velmark.drop(one());
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(federation.desks.get(BORDER_POLICE).handedOver).hasSize(2);

        velmark.witnessing.traffic().resume(POLICE, RESUME, Optional.empty());
        federation.clock.forward(Duration.ofMinutes(2));
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(2);
        assertThat(events(police)).contains(EvidenceEvent.TRAFFIC_SUSPENDED, EvidenceEvent.TRAFFIC_RESUMED);
        assertThat(events(velmark)).contains(EvidenceEvent.TRAFFIC_SUSPENDED, EvidenceEvent.TRAFFIC_RESUMED);
        assertThat(quarantine(police)).isEmpty();
    }

    @Test
    void aMessageThatComesWhileTrafficIsStoppedIsRefusedWithASignedReason() {
        police.witnessing.traffic().stop(BORDER_GUARD, SUSPEND, Reason.of("SYNTHETIC"));
        velmark.drop(one());
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.REFUSED, 1L);
        assertThat(quarantine(police)).containsExactly(FaultCode.TRAFFIC_STOPPED);
    }

    @Test
    void aStopOutlivesARestartAndIsNotRepeated() {
        velmark.witnessing.traffic().stop(POLICE, SUSPEND, Reason.of("SYNTHETIC"));
        velmark = federation.start(BORDER_GUARD);

        assertThat(velmark.witnessing.gate().stopped(POLICE)).isPresent();
        assertThat(velmark.witnessing.traffic().stop(POLICE, SUSPEND, Reason.of("SYNTHETIC")))
                .isEqualTo(Traffic.Outcome.ALREADY);
        assertThat(velmark.witnessing.traffic().stop(new GatewayId("QRL-CU"), SUSPEND, Reason.of("SYNTHETIC")))
                .isEqualTo(Traffic.Outcome.UNKNOWN_PEER);
        assertThat(velmark.witnessing.traffic().resume(BORDER_POLICE, RESUME, Optional.empty()))
                .isEqualTo(Traffic.Outcome.ALREADY);
    }

    private static List<EvidenceEvent> events(Gateway gateway) {
        return gateway.register.receipts(100).stream().map(StoredReceipt::event).toList();
    }
}
