package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.OSTRANA_BORDER;
import static org.embassage.store.Samples.VELMARK;
import static org.embassage.store.Samples.dropId;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.inboxPut;
import static org.embassage.store.Samples.issued;
import static org.embassage.store.Samples.leaf;
import static org.embassage.store.Samples.receipt;
import static org.embassage.store.Samples.received;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.EnteredQuery;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.Entered;
import org.embassage.exchange.journal.Register.KnownReceipt;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.junit.jupiter.api.Test;

/** What every {@link Register} promises of receipts, and of what the ledger's entries are about. */
interface ReceiptRegisterContract extends StoreUnderTest {

    private Register register() {
        return store().register();
    }

    // ---- receipts by what is asked

    @Test
    default void receiptsAreFoundByPeriodAgreementPeerDropAndEvent() {
        DropId drop = dropId();
        Receipt rejected = Samples.rejection(drop, NOON);
        Receipt before = Samples.rejection(dropId(), NOON.minusMillis(1));
        Receipt relayed = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(new Fact.ReceiptKept(before, true, Optional.empty(), LedgerLeaf.issued(before), false));
        commitAll(new Fact.ReceiptKept(rejected, true, Optional.empty(), LedgerLeaf.issued(rejected), false));
        commitAll(received(relayed, OSTRANA));

        ReceiptQuery all = ReceiptQuery.first(9);
        assertThat(asked(all)).containsExactly(before.id(), rejected.id(), relayed.id());
        assertThat(asked(all.within(NOON, NOON.plusMillis(1)))).containsExactly(rejected.id(), relayed.id());
        assertThat(asked(all.within(NOON.minusMillis(1), NOON))).containsExactly(before.id());
        assertThat(asked(all.of(drop))).containsExactly(rejected.id());
        assertThat(asked(all.under(Samples.AGREEMENT.id()))).containsExactly(before.id(), rejected.id());
        assertThat(asked(all.under("OTHER"))).isEmpty();
        assertThat(asked(all.with(OSTRANA))).containsExactly(relayed.id());
        assertThat(asked(all.with(OSTRANA_BORDER))).isEmpty();
        assertThat(asked(all.saying(EvidenceEvent.SUBMISSION_REJECTION, EvidenceEvent.RELAY_FAILURE)))
                .containsExactly(before.id(), rejected.id());
    }

    @Test
    default void theNextPageBeginsAfterTheLastLeafOfTheOneBefore() {
        commitAll(leaf("a"));
        Receipt one = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt two = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(received(one, OSTRANA), received(two, OSTRANA));

        StoredReceipt last = register().receipts(ReceiptQuery.first(1)).get(0);

        assertThat(last.id()).isEqualTo(one.id());
        assertThat(asked(ReceiptQuery.first(1).after(last.leafIndex()))).containsExactly(two.id());
    }

    private List<EvidenceId> asked(ReceiptQuery query) {
        return register().receipts(query).stream().map(StoredReceipt::id).toList();
    }

    // ---- what the ledger's entries are about

    @Test
    default void anEntryTellsItsExchangeAtSenderAndRecipientAndOfASubmissionThatThereIsNone() {
        ExchangeId sent = exchangeId();
        ExchangeId came = exchangeId();
        Receipt accepted = receipt(sent, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        Receipt relayed = receipt(came, EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt handed = receipt(came, EvidenceEvent.CONTENT_HANDOVER);
        Receipt rejected = Samples.rejection(dropId(), NOON);
        commitAll(Samples.exchangeOpened(sent, OSTRANA, 4), issued(accepted, OSTRANA));
        commitAll(leaf("between")); // leaf 1
        commitAll(inboxPut(OSTRANA_BORDER, came), issued(relayed, OSTRANA_BORDER));
        commitAll(issued(handed, OSTRANA_BORDER));
        commitAll(new Fact.ReceiptKept(rejected, true, Optional.empty(), LedgerLeaf.issued(rejected), false));

        List<Entered> entered = register().entered(EnteredQuery.of(0, 9, 9));

        assertThat(entered)
                .containsExactly(
                        new Entered(
                                0,
                                accepted.id(),
                                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                                NOON,
                                true,
                                Optional.of(OSTRANA),
                                Optional.of(sent),
                                true,
                                false,
                                Optional.of(Samples.AGREEMENT.id()),
                                Optional.of("PersonAlert"),
                                Optional.of("SEALED"),
                                Optional.of(4L),
                                1),
                        entry(2, relayed, came, 2),
                        entry(3, handed, came, 0),
                        new Entered(
                                4,
                                rejected.id(),
                                EvidenceEvent.SUBMISSION_REJECTION,
                                NOON,
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                true,
                                Optional.of(Samples.AGREEMENT.id()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                1));
    }

    private static Entered entry(long leaf, Receipt receipt, ExchangeId came, int receipts) {
        return new Entered(
                leaf,
                receipt.id(),
                receipt.evidence().event(),
                NOON,
                true,
                Optional.of(OSTRANA_BORDER),
                Optional.of(came),
                false,
                false,
                Optional.of(Samples.AGREEMENT.id()),
                Optional.of("VehicleAlert"),
                Optional.of("ACCEPTED"),
                Optional.of(12L),
                receipts);
    }

    @Test
    default void entriesAreReadByStretchExchangeAndMissingProofAndPageByPage() {
        ExchangeId exchange = exchangeId();
        Receipt one = receipt(exchange, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        Receipt two = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt three = receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(issued(one, OSTRANA));
        commitAll(received(two, OSTRANA));
        commitAll(received(three, OSTRANA));
        commitAll(new Fact.ProofKept(two.id(), "proof"));

        EnteredQuery all = EnteredQuery.of(0, 3, 9);
        assertThat(entered(all)).containsExactly(one.id(), two.id(), three.id());
        assertThat(entered(EnteredQuery.of(1, 2, 9))).containsExactly(two.id());
        assertThat(entered(EnteredQuery.of(0, 3, 2).after(0))).containsExactly(two.id(), three.id());
        assertThat(entered(all.about(exchange))).containsExactly(one.id(), three.id());
        assertThat(entered(all.about(exchangeId()))).isEmpty();
        assertThat(entered(all.withoutProof())).containsExactly(three.id());
    }

    private List<EvidenceId> entered(EnteredQuery query) {
        return register().entered(query).stream().map(Entered::receipt).toList();
    }

    @Test
    default void aPeriodBeginsWithOurFirstReceiptOfIt() {
        Receipt early = Samples.rejection(dropId(), NOON.minusSeconds(60));
        Receipt foreign = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE); // at noon
        Receipt late = Samples.rejection(dropId(), NOON.plusSeconds(60));
        commitAll(new Fact.ReceiptKept(early, true, Optional.empty(), LedgerLeaf.issued(early), false));
        commitAll(received(foreign, OSTRANA));
        commitAll(new Fact.ReceiptKept(late, true, Optional.empty(), LedgerLeaf.issued(late), false));

        assertThat(register().enteredSince(NOON.minusSeconds(60))).contains(0L);
        assertThat(register().enteredSince(NOON.minusSeconds(59))).contains(2L);
        assertThat(register().enteredSince(NOON.plusSeconds(60))).contains(2L);
        assertThat(register().enteredSince(NOON.plusSeconds(61))).isEmpty();
    }

    @Test
    default void numbersOfExchangesAndVoidsAreUsedUpAndThoseOfAPeerThatCame() {
        commitAll(Samples.exchangeOpened(exchangeId(), OSTRANA, 2), Samples.exchangeOpened(exchangeId(), OSTRANA, 7));
        commitAll(Samples.exchangeOpened(exchangeId(), OSTRANA_BORDER, 3));
        commitAll(new Fact.SequenceVoided(OSTRANA, 4, 5, LedgerLeaf.voided(VELMARK, OSTRANA, 4, 5)));
        commitAll(inboxPut(OSTRANA, exchangeId())); // 12
        commitAll(new Fact.LeafAppended(LedgerLeaf.voided(OSTRANA, VELMARK, 13, 14)));

        assertThat(register().sequences(OSTRANA, true, 1, 20)).containsExactly(2L, 4L, 5L, 7L);
        assertThat(register().sequences(OSTRANA, true, 5, 6)).containsExactly(5L);
        assertThat(register().sequences(OSTRANA, false, 1, 20)).containsExactly(12L, 13L, 14L);
        assertThat(register().sequences(OSTRANA, false, 14, 20)).containsExactly(14L);
        assertThat(register().sequences(OSTRANA, false, 15, 20)).isEmpty();
        assertThat(register().sequences(OSTRANA_BORDER, false, 1, 20)).isEmpty();
    }

    // ---- receipts

    @Test
    default void aReceiptIsReadWithItsBytesAndItsLeaf() {
        ExchangeId exchange = exchangeId();
        Receipt receipt = receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(leaf("before"));
        commitAll(issued(receipt, OSTRANA));

        StoredReceipt stored = register().receipt(receipt.id()).orElseThrow();

        assertThat(stored)
                .usingRecursiveComparison()
                .isEqualTo(new StoredReceipt(
                        receipt.id(),
                        EvidenceEvent.RELAY_ACCEPTANCE,
                        NOON,
                        VELMARK,
                        Optional.of(exchange),
                        true,
                        false,
                        1,
                        receipt.manifest(),
                        receipt.signature(),
                        new Content(receipt.container()),
                        Optional.empty()));
        assertThat(register()
                        .receipt(receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE)
                                .id()))
                .isEmpty();
    }

    @Test
    default void theReceiptsOfAnExchangeComeInTheOrderOfTheirLeaves() {
        ExchangeId exchange = exchangeId();
        Receipt third = receipt(exchange, EvidenceEvent.CONTENT_HANDOVER);
        Receipt second = receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt first = receipt(exchange, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        commitAll(issued(first, OSTRANA));
        commitAll(received(second, OSTRANA), received(third, OSTRANA));
        commitAll(issued(receipt(exchangeId(), EvidenceEvent.SUBMISSION_ACCEPTANCE), OSTRANA));

        assertThat(register().receipts(exchange))
                .extracting(StoredReceipt::id)
                .containsExactly(first.id(), second.id(), third.id());
        assertThat(register().receipts(2)).hasSize(2);
        assertThat(register().receipts(9)).extracting(StoredReceipt::leafIndex).containsExactly(3L, 2L, 1L, 0L);
    }

    @Test
    default void receiptsIssuedForAPeerAreFoundByTheirLeaves() {
        Receipt first = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt second = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(issued(first, OSTRANA)); // leaf 0
        commitAll(issued(receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA_BORDER));
        commitAll(received(receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA));
        commitAll(issued(second, OSTRANA)); // leaf 3

        assertThat(register().issuedFor(OSTRANA, 0, 4, 9))
                .extracting(KnownReceipt::id)
                .containsExactly(first.id(), second.id());
        assertThat(register().issuedFor(OSTRANA, 1, 3, 9)).isEmpty();
        assertThat(register().issuedFor(OSTRANA, 0, 4, 1)).hasSize(1);
    }

    @Test
    default void manyReceiptsAreKnownAtOnceAndThoseThatAreNotHereAreNot() {
        List<Receipt> ours = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            ours.add(receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE));
            commitAll(issued(ours.get(i), OSTRANA));
        }
        ExchangeId exchange = exchangeId();
        Receipt theirs = receipt(exchange, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        commitAll(received(theirs, OSTRANA));
        List<EvidenceId> ids = new ArrayList<>(ours.stream().map(Receipt::id).toList());

        assertThat(register().known(ids)).extracting(KnownReceipt::id).isEqualTo(ids);
        assertThat(register().known(List.of())).isEmpty();
        assertThat(register()
                        .known(List.of(
                                theirs.id(),
                                receipt(exchange, EvidenceEvent.RELAY_FAILURE).id())))
                .containsExactly(new KnownReceipt(
                        theirs.id(),
                        EvidenceEvent.SUBMISSION_ACCEPTANCE,
                        theirs.evidence().issuer(),
                        Optional.of(exchange),
                        false,
                        70,
                        theirs.manifest(),
                        theirs.signature()));
    }

    @Test
    default void ourReceiptsOfExchangesAreFoundByWhatTheyState() {
        ExchangeId one = exchangeId();
        ExchangeId other = exchangeId();
        Receipt ours = receipt(one, EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(issued(ours, OSTRANA));
        commitAll(issued(receipt(one, EvidenceEvent.CONTENT_HANDOVER), OSTRANA));
        commitAll(received(receipt(other, EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA));

        assertThat(register().issued(List.of(one, other), EvidenceEvent.RELAY_ACCEPTANCE))
                .extracting(KnownReceipt::id)
                .containsExactly(ours.id());
        assertThat(register().issued(List.of(exchangeId()), EvidenceEvent.RELAY_ACCEPTANCE))
                .isEmpty();
    }

    @Test
    default void aReceivedReceiptLacksItsProofUntilItIsKept() {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(received(receipt, OSTRANA), issued(receipt(exchangeId(), EvidenceEvent.RELAY_FAILURE), OSTRANA));
        assertThat(register().withoutProof(OSTRANA, 9))
                .extracting(StoredReceipt::id)
                .containsExactly(receipt.id());
        assertThat(register().withoutProof(OSTRANA_BORDER, 9)).isEmpty();

        commitAll(new Fact.ProofKept(receipt.id(), "proof 1"));
        commitAll(new Fact.ProofKept(receipt.id(), "proof 2"));

        assertThat(register().withoutProof(OSTRANA, 9)).isEmpty();
        assertThat(register().receipt(receipt.id()).orElseThrow().proof()).contains("proof 2");
    }

    @Test
    default void aProofThatCameFirstWaitsForItsReceiptAndIsSettledOnce() {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(
                new Fact.ProofHeld(receipt.id(), OSTRANA, "proof 1"),
                new Fact.ProofHeld(receipt.id(), OSTRANA_BORDER, "proof of another"));
        assertThat(register().settleableProofs(OSTRANA, 9)).isEmpty();

        commitAll(received(receipt, OSTRANA));

        assertThat(register().settleableProofs(OSTRANA, 9)).containsExactly(Map.entry(receipt.id(), "proof 1"));
        assertThat(register().settleableProofs(OSTRANA_BORDER, 9)).isEmpty();

        commitAll(new Fact.ProofKept(receipt.id(), "proof 1"));

        assertThat(register().settleableProofs(OSTRANA, 9)).isEmpty();
        assertThat(register().receipt(receipt.id()).orElseThrow().proof()).contains("proof 1");
    }

    @Test
    default void aProofThatDoesNotFitWaitsNoLonger() {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(received(receipt, OSTRANA), new Fact.ProofHeld(receipt.id(), OSTRANA, "proof of something else"));

        commitAll(new Fact.ProofRefused(receipt.id(), OSTRANA));

        assertThat(register().settleableProofs(OSTRANA, 9)).isEmpty();
        assertThat(register().withoutProof(OSTRANA, 9)).hasSize(1);
    }
}
