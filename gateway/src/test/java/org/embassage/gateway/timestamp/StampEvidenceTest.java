package org.embassage.gateway.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.embassage.evidence.Digest;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.receipt.ReceiptReader.Reading;
import org.embassage.evidence.time.StampRequest;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stampbook.Anchor;
import org.embassage.exchange.journal.Stampbook.StatusKind;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.keep.StampPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts and checkpoints are stamped in the background, and leave the gateway with what proves their time. */
class StampEvidenceTest {

    @TempDir
    Path folder;

    @Test
    void everyReceiptAndTheNewestCheckpointGetATokenThatHolds() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            StoredReceipt first = gateway.receipt();
            StoredReceipt second = gateway.receipt();

            assertThat(gateway.stampFails()).isFalse();

            for (StoredReceipt receipt : List.of(first, second)) {
                byte[] token = gateway.store()
                        .stampbook()
                        .token(receipt.id())
                        .orElseThrow()
                        .token()
                        .octets();
                assertThat(TimeStamp.check(token, receipt.signature())).isInstanceOf(TimeStamp.Reading.Good.class);
            }
            Anchor anchor = gateway.store().stampbook().newestAnchor().orElseThrow();
            Digest note = StampRequest.ofNote(anchor.note()).digest();
            assertThat(TimeStamp.check(anchor.token().octets(), note)).isInstanceOf(TimeStamp.Reading.Good.class);
            assertThat(anchor.size()).isEqualTo(gateway.store().ledgerbook().size());
        }
    }

    @Test
    void checkpointsAloneAreStampedWhereThatIsAskedFor() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.ANCHORED)) {
            StoredReceipt receipt = gateway.receipt();
            assertThat(gateway.stampFails()).isFalse();

            assertThat(gateway.store().stampbook().token(receipt.id())).isEmpty();
            assertThat(new StampedEvidence(gateway.store().stampbook()).anchors(List.of(receipt)))
                    .singleElement()
                    .satisfies(anchor -> assertThat(anchor.size()).isGreaterThan(receipt.leafIndex()));
        }
    }

    @Test
    void anchorsAreMadeOnlyEverySoOftenHoweverManyCheckpointsThereAre() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.ANCHORED)) {
            gateway.receipt();
            gateway.stampFails();
            for (int i = 0; i < 5; i++) {
                gateway.receipt();
                gateway.clock.forward(Duration.ofMinutes(5));
                gateway.stampFails();
            }
            assertThat(gateway.store().stampbook().anchors(9)).hasSize(1);

            gateway.clock.forward(Duration.ofMinutes(36));
            gateway.stampFails();
            assertThat(gateway.store().stampbook().anchors(9)).hasSize(2);
        }
    }

    @Test
    void whatTheAuthorityGaveBeforeItFailedIsKeptAndTheRestComesLater() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            for (int i = 0; i < 5; i++) {
                gateway.receipt();
            }
            gateway.authorityFailsAfter(3); // the anchor and two receipts

            assertThat(gateway.stampFails()).isTrue();
            assertThat(gateway.store().stampbook().stamped()).isEqualTo(2);
            assertThat(gateway.store().stampbook().newestAnchor()).isPresent();

            gateway.authorityWorks();
            assertThat(gateway.stampFails()).isFalse();
            assertThat(gateway.store().stampbook().stamped()).isEqualTo(5);
        }
    }

    @Test
    void aStampedReceiptLeavesAsBLtAndIsStoredAsItWasSigned() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            StoredReceipt stored = gateway.receipt();
            gateway.keepStatuses();
            gateway.stampFails();

            StampedEvidence evidence = new StampedEvidence(gateway.store().stampbook());
            Reading.Read read = read(evidence.container(stored));

            assertThat(read.receipt().manifest()).isEqualTo(stored.manifest());
            assertThat(read.receipt().signature()).isEqualTo(stored.signature());
            assertThat(read.later().timeStamp().orElseThrow())
                    .isEqualTo(evidence.token(stored).orElseThrow().token());
            assertThat(read.later().certificates()).contains(gateway.country.authority(), gateway.stamping.authority());
            assertThat(issuers(read.later().revocationLists()))
                    .containsExactlyInAnyOrder(name(gateway.country.authority()), name(gateway.stamping.authority()));
            assertThat(gateway.store()
                            .register()
                            .receipt(stored.id())
                            .orElseThrow()
                            .container()
                            .octets())
                    .isEqualTo(stored.container().octets());
            assertThat(evidence.container(stored)).isEqualTo(evidence.container(stored));
        }
    }

    @Test
    void anArchiveTimeStampCoversTheWholeReceiptAndKeepsItsIdentity() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            StoredReceipt stored = gateway.receipt();
            gateway.keepStatuses();
            gateway.stampFails();

            byte[] archived = new StampedEvidence(gateway.store().stampbook()).archived(stored, gateway.authority());

            assertThat(read(archived).later().archives()).hasSize(1);
            assertThat(read(archived).receipt().signature()).isEqualTo(stored.signature());
        }
    }

    @Test
    void aReceiptWithoutATokenLeavesAsItIsStored() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            StoredReceipt stored = gateway.receipt();
            gateway.keepStatuses();

            StampedEvidence evidence = new StampedEvidence(gateway.store().stampbook());
            assertThat(evidence.container(stored)).isEqualTo(stored.container().octets());
            assertThat(evidence.withoutTime(List.of(stored))).isOne();
        }
    }

    @Test
    void aListThatWasIssuedAfterTheTokenIsKeptAndPreferred() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            StoredReceipt stored = gateway.receipt();
            gateway.keepStatuses();
            gateway.stampFails();
            X509CRL before = lists(gateway, stored).get(0);

            gateway.clock.forward(Duration.ofHours(3)); // lists of development are dated back by one
            gateway.lists();
            gateway.keepStatuses();
            gateway.clock.forward(Duration.ofDays(1));
            gateway.lists();
            gateway.keepStatuses();

            assertThat(gateway.store().stampbook().statuses(StatusKind.CRL)).hasSize(6);
            TimeStamp token = new StampedEvidence(gateway.store().stampbook())
                    .token(stored)
                    .orElseThrow();
            assertThat(before.getThisUpdate().toInstant()).isBefore(token.time());
            assertThat(lists(gateway, stored))
                    .hasSize(2)
                    .allSatisfy(list -> assertThat(list.getThisUpdate().toInstant())
                            .isAfter(token.time())
                            .isBefore(token.time().plus(Duration.ofHours(4))));
        }
    }

    @Test
    void switchingTimeStampsOffIsALeafOfTheLedgerAndRestartsAreNot() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            gateway.restart();
            assertThat(gateway.store().ledgerbook().leaves(0, 9))
                    .singleElement()
                    .asString()
                    .contains("TIME_STAMPING_SET\ngateway\neach\n");

            gateway.begin(StampPlan.none());
            assertThat(gateway.store().ledgerbook().leaves(1, 9))
                    .singleElement()
                    .asString()
                    .contains("TIME_STAMPING_SET\ngateway\nnone\n");
        }
    }

    private static List<X509CRL> lists(StampingGateway gateway, StoredReceipt stored) {
        return read(new StampedEvidence(gateway.store().stampbook()).container(stored))
                .later()
                .revocationLists();
    }

    private static List<String> issuers(List<X509CRL> lists) {
        return lists.stream()
                .map(list -> list.getIssuerX500Principal().getName())
                .toList();
    }

    private static String name(X509Certificate authority) {
        return authority.getSubjectX500Principal().getName();
    }

    private static Reading.Read read(byte[] container) {
        return ReceiptReader.read(container).fold(read -> read, unreadable -> {
            throw new AssertionError(unreadable.problem() + " " + unreadable.entry());
        });
    }
}
