package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.embassage.gateway.evidence.ExportLimits;
import org.embassage.gateway.evidence.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway is put back from a backup that is older than what its peers hold, and goes on. */
class RestoreTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Path backup;
    private int made;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        backup = folder.resolve("backup.db");
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private Gateway velmark() {
        return federation.gateway(BORDER_GUARD);
    }

    private Gateway police() {
        return federation.gateway(POLICE);
    }

    /** A record that was not dropped before. */
    private List<String> one() {
        made++;
        return Documents.vehicles(made).subList(made - 1, made);
    }

    private void settled() {
        federation.settle();
        federation.clock.forward(Duration.ofMinutes(1));
        federation.settle();
    }

    private void backUp() {
        velmark().store.copyTo(backup, UUID.randomUUID().toString(), federation.clock.instant());
    }

    /** The machine is lost with everything on it, and the backup is put in its place. */
    private void lose() throws IOException {
        velmark().close();
        Path home = folder.resolve(BORDER_GUARD.value());
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("embassage.db"))
                    .toList()) {
                Files.delete(file);
            }
        }
        Files.copy(backup, home.resolve("embassage.db"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Peers answer what the standing gateway asks; everything else stays on its way to it. */
    private List<Gateway.Letter> asked(Standing standing, GatewayId... peers) {
        standing.asking.run();
        List<Gateway.Letter> questions = List.copyOf(standing.post);
        standing.post.clear();
        List<Gateway.Letter> left = new java.util.ArrayList<>();
        for (GatewayId peer : peers) {
            Gateway gateway = federation.gateway(peer);
            questions.stream().filter(letter -> letter.to().equals(peer)).forEach(gateway::accept);
            gateway.dispatch();
            List<Gateway.Letter> letters = List.copyOf(gateway.post);
            gateway.post.clear();
            for (Gateway.Letter letter : letters) {
                if (!letter.to().equals(standing.id)) {
                    continue;
                }
                try {
                    standing.asking.accept(
                            new org.embassage.exchange.port.Arrival(letter.from(), letter.via(), letter.bundle()));
                } catch (Broken stands) {
                    assertThat(stands.fault()).isEqualTo(FaultCode.LEDGER_RESTORED);
                    left.add(letter);
                }
            }
        }
        return left;
    }

    /** Puts the backup back, reconciles with all peers, and starts again. */
    private void restore() throws IOException {
        lose();
        List<Gateway.Letter> left;
        try (Standing standing = federation.stand(BORDER_GUARD)) {
            left = asked(standing, POLICE, BORDER_POLICE);
            assertThat(standing.reconcile().refused()).isEmpty();
        }
        federation.gateways.remove(BORDER_GUARD);
        federation.start(BORDER_GUARD);
        left.forEach(velmark()::accept);
    }

    private void passes(GatewayId at) {
        Auditor auditor = new Auditor(federation, folder);
        for (Path part : auditor.export(at, Question.all(), ExportLimits.USUAL)) {
            VerificationReport report = auditor.judge(part);
            assertThat(report.checks())
                    .filteredOn(result -> !result.optional())
                    .allSatisfy(result -> assertThat(result.status())
                            .as(at + " " + part.getFileName() + " " + result.check() + " " + result.findings())
                            .isEqualTo(Status.PASS));
            assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        }
    }

    /** Nobody believes a later epoch without the statement of how it began, and a changed statement is a failure. */
    private void needsTheStatement() throws IOException {
        Auditor auditor = new Auditor(federation, Files.createDirectories(folder.resolve("again")));
        List<Path> parts = auditor.export(BORDER_GUARD, Question.all(), ExportLimits.USUAL);
        assertThat(parts).hasSize(2);
        Path second = parts.get(1);

        VerificationReport without =
                auditor.judge(Auditor.without(second, path -> path.startsWith("epochs/QVL-BG")), "optional exporter\n");

        assertThat(without.verdict()).as(without.sentence()).isEqualTo(Verdict.INDETERMINATE);
    }

    private static List<FaultCode> open(Gateway gateway) {
        return gateway.register.quarantine(100).stream()
                .filter(item -> item.decision().isEmpty())
                .map(QuarantineView::fault)
                .map(fault -> fault.code())
                .toList();
    }

    @Test
    void aCopyKnowsThatItIsOneAndTheStoreItWasMadeOfDoesNot() throws IOException {
        velmark().drop(one());
        settled();
        backUp();

        assertThat(velmark().store.restorebook().copied()).isEmpty();
        lose();
        try (Standing standing = federation.stand(BORDER_GUARD)) {
            assertThat(standing.store.restorebook().copied()).isPresent();
        }
        federation.gateways.remove(BORDER_GUARD);
    }

    @Test
    void aRestoredGatewayNeitherSendsNorReceivesUntilItIsReconciled() throws IOException {
        velmark().drop(one());
        settled();
        backUp();
        velmark().drop(one());
        settled();
        police().drop(one());
        police().work();
        lose();
        try (Standing standing = federation.stand(BORDER_GUARD)) {
            long leaves = standing.store.ledgerbook().size();

            List<Gateway.Letter> left = asked(standing, POLICE);

            assertThat(standing.asking.silent()).containsExactly(BORDER_POLICE);
            assertThat(standing.store.ledgerbook().size()).isEqualTo(leaves);
            assertThat(left).isNotEmpty();
            OrderAnswer early = standing.reconcile();
            assertThat(early.refused()).contains(FaultCode.RESTORE_PEERS_SILENT);
            assertThat(standing.store.ledgerbook().epochs()).hasSize(1);

            OrderAnswer without = standing.reconcile(BORDER_POLICE);
            assertThat(without.refused()).isEmpty();
            assertThat(standing.store.ledgerbook().epochs()).hasSize(2);
            assertThat(standing.store.restorebook().copied()).isEmpty();
        }
        federation.gateways.remove(BORDER_GUARD);
    }

    @Test
    void whatWasLostComesBackFromThePeersAndNothingIsSentOrHandedOverTwice() throws IOException {
        velmark().drop(one());
        police().drop(one());
        settled();
        backUp();
        velmark().drop(one());
        police().drop(one());
        settled();
        long before = velmark()
                .register
                .exchanges(Optional.empty(), Optional.empty(), 100)
                .size();
        List<String> atPolice = List.copyOf(police().desk.handedOver);
        List<String> atVelmark = List.copyOf(velmark().desk.handedOver);

        restore();
        settled();

        assertThat(velmark().register.trafficStops()).isEmpty();
        List<ExchangeView> known = velmark().register.exchanges(Optional.empty(), Optional.empty(), 100);
        assertThat(known).hasSize((int) before).allMatch(view -> view.state() == ExchangeState.HANDED_OVER);
        velmark().drop(one());
        police().drop(one());
        settled();
        assertThat(velmark().register.exchanges(Optional.of(ExchangeState.HANDED_OVER), Optional.empty(), 100))
                .hasSize((int) before + 2);
        assertThat(police().desk.handedOver).hasSize(atPolice.size() + 1).doesNotHaveDuplicates();
        assertThat(velmark().desk.handedOver).hasSize(atVelmark.size() + 1).doesNotHaveDuplicates();
        assertThat(open(velmark())).isEmpty();
        assertThat(open(police())).isEmpty();
        assertThat(velmark().register.exchanges(Optional.empty(), Optional.empty(), 100))
                .extracting(view -> view.recipient() + " " + view.sequence())
                .doesNotHaveDuplicates();
        passes(BORDER_GUARD);
        passes(POLICE);
        passes(BORDER_POLICE);
        needsTheStatement();
    }

    @Test
    void aPeerRefusesAnEpochThatDoesNotBindWhatItHoldsAndMessagesStayStopped() throws IOException {
        velmark().drop(one());
        settled();
        backUp();
        velmark().drop(one());
        for (int round = 0; round < 3; round++) { // the border police hear nothing of it
            velmark().work();
            velmark().post.removeIf(letter -> letter.to().equals(BORDER_POLICE));
            federation.deliver();
            police().work();
            federation.deliver();
        }
        lose();
        try (Standing standing = federation.stand(BORDER_GUARD)) {
            asked(standing, BORDER_POLICE);
            assertThat(standing.reconcile(POLICE).refused()).isEmpty();
        }
        federation.gateways.remove(BORDER_GUARD);
        federation.start(BORDER_GUARD);
        settled();

        assertThat(police().register.trafficStops())
                .extracting(TrafficStop::cause)
                .containsExactly("LEDGER_EPOCH_REFUSED");
        assertThat(open(police())).contains(FaultCode.LEDGER_EPOCH_REFUSED);
        assertThat(police().store.restorebook().peerEpochs()).isEmpty();
        assertThat(velmark().register.trafficStops())
                .extracting(stop -> stop.peer() + " " + stop.cause())
                .containsExactly("QOS-POL " + TrafficStop.RECOVERING);
        assertThat(federation.gateway(BORDER_POLICE).store.restorebook().peerEpochs())
                .hasSize(1);
    }

    @Test
    void aMessageThatWasAcceptedAndLostWaitsForAPerson() throws IOException {
        velmark().drop(one());
        settled();
        backUp();
        federation.unrenderable(BORDER_GUARD); // held there, so that it is accepted and not handed over
        police().drop(one());
        settled();
        ExchangeId exchange = police().register
                .exchanges(Optional.empty(), Optional.empty(), 10)
                .get(0)
                .exchange();
        velmark().desk.unrenderable = false;

        restore();
        settled();
        federation.clock.forward(Duration.ofHours(1));
        settled();

        assertThat(velmark()
                        .register
                        .inbox(POLICE, exchange)
                        .orElseThrow()
                        .accepted()
                        .orElseThrow()
                        .state())
                .isEqualTo(InboxState.HELD);
        assertThat(open(velmark())).containsExactly(FaultCode.RESTORE_UNCERTAIN);
        assertThat(velmark().desk.handedOver).isEmpty();
        assertThat(velmark().register.receipts(exchange).stream()
                        .filter(receipt -> receipt.issued())
                        .map(receipt -> receipt.event())
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void aStatementThatSomebodyElseSignedIsNoBeginning() {
        velmark().drop(one());
        settled();
        byte[] forged =
                "embassage-epoch/v1\norigin QVL-BG/receipts/2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8);

        police().accept(new Gateway.Letter(
                BORDER_GUARD,
                POLICE,
                org.embassage.exchange.port.Carrier.Transport.JMS,
                DispatchBundle.encode(List.of(new WireItem(ItemKind.EPOCH, forged)))));

        assertThat(open(police())).containsExactly(FaultCode.LEDGER_NOTE_UNREADABLE);
        assertThat(police().store.restorebook().peerEpochs()).isEmpty();
        assertThatThrownBy(() -> EpochBeginning.after("QVL-BG/receipts/x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
