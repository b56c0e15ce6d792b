package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.Finding;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.gateway.evidence.Question;
import org.embassage.store.development.LedgerRewriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both sides export what they have, somebody lays the two files together, and no gateway is asked any more. An administrator
 * with all keys and all of the database rewrote the ledger, or showed two peers two histories: the files name him. What two
 * files cannot show is stated too.
 */
class BothBooksTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Auditor auditor;

    @BeforeEach
    void exchange() {
        federation = new Federation(folder);
        auditor = new Auditor(federation, folder);
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(2));
        settled();
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private void settled() {
        federation.settle();
        federation.clock.forward(Duration.ofMinutes(1));
        federation.settle();
    }

    /** The newest exchange of Velmark with a peer. */
    private ExchangeId newest(GatewayId peer) {
        return federation
                .gateway(BORDER_GUARD)
                .register
                .exchanges(Optional.empty(), Optional.of(peer), 1)
                .get(0)
                .exchange();
    }

    /** The newest exchange that a peer got. */
    private ExchangeId received(GatewayId peer) {
        return federation
                .gateway(peer)
                .register
                .inboxes(Optional.empty(), 1)
                .get(0)
                .exchange();
    }

    private Path export(GatewayId side, ExchangeId exchange) {
        return auditor.export(side, Question.of(exchange)).get(0);
    }

    private DisputeReport dispute(Path one, Path other, Optional<ExchangeId> exchange) {
        return dispute(Auditor.bytes(one), Auditor.bytes(other), exchange);
    }

    private DisputeReport dispute(byte[] one, byte[] other, Optional<ExchangeId> exchange) {
        byte[] file = DisputeBundle.of(one, other, exchange, federation.clock.instant())
                .fold(made -> made.content(), refused -> {
                    throw new AssertionError(refused.problem());
                });
        return auditor.dispute(file);
    }

    private void rewrite(UnaryOperator<String> change) {
        Gateway velmark = federation.gateway(BORDER_GUARD);
        KeyEntry key = velmark.keys.current(KeyUse.LEDGER);
        NoteSigner real =
                new NoteSigner("QVL-BG/receipts/1", key.key(), key.certificate().getPublicKey());
        velmark.close();
        LedgerRewriter.rewrite(velmark.home.resolve("embassage.db"), real, change);
        federation.start(BORDER_GUARD);
    }

    /** Another digest in the leaf of a receipt. */
    private static String changed(String leaf) {
        return leaf.substring(0, leaf.length() - 2) + (leaf.endsWith("0\n") ? "1\n" : "0\n");
    }

    private static UnaryOperator<String> whereItNames(Object id) {
        return leaf -> leaf.contains(id.toString()) ? changed(leaf) : leaf;
    }

    @Test
    void twoHonestSidesHoldTheSameAndThePairPasses() {
        ExchangeId exchange = newest(POLICE);
        DisputeReport report = dispute(export(BORDER_GUARD, exchange), export(POLICE, exchange), Optional.of(exchange));

        assertThat(report.report().verdict()).as(report.report().sentence()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void aLedgerThatWasRewrittenWhereTheOtherSideDoesNotLookIsExposedByTheTwoFilesAndItsOwnerIsNamed() {
        ExchangeId disputed = newest(POLICE);
        Path theirs = export(POLICE, disputed);
        rewrite(whereItNames(receiptOf(newest(BORDER_POLICE))));

        Path ours = export(BORDER_GUARD, disputed);
        DisputeReport report = dispute(ours, theirs, Optional.of(disputed));
        assertThat(report.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.report().sentence()).contains("ledger QVL-BG/receipts/1 shows two histories");

        DisputeReport cleaned =
                dispute(Auditor.without(ours, BothBooksTest::olderOwn), Auditor.bytes(theirs), Optional.of(disputed));
        assertThat(cleaned.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(accusing(cleaned))
                .isNotEmpty()
                .allSatisfy(sentence ->
                        assertThat(sentence).contains("the ledger QVL-BG/receipts/1 was rewritten between size"));
    }

    /** Whoever rewrote his books leaves out what shows it by itself: his own notes of the sizes that the other side knows. */
    private static boolean olderOwn(String path) {
        return path.startsWith("notes/QVL-BG/QVL-BG.7.");
    }

    private static List<String> accusing(DisputeReport report) {
        return report.report().of(Check.LEDGERS).findings().stream()
                .filter(finding -> finding.status() == Status.FAIL)
                .map(Finding::sentence)
                .toList();
    }

    @Test
    void theSameAdministratorWhoChangesNothingIsNotAccused() {
        ExchangeId disputed = newest(POLICE);
        Path theirs = export(POLICE, disputed);
        rewrite(leaf -> leaf);
        settled();

        DisputeReport report = dispute(export(BORDER_GUARD, disputed), theirs, Optional.of(disputed));

        assertThat(report.report().verdict()).as(report.report().sentence()).isNotEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.report().of(Check.LEDGERS).status()).isEqualTo(Status.PASS);
    }

    /** Decision 0032, and what witnesses are for: only what somebody else was shown cannot be changed any more. */
    @Test
    void whatWasRewrittenBeforeAnybodySawItIsNotExposedByTwoFiles() {
        ExchangeId disputed = newest(POLICE);
        Gateway velmark = federation.gateway(BORDER_GUARD);
        velmark.drop(Documents.drop(List.of("BAD"))); // a refusal that no peer is told of
        Object unseen = velmark.register.receipts(1).get(0).id();
        velmark.ledger.run();
        Path theirs = export(POLICE, disputed);
        rewrite(whereItNames(unseen));

        DisputeReport report = dispute(export(BORDER_GUARD, disputed), theirs, Optional.of(disputed));

        assertThat(report.report().of(Check.LEDGERS).status()).isEqualTo(Status.PASS);
        assertThat(report.report().verdict()).as(report.report().sentence()).isNotEqualTo(Verdict.TOTAL_FAILED);
    }

    private Object receiptOf(ExchangeId exchange) {
        return federation
                .gateway(BORDER_GUARD)
                .register
                .receipts(exchange)
                .get(0)
                .id();
    }

    @Test
    void aSideNeedNotHoldReceiptsOfWhatItHasNoPartIn() {
        DisputeReport report =
                dispute(export(POLICE, newest(POLICE)), export(BORDER_POLICE, newest(BORDER_POLICE)), Optional.empty());

        assertThat(report.receipts())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.expected()).isFalse());
        assertThat(report.report().of(Check.SIDES).status()).isEqualTo(Status.PASS);
        assertThat(report.report().verdict()).as(report.report().sentence()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void aSideThatHasAPartAndLacksThemLeavesAQuestion() {
        DisputeReport report =
                dispute(export(BORDER_GUARD, newest(BORDER_POLICE)), export(POLICE, newest(POLICE)), Optional.empty());

        assertThat(report.receipts()).extracting(DisputeReport.Line::expected).contains(true, false);
        assertThat(report.report().of(Check.SIDES).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.report().verdict()).isEqualTo(Verdict.INDETERMINATE);
    }

    // ---- two histories to two peers

    /** Velmark runs twice and tells each peer another history. */
    private void tellTwoHistories() throws IOException {
        try (Gateway twin = federation.fork(BORDER_GUARD, folder.resolve("twin"))) {
            Gateway velmark = federation.gateway(BORDER_GUARD);
            List<String> documents = Documents.vehicles(4);
            velmark.drop(documents.subList(2, 3));
            Federation.converse(velmark, federation.gateway(POLICE));
            twin.drop(documents.subList(3, 4));
            Federation.converse(twin, federation.gateway(BORDER_POLICE));
            federation.clock.forward(Duration.ofMinutes(1));
            Federation.converse(velmark, federation.gateway(POLICE));
            Federation.converse(twin, federation.gateway(BORDER_POLICE));
        }
    }

    @Test
    void twoHistoriesThatTwoPeersWereToldAreExposedWhenTheirFilesAreLaidTogether() throws IOException {
        tellTwoHistories();
        Path one = export(POLICE, received(POLICE));
        Path other = export(BORDER_POLICE, received(BORDER_POLICE));
        assertThat(List.of(one, other))
                .extracting(auditor::judge)
                .extracting(VerificationReport::verdict)
                .doesNotContain(Verdict.TOTAL_FAILED);

        DisputeReport report = dispute(one, other, Optional.empty());

        assertThat(report.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.report().sentence()).contains("QVL-BG/receipts/1", "two histories");
        assertThat(accusing(report))
                .isNotEmpty()
                .allSatisfy(sentence -> assertThat(sentence).contains("QVL-BG"));
    }

    @Test
    void ofOneHistoryNothingIsSaidAgainstAnybody() {
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(4).subList(2, 4));
        settled();

        DisputeReport report = dispute(
                export(POLICE, received(POLICE)), export(BORDER_POLICE, received(BORDER_POLICE)), Optional.empty());

        assertThat(report.report().of(Check.LEDGERS).status()).isEqualTo(Status.PASS);
        assertThat(report.report().verdict()).as(report.report().sentence()).isNotEqualTo(Verdict.TOTAL_FAILED);
    }

    /** A file speaks of the ledger as far as its receipts reach. */
    @Test
    void filesAboutWhatWasBeforeTheForkDoNotShowIt() throws IOException {
        ExchangeId police = newest(POLICE);
        ExchangeId borderPolice = newest(BORDER_POLICE);
        tellTwoHistories();

        DisputeReport report = dispute(export(POLICE, police), export(BORDER_POLICE, borderPolice), Optional.empty());

        assertThat(report.report().of(Check.LEDGERS).status()).isEqualTo(Status.PASS);
        assertThat(report.report().verdict()).as(report.report().sentence()).isNotEqualTo(Verdict.TOTAL_FAILED);
    }
}
