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
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.TlogProof;
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
        velmark.ledger.run();
        MerkleTree tree = new MerkleTree();
        velmark.ledgerbook.leafHashes(0, 100_000).forEach(tree::append);
        BundleWriter writer = new BundleWriter(BORDER_GUARD, federation.clock.instant(), "exchange " + exchange);
        for (StoredReceipt receipt : velmark.register.receipts(exchange)) {
            writer.receipt(receipt.container().octets(), receipt.issued() ? ownProof(receipt, tree) : receipt.proof());
        }
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
        velmark.ledgerbook.checkpoints(3).forEach(note -> writer.note(BORDER_GUARD, note.note()));
        velmark.ledgerbook.peerNotes(POLICE, 3).forEach(note -> writer.note(BORDER_GUARD, note.note()));
        return writer.continuity(BORDER_GUARD + "/receipts/1", tree).write(Optional.empty());
    }

    private Optional<String> ownProof(StoredReceipt receipt, MerkleTree tree) {
        HeldNote newest = velmark.ledgerbook.newestCheckpoint().orElseThrow();
        return Optional.of(new TlogProof(
                        receipt.leafIndex(), tree.inclusionProof(receipt.leafIndex(), newest.size()), newest.note())
                .text());
    }
}
