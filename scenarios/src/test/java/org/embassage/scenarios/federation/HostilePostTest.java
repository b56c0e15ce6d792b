package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerNote;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.StoredReceipt;
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

/** What a hostile line or a hostile peer can bring: nothing is handed over, everything is kept with a coded reason. */
class HostilePostTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private Gateway.Letter letterTo(GatewayId to) {
        return velmark.post.stream()
                .filter(letter -> letter.to().equals(to))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] only(Gateway.Letter letter, ItemKind kind) {
        return DispatchBundle.decode(letter.bundle()).orElseThrow().stream()
                .filter(item -> item.kind() == kind)
                .findFirst()
                .orElseThrow()
                .octets();
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

    private void nothingWasHandedOver() {
        while (police.handOver.run()) {
            // whatever waits
        }
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
    }

    @Test
    void aMessageWithOneFlippedBitIsUnopenableAndAnsweredByItsOuterDigestOnly() {
        byte[] sealed = only(letterTo(POLICE), ItemKind.MESSAGE);
        sealed[sealed.length / 2] ^= 4;
        police.accept(letter(BORDER_GUARD, POLICE, ItemKind.MESSAGE, sealed));

        assertThat(quarantine(police)).containsExactly(FaultCode.UNOPENABLE);
        StoredReceipt rejection = police.register.receipts(10).get(0);
        assertThat(rejection.event()).isEqualTo(EvidenceEvent.RELAY_REJECTION);
        assertThat(rejection.exchange()).isEmpty();
        nothingWasHandedOver();
    }

    @Test
    void theSameUnopenableBytesAreKeptAndAnsweredOnce() {
        byte[] sealed = only(letterTo(POLICE), ItemKind.MESSAGE);
        sealed[40] ^= 1;
        police.accept(letter(BORDER_GUARD, POLICE, ItemKind.MESSAGE, sealed));
        police.accept(letter(BORDER_GUARD, POLICE, ItemKind.MESSAGE, sealed));

        assertThat(quarantine(police)).hasSize(1);
        assertThat(police.register.receipts(10)).hasSize(1);
    }

    @Test
    void aDamagedCopyDoesNotHarmTheGoodOneThatComesLater() {
        byte[] sealed = only(letterTo(POLICE), ItemKind.MESSAGE);
        byte[] damaged = sealed.clone();
        damaged[damaged.length - 1] ^= 1;
        police.accept(letter(BORDER_GUARD, POLICE, ItemKind.MESSAGE, damaged));
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 2L);
        assertThat(quarantine(velmark)).containsExactly(FaultCode.RECEIPT_FOREIGN);
    }

    @Test
    void aMessageForAnotherGatewayCannotBeOpened() {
        byte[] sealed = only(letterTo(BORDER_POLICE), ItemKind.MESSAGE);
        police.accept(letter(BORDER_GUARD, POLICE, ItemKind.MESSAGE, sealed));

        assertThat(quarantine(police)).containsExactly(FaultCode.UNOPENABLE);
        nothingWasHandedOver();
    }

    @Test
    void aMessageBroughtByAnotherPeerThanItsSignerIsDisbelieved() {
        byte[] sealed = only(letterTo(POLICE), ItemKind.MESSAGE);
        police.accept(letter(BORDER_POLICE, POLICE, ItemKind.MESSAGE, sealed));

        assertThat(quarantine(police)).containsExactly(FaultCode.SENDER_MISMATCH);
        nothingWasHandedOver();
    }

    @Test
    void anUnknownSenderIsKeptAndNotAnswered() {
        police.accept(letter(new GatewayId("QRL-CU"), POLICE, ItemKind.MESSAGE, new byte[] {1}));

        assertThat(quarantine(police)).containsExactly(FaultCode.UNKNOWN_SENDER);
        assertThat(police.register.receipts(10)).isEmpty();
        assertThat(police.register.outboxCounts()).isEmpty();
    }

    @Test
    void aBundleThatIsNoneIsKept() {
        Gateway.Letter good = letterTo(POLICE);
        byte[] cut = Arrays.copyOf(good.bundle(), good.bundle().length - 1);
        police.accept(new Gateway.Letter(BORDER_GUARD, POLICE, Transport.SFTP, cut));

        assertThat(quarantine(police)).containsExactly(FaultCode.BUNDLE_MALFORMED);
    }

    @Test
    void goodItemsPassBesideBadOnes() {
        byte[] sealed = only(letterTo(POLICE), ItemKind.MESSAGE);
        police.accept(new Gateway.Letter(
                BORDER_GUARD,
                POLICE,
                Transport.JMS,
                DispatchBundle.encode(List.of(
                        new WireItem(ItemKind.MESSAGE, new byte[] {0x30, 0}),
                        new WireItem(ItemKind.RECEIPT, new byte[] {1}),
                        new WireItem(ItemKind.MESSAGE, sealed),
                        new WireItem(ItemKind.PROOF, new byte[] {2}),
                        new WireItem(ItemKind.LEDGER_NOTE, new byte[] {3}),
                        new WireItem(ItemKind.VOID, new byte[] {4})))));
        while (police.handOver.run()) {
            // whatever waits
        }

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(quarantine(police))
                .containsExactlyInAnyOrder(
                        FaultCode.UNOPENABLE,
                        FaultCode.RECEIPT_UNREADABLE,
                        FaultCode.LEDGER_NOTE_UNREADABLE,
                        FaultCode.LEDGER_NOTE_UNREADABLE,
                        FaultCode.LEDGER_NOTE_UNREADABLE);
    }

    @Test
    void aFloodOfUnopenableBytesIsAnsweredOnlySoOften() {
        for (int i = 0; i < 60; i++) {
            police.accept(letter(BORDER_GUARD, POLICE, ItemKind.MESSAGE, new byte[] {0x30, 1, (byte) i}));
        }

        assertThat(quarantine(police)).hasSize(60);
        assertThat(police.register.receipts(100)).hasSize(20);
    }

    /** Answers of the police to the one message, in one letter. */
    private Gateway.Letter answer() {
        police.accept(letterTo(POLICE));
        while (police.handOver.run()) {
            // whatever waits
        }
        police.dispatch();
        return police.post.get(0);
    }

    @Test
    void aReceiptChangedInOneByteIsQuarantinedAndNeverAnswered() {
        byte[] receipt = only(answer(), ItemKind.RECEIPT);
        for (int at : new int[] {50, receipt.length / 3, receipt.length / 2, receipt.length - 30}) {
            byte[] changed = receipt.clone();
            changed[at] ^= 1;
            velmark.accept(letter(POLICE, BORDER_GUARD, ItemKind.RECEIPT, changed));
        }

        assertThat(quarantine(velmark)).hasSize(4).containsOnly(FaultCode.RECEIPT_UNREADABLE);
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.SEALED, 2L);
        assertThat(velmark.register.outboxCounts()).noneMatch(waiting -> waiting.kind() == ItemKind.RECEIPT);
    }

    @Test
    void aReceiptBroughtByAnotherPeerThanItsIssuerIsForeign() {
        byte[] receipt = only(answer(), ItemKind.RECEIPT);
        velmark.accept(letter(BORDER_POLICE, BORDER_GUARD, ItemKind.RECEIPT, receipt));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.RECEIPT_FOREIGN);
    }

    @Test
    void ourOwnReceiptReflectedToUsIsForeign() {
        StoredReceipt own = velmark.register.receipts(1).get(0);
        velmark.accept(
                letter(POLICE, BORDER_GUARD, ItemKind.RECEIPT, own.container().octets()));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.RECEIPT_FOREIGN);
    }

    @Test
    void ourOwnMessageReflectedToUsIsNotHandedOver() {
        velmark.accept(letter(POLICE, BORDER_GUARD, ItemKind.MESSAGE, only(letterTo(POLICE), ItemKind.MESSAGE)));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.UNOPENABLE);
        assertThat(velmark.register.inboxCounts().values()).allMatch(count -> count == 0);
    }

    @Test
    void theSameReceiptAgainChangesNothing() {
        Gateway.Letter answer = answer();
        velmark.accept(answer);
        long size = velmark.ledgerbook.size();
        velmark.accept(answer);

        assertThat(velmark.ledgerbook.size()).isEqualTo(size);
        assertThat(quarantine(velmark)).isEmpty();
    }

    @Test
    void receiptsThatComeInTheWrongOrderComeToTheSameEnd() {
        List<WireItem> items =
                new ArrayList<>(DispatchBundle.decode(answer().bundle()).orElseThrow());
        Collections.reverse(items);
        items.removeIf(item -> item.kind() != ItemKind.RECEIPT);
        velmark.accept(new Gateway.Letter(POLICE, BORDER_GUARD, Transport.JMS, DispatchBundle.encode(items)));

        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 1L);
        assertThat(quarantine(velmark)).isEmpty();
    }

    @Test
    void aPeerThatShowsTwoLedgersOfOneSizeIsCaughtAndBothNotesAreKept() {
        federation.settle();
        HeldNote held = velmark.ledgerbook.newestPeerNote(POLICE).orElseThrow();
        Checkpoint real = Checkpoint.unverified(held.note()).orElseThrow();
        KeyEntry key = police.keys.current(KeyUse.LEDGER);
        String forked = new NoteSigner(
                        real.origin(), key.key(), key.certificate().getPublicKey())
                .sign(new Checkpoint(real.origin(), real.size(), Digest.sha256(new byte[] {1})).text());
        velmark.accept(
                letter(POLICE, BORDER_GUARD, ItemKind.LEDGER_NOTE, new LedgerNote(0, 0, List.of(), forked).octets()));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.LEDGER_INCONSISTENT);
        assertThat(velmark.ledgerbook.peerNotes(POLICE, 10))
                .anyMatch(note -> !note.consistent() && note.note().equals(forked))
                .anyMatch(note -> note.consistent() && note.note().equals(held.note()));
        assertThat(velmark.ledgerbook.newestPeerNote(POLICE))
                .map(HeldNote::note)
                .contains(held.note());
    }

    @Test
    void aLargerLedgerWithoutAWorkingProofIsCaught() {
        federation.settle();
        HeldNote held = velmark.ledgerbook.newestPeerNote(POLICE).orElseThrow();
        Checkpoint real = Checkpoint.unverified(held.note()).orElseThrow();
        KeyEntry key = police.keys.current(KeyUse.LEDGER);
        String rewritten = new NoteSigner(
                        real.origin(), key.key(), key.certificate().getPublicKey())
                .sign(new Checkpoint(real.origin(), real.size() + 1, Digest.sha256(new byte[] {1})).text());
        velmark.accept(letter(
                POLICE,
                BORDER_GUARD,
                ItemKind.LEDGER_NOTE,
                new LedgerNote(0, real.size(), List.of(real.root()), rewritten).octets()));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.LEDGER_INCONSISTENT);
    }

    @Test
    void aLateSmallerNoteIsNormal() {
        velmark.accept(answer());
        federation.settle();
        HeldNote oldest = police.ledgerbook
                .checkpoints(100)
                .get(police.ledgerbook.checkpoints(100).size() - 1);
        velmark.accept(letter(
                POLICE, BORDER_GUARD, ItemKind.LEDGER_NOTE, new LedgerNote(0, 0, List.of(), oldest.note()).octets()));

        assertThat(quarantine(velmark)).isEmpty();
    }

    @Test
    void aProofThatDoesNotComeWithinTheMergeDelayIsAnAlarmOnceAndOneThatComesIsNone() {
        velmark.accept(answer());
        velmark.promises.run();
        federation.clock.forward(Duration.ofSeconds(50));
        velmark.promises.run();
        assertThat(quarantine(velmark)).isEmpty();

        federation.clock.forward(Duration.ofSeconds(20));
        velmark.promises.run();
        velmark.promises.run();
        assertThat(quarantine(velmark)).hasSize(2).containsOnly(FaultCode.LEDGER_PROMISE_BROKEN);

        federation.settle();
        federation.clock.forward(Duration.ofSeconds(90));
        velmark.promises.run();
        assertThat(quarantine(velmark)).hasSize(2);
        assertThat(velmark.register.withoutProof(POLICE, 10)).isEmpty();
    }

    @Test
    void aNoteByAnotherKeyIsNobodysWord() {
        KeyEntry key = velmark.keys.current(KeyUse.LEDGER);
        String forged = new NoteSigner(
                        "QOS-POL/receipts/1", key.key(), key.certificate().getPublicKey())
                .sign(new Checkpoint("QOS-POL/receipts/1", 1, Digest.sha256()).text());
        velmark.accept(
                letter(POLICE, BORDER_GUARD, ItemKind.LEDGER_NOTE, new LedgerNote(0, 0, List.of(), forged).octets()));

        assertThat(quarantine(velmark)).containsExactly(FaultCode.LEDGER_NOTE_UNREADABLE);
        assertThat(Optional.of(velmark.ledgerbook.peerNotes(POLICE, 10))).contains(List.of());
    }
}
