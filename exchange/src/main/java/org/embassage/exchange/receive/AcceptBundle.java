package org.embassage.exchange.receive;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.ledger.VoidSequences;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.LedgerWitness;
import org.embassage.exchange.port.Opener;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.trust.Trust;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in a bundle: judges each item alone, signs all answers, and commits everything at once. The transport may be
 * acknowledged only when this returns.
 */
public final class AcceptBundle implements Reception {

    private static final Logger LOG = LoggerFactory.getLogger(AcceptBundle.class);

    private static final Set<ItemKind> JUDGED_FIRST = EnumSet.of(ItemKind.MESSAGE, ItemKind.RECEIPT, ItemKind.VOID);
    /** Something else was committed between the judgement of a receipt and its commit. */
    private static final Set<StepResult.Kind> OVERTAKEN =
            EnumSet.of(StepResult.Kind.STATE_MOVED, StepResult.Kind.RECEIPT_KNOWN);

    private static final int MOST_ROUNDS = 8;

    private final PeerDirectory peers;
    private final MessageDesk messages;
    private final ReceiptDesk receipts;
    private final LedgerDesk ledgers;
    private final WitnessDesk witness;
    private final QuestionDesk questions;
    private final EpochDesk epochs;
    private final LedgerHeads heads;
    private final Journal journal;
    private final Statements statements;
    private final Clock clock;

    public AcceptBundle(
            PeerDirectory peers,
            Trust trust,
            Opener opener,
            AgreementBook book,
            Journal journal,
            Register register,
            Statements statements,
            Ledgerbook ledgerbook,
            Witnessing witnessing,
            DropDesk desk,
            Uuids ids,
            Clock clock) {
        this.peers = peers;
        this.messages = new MessageDesk(
                peers, opener, book, register, statements, witnessing.gate(), ledgerbook.restorebook(), ids);
        this.receipts = new ReceiptDesk(peers, trust, register, desk);
        this.ledgers = new LedgerDesk(peers, register);
        this.witness = new WitnessDesk(peers, journal, ledgerbook, witnessing);
        this.questions = new QuestionDesk(peers, journal, ledgerbook, witnessing, witness);
        this.epochs = new EpochDesk(
                peers,
                journal,
                register,
                ledgerbook,
                witnessing,
                witness,
                receipts,
                new VoidSequences(peers, journal, register, ids, clock),
                ids);
        this.heads = witnessing.heads();
        this.journal = journal;
        this.statements = statements;
        this.clock = clock;
    }

    /** Compares what peers show us of their ledgers with what they showed these witnesses. To be run now and then. */
    public Round comparing(List<LedgerWitness> witnesses) {
        return new CompareWithWitnesses(peers, witness, witnesses, clock);
    }

    @Override
    public void accept(Arrival arrival) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (peers.find(arrival.from()).isEmpty()) {
            keepUnread(arrival, FaultCode.UNKNOWN_SENDER, now);
            return;
        }
        Optional<List<WireItem>> items = DispatchBundle.decode(arrival.bundle());
        if (items.isEmpty()) {
            keepUnread(arrival, FaultCode.BUNDLE_MALFORMED, now);
            return;
        }
        // a ledger that cannot be believed stops the messages that came with it
        items.get().forEach(item -> witnessAlone(item, arrival, now));
        // proofs speak of receipts that may have come in the same bundle, so they are judged when those are kept
        List<WireItem> first = items.get().stream()
                .filter(item -> JUDGED_FIRST.contains(item.kind()))
                .toList();
        List<WireItem> proofs = items.get().stream()
                .filter(item -> item.kind() == ItemKind.PROOF)
                .toList();
        keep(arrival, first, now);
        commit(arrival, judge(arrival, proofs, now));
        if (!first.isEmpty()) {
            heads.touched(arrival.from());
        }
        if (!proofs.isEmpty() || first.stream().anyMatch(item -> item.kind() == ItemKind.RECEIPT)) {
            commit(arrival, ledgers.settle(arrival.from()));
        }
    }

    /** An item on which we fail is kept in quarantine and not answered: it must not hold up the others. */
    @SuppressWarnings("CatchingUnchecked") // by then it is nobody's business but the item's
    private void witnessAlone(WireItem item, Arrival arrival, Instant now) {
        try {
            witness(item, arrival, now);
        } catch (Broken ours) {
            throw ours;
        } catch (RuntimeException | StackOverflowError poison) {
            commit(arrival, List.of(failed(item, arrival, poison, now)));
        }
    }

    @SuppressWarnings("CatchingUnchecked")
    private Judged judgeAlone(ReceiptDesk.Batch batch, WireItem item, Arrival arrival, Instant now) {
        try {
            return judge(batch, item, arrival, now);
        } catch (Broken ours) {
            throw ours;
        } catch (RuntimeException | StackOverflowError poison) {
            return failed(item, arrival, poison, now);
        }
    }

    private static Judged failed(WireItem item, Arrival arrival, Throwable poison, Instant now) {
        Fault fault = Fault.of(FaultCode.ITEM_UNPROCESSABLE);
        String kind = poison.getClass().getSimpleName();
        return Judged.silent(
                StepOutcome.of(Quarantine.item(
                        "failed", item.octets(), fault, Optional.of(kind), arrival.from(), Optional.empty(), now)),
                "event=ItemFailed alarm=true item=" + item.kind() + " fault="
                        + fault.code().code() + " kind=" + kind);
    }

    private void witness(WireItem item, Arrival arrival, Instant now) {
        switch (item.kind()) {
            case LEDGER_NOTE -> witness.note(item.octets(), arrival.from(), now);
            case COSIGNATURE -> witness.cosignature(item.octets(), arrival.from(), now);
            case LEDGER_CHALLENGE -> questions.challenge(item.octets(), arrival.from(), now);
            case LEDGER_ANSWER -> questions.answer(item.octets(), arrival.from(), now);
            case EPOCH -> epochs.epoch(item.octets(), arrival.from(), now);
            case RETURNED -> epochs.returned(item.octets(), arrival.from(), now);
            case RECOVERY -> epochs.recovery(item.octets(), arrival.from(), now);
            case MESSAGE, RECEIPT, PROOF, VOID -> {
                // judged later
            }
        }
    }

    private void keepUnread(Arrival arrival, FaultCode code, Instant now) {
        commit(
                arrival,
                List.of(Judged.silent(
                        StepOutcome.of(Quarantine.item(
                                "bundle",
                                arrival.bundle(),
                                Fault.of(code),
                                Optional.empty(),
                                arrival.from(),
                                Optional.empty(),
                                now)),
                        "event=BundleQuarantined fault=" + code.code())));
    }

    /**
     * Judges and commits. A receipt of which another connection, node or round was faster with the same exchange is judged
     * again by what is true then: it may say what is said already, say it late, or contradict it, and it is never passed over.
     *
     * @throws Broken STORE_UNAVAILABLE if others are faster again and again; then the bundle is to come again
     */
    private void keep(Arrival arrival, List<WireItem> items, Instant now) {
        List<WireItem> left = items;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<StepResult> results = commit(arrival, judge(arrival, left, now));
            List<WireItem> overtaken = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                if (left.get(i).kind() == ItemKind.RECEIPT
                        && results.get(i) instanceof StepResult.Conflict conflict
                        && OVERTAKEN.contains(conflict.kind())) {
                    overtaken.add(left.get(i));
                }
            }
            if (overtaken.isEmpty()) {
                return;
            }
            left = overtaken;
        }
        throw new Broken(FaultCode.STORE_UNAVAILABLE);
    }

    private List<Judged> judge(Arrival arrival, List<WireItem> items, Instant now) {
        ReceiptDesk.Batch receiptBatch = receipts.batch(arrival.from(), now);
        List<Judged> judged = new ArrayList<>(items.size());
        for (WireItem item : items) {
            Judged each = judgeAlone(receiptBatch, item, arrival, now);
            each.taken().ifPresent(receiptBatch::taken);
            judged.add(each);
        }
        return judged;
    }

    private Judged judge(ReceiptDesk.Batch batch, WireItem item, Arrival arrival, Instant now) {
        return switch (item.kind()) {
            case MESSAGE -> messages.judge(item.octets(), arrival.from(), arrival.via(), now);
            case RECEIPT -> batch.judge(item.octets());
            case PROOF -> ledgers.proofs(item.octets(), arrival.from(), now);
            case VOID -> ledgers.voids(item.octets(), arrival.from(), now);
            case LEDGER_NOTE, COSIGNATURE, LEDGER_CHALLENGE, LEDGER_ANSWER, EPOCH, RETURNED, RECOVERY ->
                throw new IllegalStateException("judged before");
        };
    }

    private List<StepResult> commit(Arrival arrival, List<Judged> judged) {
        if (judged.isEmpty()) {
            return List.of();
        }
        List<Evidence> evidence =
                judged.stream().flatMap(each -> each.evidence().stream()).toList();
        List<Receipt> signed = statements.sign(evidence);
        List<StepOutcome> steps = new ArrayList<>(judged.size());
        int next = 0;
        for (Judged each : judged) {
            Optional<Receipt> receipt =
                    each.evidence().isPresent() ? Optional.of(signed.get(next++)) : Optional.empty();
            steps.add(each.step().apply(receipt));
        }
        List<StepResult> results = journal.commit(steps);
        for (int i = 0; i < results.size(); i++) {
            String outcome = results.get(i) instanceof StepResult.Conflict conflict ? " known=" + conflict.kind() : "";
            LOG.info(
                    "peer={} via={} {}{}",
                    arrival.from(),
                    arrival.via(),
                    judged.get(i).line(),
                    outcome);
        }
        return results;
    }
}
