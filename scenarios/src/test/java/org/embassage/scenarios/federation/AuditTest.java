package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor judges what real gateways left. */
class AuditTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void everyExchangeThatCrossedPassesWithAllReceiptsOfBothSides() {
        velmark.drop(Documents.vehicles(3));
        federation.settle();

        for (ExchangeView view : velmark.register.exchanges(Optional.empty(), Optional.of(POLICE), 10)) {
            VerificationReport report = verify(bundle(view.exchange()));

            assertThat(report.checks())
                    .filteredOn(result -> !result.optional())
                    .allSatisfy(result ->
                            assertThat(result.status()).as(result.sentence()).isEqualTo(Status.PASS));
            assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
            assertThat(report.facts()).hasSize(3);
        }
    }

    @Test
    void anExchangeWhoseContentBothSidesErasedPassesAsBefore() {
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        federation.settle();
        federation.clock.forward(java.time.Duration.ofDays(2));
        for (Gateway gateway : federation.gateways.values()) {
            while (gateway.erase.run()) {
                // until nothing more is due
            }
            gateway.epochs.now();
            while (gateway.epochs.run()) {
                // until the old key is destroyed
            }
        }
        federation.settle();
        federation.settle();
        ExchangeId exchange = velmark.register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .exchange();

        VerificationReport report = verify(bundle(exchange));

        assertThat(report.checks())
                .filteredOn(result -> !result.optional())
                .allSatisfy(result ->
                        assertThat(result.status()).as(result.sentence()).isEqualTo(Status.PASS));
        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.facts()).hasSize(5);
    }

    @Test
    void anExchangeWhoseAnswersAreStillToComeIsIncomplete() {
        velmark.drop(Documents.vehicles(1));
        ExchangeId exchange = velmark.register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .exchange();

        VerificationReport report = verify(bundle(exchange));

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.COMPLETE).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void theRecipientAloneProvesWhatItReceivedAndNotWithoutWhatTheSenderSaidOfIt() {
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        federation.settle();
        ExchangeId exchange = velmark.register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .exchange();
        Gateway police = federation.gateway(POLICE);

        VerificationReport whole = verify(bundle(police, BORDER_GUARD, exchange, receipt -> true));
        VerificationReport without = verify(bundle(
                police, BORDER_GUARD, exchange, receipt -> receipt.event() != EvidenceEvent.SUBMISSION_ACCEPTANCE));

        assertThat(whole.verdict()).as(whole.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(whole.facts()).hasSize(3);
        assertThat(without.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(without.checks())
                .filteredOn(result -> !result.optional() && result.status() != Status.PASS)
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.check()).isEqualTo(Check.COMPLETE);
                    assertThat(result.check().number()).isEqualTo(17);
                    assertThat(result.sentence()).contains("no SubmissionAcceptance");
                });
    }

    private VerificationReport verify(byte[] bundle) {
        TrustAnchors anchors = new TrustAnchors(
                federation.countries.entrySet().stream()
                        .map(country ->
                                new TrustAnchors.Anchor(country.getValue().authority(), Optional.of(country.getKey())))
                        .toList(),
                List.of(),
                List.of());
        VerifyPolicy policy = VerifyPolicy.parse(VerifyPolicy.BASELINE + "optional exporter\n")
                .orElseThrow();
        return EvidenceVerifier.verify(bundle, anchors, policy, federation.clock.instant());
    }

    private byte[] bundle(ExchangeId exchange) {
        return bundle(velmark, POLICE, exchange, receipt -> true);
    }

    private byte[] bundle(Gateway exporter, GatewayId peer, ExchangeId exchange, Predicate<StoredReceipt> taken) {
        exporter.ledger.run();
        MerkleTree tree = new MerkleTree();
        exporter.ledgerbook.leafHashes(0, 100_000).forEach(tree::append);
        BundleWriter writer = new BundleWriter(exporter.id, federation.clock.instant(), "exchange " + exchange);
        exporter.register.receipts(exchange).stream()
                .filter(taken)
                .forEach(receipt -> writer.receipt(
                        receipt.container().octets(),
                        receipt.issued() ? ownProof(exporter, receipt, tree) : receipt.proof()));
        for (GatewayId id : List.of(BORDER_GUARD, POLICE)) {
            byte[] card = Federation.cardText(id, federation.keys.get(id), 1).getBytes(StandardCharsets.UTF_8);
            writer.card(id, 1, card, federation.countries.get(id.country()).signDetached(card));
        }
        byte[] agreement = federation.agreementText().getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> signatures = new HashMap<>();
        federation.countries.forEach((country, pki) -> {
            signatures.put(country, pki.signDetached(agreement));
            writer.certificate(pki.authority()).crl(pki.crl());
        });
        writer.agreement("QVL-QOS-2031-01", 1, agreement, signatures);
        exporter.ledgerbook.checkpoints(3).forEach(note -> writer.note(exporter.id, note.note()));
        exporter.ledgerbook.peerNotes(peer, 3).forEach(note -> writer.note(exporter.id, note.note()));
        return writer.continuity(exporter.id + "/receipts/1", tree).write(Optional.empty());
    }

    private static Optional<String> ownProof(Gateway exporter, StoredReceipt receipt, MerkleTree tree) {
        HeldNote newest = exporter.ledgerbook.newestCheckpoint().orElseThrow();
        return Optional.of(new TlogProof(
                        receipt.leafIndex(), tree.inclusionProof(receipt.leafIndex(), newest.size()), newest.note())
                .text());
    }
}
