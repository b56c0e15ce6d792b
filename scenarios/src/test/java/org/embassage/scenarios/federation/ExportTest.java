package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.journal.ReceiptQuery;
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

    private org.embassage.evidence.ExchangeId exchange() {
        return federation
                .gateway(BORDER_GUARD)
                .register
                .exchanges(Optional.empty(), Optional.empty(), 1)
                .get(0)
                .exchange();
    }
}
