package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.embassage.gateway.evidence.ExportLimits;
import org.embassage.gateway.evidence.Question;
import org.embassage.gateway.evidence.Question.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway exports for a period, a peer or an agreement is whole, and says so. */
class ExportTest {

    private static final Instant JUNE = Instant.parse("2031-06-01T00:00:00Z");
    private static final Instant JULY = Instant.parse("2031-07-01T00:00:00Z");

    @TempDir
    Path folder;

    private Federation federation;
    private Auditor auditor;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        auditor = new Auditor(federation, folder);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private static Question question(
            Side side, Optional<GatewayId> peer, Optional<Instant> from, Optional<Instant> to) {
        Question all = Question.all();
        return new Question(all.exchange(), side, peer, all.agreement(), all.kind(), all.state(), from, to);
    }

    /** Until the last answers are under checkpoints that both sides know and have cosigned. */
    private void settled() {
        federation.settle();
        federation.clock.forward(Duration.ofMinutes(1));
        federation.settle();
    }

    private void passes(Path bundle) {
        VerificationReport report = auditor.judge(bundle);
        assertThat(report.checks())
                .filteredOn(result -> !result.optional())
                .allSatisfy(result ->
                        assertThat(result.status()).as(result.sentence()).isIn(Status.PASS));
        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.PERIOD).status()).isEqualTo(Status.PASS);
    }

    @Test
    void allOfAPeriodPassesAtBothGatewaysAndWithoutOneReceiptTheMissingOneIsNamed() {
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(3));
        settled();
        Question june = question(Side.BOTH, Optional.empty(), Optional.of(JUNE), Optional.of(JULY));

        Path sender = auditor.export(BORDER_GUARD, june).get(0);
        Path recipient = auditor.export(POLICE, june).get(0);

        passes(sender);
        passes(recipient);
        EvidenceId left = federation
                .gateway(BORDER_GUARD)
                .register
                .receipts(ReceiptQuery.first(1).saying(EvidenceEvent.CONTENT_HANDOVER))
                .get(0)
                .id();
        VerificationReport report =
                auditor.judge(Auditor.without(sender, path -> path.contains(left.toString())), "optional exporter\n");
        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.of(Check.PERIOD).findings())
                .anySatisfy(finding -> assertThat(finding.sentence())
                        .contains("receipt " + left + " (ContentHandover)", "is missing"));
    }

    @Test
    void whatIsNoExchangeIsInTheBundleAndPasses() {
        federation.gateway(BORDER_GUARD).drop(Documents.drop(List.of("BAD")));
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(1));
        settled();

        Path all = auditor.export(BORDER_GUARD, Question.all()).get(0);

        passes(all);
        assertThat(auditor.judge(all).facts())
                .anySatisfy(fact -> assertThat(fact).contains("SubmissionRejection by QVL-BG"));
        assertThat(auditor.judge(auditor.export(BORDER_GUARD, Question.of(exchange()))
                                .get(0))
                        .facts())
                .noneSatisfy(fact -> assertThat(fact).contains("SubmissionRejection"));
    }

    @Test
    void aPeersPartIsWholeThoughTheOthersEntriesAreHiddenAndPartsPassOneByOne() {
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(3));
        settled();

        passes(auditor.export(
                        BORDER_GUARD,
                        question(Side.BOTH, Optional.of(BORDER_POLICE), Optional.empty(), Optional.empty()))
                .get(0));
        passes(auditor.export(POLICE, question(Side.RECEIVED, Optional.empty(), Optional.empty(), Optional.empty()))
                .get(0));
        List<Path> parts = auditor.export(BORDER_GUARD, Question.all(), new ExportLimits(2, 64L << 20, 100));
        assertThat(parts).hasSizeGreaterThan(1);
        parts.forEach(this::passes);
    }

    @Test
    void stopsOfTrafficAndTheirEndsAreInTheBundlesOfBothSides() {
        settled();
        String first = federation.agreementText();
        String second = next(first, first, 2)
                .replace(
                        "</Agreement>",
                        "  <Suspension state=\"SUSPENDED\" by=\"QOS\" since=\"2031-01-01T00:00:00Z\""
                                + " inFlight=\"HOLD\"/>\n</Agreement>");
        federation.agree(first, second);
        settled();
        federation.agree(first, second, next(first, second, 3));
        settled();

        for (GatewayId side : List.of(BORDER_GUARD, POLICE)) {
            Path all = auditor.export(side, Question.all()).get(0);
            passes(all);
            assertThat(auditor.judge(all).facts())
                    .anySatisfy(fact -> assertThat(fact).contains("TrafficSuspended by QVL-BG"))
                    .anySatisfy(fact -> assertThat(fact).contains("TrafficResumed by QOS-POL"));
        }
    }

    private static String next(String terms, String before, int version) {
        String previous = Digest.sha256(before.getBytes(StandardCharsets.UTF_8)).hex();
        return terms.replace(" version=\"1\">", " version=\"" + version + "\" previous=\"" + previous + "\">");
    }

    @Test
    void aMessageThatNobodyCouldOpenAndTheDecisionAboutItAreInTheRecipientsBundle() {
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(1));
        settled();
        Gateway police = federation.gateway(POLICE);
        police.accept(new Gateway.Letter(
                BORDER_GUARD,
                POLICE,
                Transport.JMS,
                DispatchBundle.encode(List.of(
                        new WireItem(ItemKind.MESSAGE, "SYNTHETIC no message".getBytes(StandardCharsets.UTF_8))))));
        police.orders.carryOut(new OrderSlip(
                police.ids.nextEvidenceId(),
                new Officer(OfficerRole.OFFICER, "p-00112233445566ff"),
                new Order.RejectQuarantined(police.register.quarantine(1).get(0).id(), OrderReason.NOT_NEEDED)));
        settled();

        Path all = auditor.export(POLICE, Question.all()).get(0);

        passes(all);
        assertThat(auditor.judge(all).facts())
                .anySatisfy(fact -> assertThat(fact).contains("RelayRejection by QOS-POL", "could not be opened"))
                .anySatisfy(fact -> assertThat(fact).contains("QuarantineDecision by QOS-POL"));
    }

    /** Three records are on their way; the second cannot be opened, and comes before the period that is asked for. */
    private String ofPeriodAfterASpoiltMessage(boolean itsAcceptanceComes) {
        Gateway velmark = federation.gateway(BORDER_GUARD);
        Gateway police = federation.gateway(POLICE);
        settled();
        velmark.drop(Documents.vehicles(3));
        velmark.dispatch();
        List<WireItem> items = velmark.post.stream()
                .filter(letter -> letter.to().equals(POLICE))
                .flatMap(letter -> DispatchBundle.decode(letter.bundle()).orElseThrow().stream())
                .toList();
        velmark.post.clear();
        List<WireItem> messages =
                items.stream().filter(item -> item.kind() == ItemKind.MESSAGE).toList();
        List<WireItem> acceptances =
                items.stream().filter(item -> item.kind() == ItemKind.RECEIPT).toList();
        byte[] spoilt = messages.get(1).octets();
        spoilt[spoilt.length / 2] ^= 4;
        bring(police, List.of(new WireItem(ItemKind.MESSAGE, spoilt)));
        if (itsAcceptanceComes) {
            bring(police, List.of(acceptances.get(1)));
        }
        federation.clock.forward(Duration.ofSeconds(30));
        Instant later = federation.clock.instant();
        federation.clock.forward(Duration.ofSeconds(30));
        bring(police, List.of(messages.get(0), acceptances.get(0), messages.get(2), acceptances.get(2)));
        while (police.handOver.run()) {
            // until nothing waits
        }
        police.ledger.run();
        Path period = auditor.export(
                        POLICE, question(Side.BOTH, Optional.empty(), Optional.of(later), Optional.empty()))
                .get(0);
        return new String(
                EvidenceBundle.read(Auditor.bytes(period)).orElseThrow().files().get("completeness.txt"),
                StandardCharsets.UTF_8);
    }

    private static void bring(Gateway police, List<WireItem> items) {
        police.accept(new Gateway.Letter(BORDER_GUARD, POLICE, Transport.JMS, DispatchBundle.encode(items)));
    }

    @Test
    void theNumberOfAMessageThatCouldNotBeOpenedIsKnownByItsAcceptanceAndIsNoHole() {
        String statement = ofPeriodAfterASpoiltMessage(true);

        assertThat(statement).contains("pair QVL-BG QOS-POL 1 3\n", "elsewhere QVL-BG QOS-POL 2 2\n");
        assertThat(statement).doesNotContain("hole");
    }

    @Test
    void theNumberOfAMessageOfWhichNothingElseCameIsAHole() {
        String statement = ofPeriodAfterASpoiltMessage(false);

        assertThat(statement).contains("pair QVL-BG QOS-POL 1 3\n", "hole QVL-BG QOS-POL 2 2\n");
        assertThat(statement).doesNotContain("elsewhere");
    }

    @Test
    void aFileSaysWhatWasAskedAndNothingIsStatedOfOneExchange() {
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(1));
        settled();

        Path one = auditor.export(BORDER_GUARD, Question.of(exchange())).get(0);

        EvidenceBundle bundle = EvidenceBundle.read(Auditor.bytes(one)).orElseThrow();
        assertThat(bundle.index().map(BundleIndex::asked)).contains("exchange " + exchange());
        assertThat(bundle.files()).doesNotContainKey("completeness.txt");
        assertThat(auditor.judge(one).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    private ExchangeId exchange() {
        return federation
                .gateway(BORDER_GUARD)
                .register
                .exchanges(Optional.empty(), Optional.empty(), 1)
                .get(0)
                .exchange();
    }
}
