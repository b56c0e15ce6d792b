package org.embassage.exchange.receive;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.agreement.AgreementPolicy.Going;
import org.embassage.exchange.document.Headers;
import org.embassage.exchange.document.ReceivedDocument;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.embassage.schemas.SharedSchema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands accepted documents over to the domestic system, exactly once under any crash: staged and fsynced, committed as
 * HANDING_OVER, published by rename, committed as HANDED_OVER with the receipt. Agreement, suspension and expiry are judged
 * once more before.
 */
public final class HandOver implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);
    private static final int BATCH = 64;
    /** Stands for the decision that nobody took in time. */
    private static final String UNDECIDED = "EXPIRED";

    private final Journal journal;
    private final Register register;
    private final AgreementPolicy policy;
    private final HandOverFormat format;
    private final DomesticSystem domestic;
    private final Statements statements;
    private final Returns returns;
    private final InboxWords words;
    private final Clock clock;

    public HandOver(
            Journal journal,
            Register register,
            AgreementBook book,
            HandOverFormat format,
            DomesticSystem domestic,
            Statements statements,
            Uuids ids,
            Clock clock) {
        this.journal = journal;
        this.register = register;
        this.policy = new AgreementPolicy(book);
        this.format = format;
        this.domestic = domestic;
        this.statements = statements;
        this.returns = new Returns(ids);
        this.words = new InboxWords(register, book, statements.self());
        this.clock = clock;
    }

    /** What a crash left staged is published first; then the next batch. */
    @Override
    public boolean run() {
        List<InboxView> begun = register.inboxIn(InboxState.HANDING_OVER, BATCH);
        if (!begun.isEmpty()) {
            publish(begun);
            return true;
        }
        List<InboxView> waiting = register.inboxIn(InboxState.ACCEPTED, BATCH);
        if (waiting.isEmpty()) {
            return false;
        }
        boolean moved = begin(waiting);
        publish(register.inboxIn(InboxState.HANDING_OVER, BATCH));
        return moved && waiting.size() == BATCH;
    }

    private boolean begin(List<InboxView> waiting) {
        Instant now = now();
        List<StepOutcome> steps = new ArrayList<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (InboxView view : waiting) {
            step(view, now, files).ifPresent(steps::add);
        }
        if (!files.isEmpty()) {
            domestic.stage(files);
        }
        journal.commit(steps);
        return !steps.isEmpty();
    }

    private Optional<StepOutcome> step(InboxView view, Instant now, Map<String, byte[]> files) {
        InboxView.Accepted accepted = view.accepted().orElseThrow();
        if (now.isAfter(accepted.expires())) {
            return Optional.of(failed(view, accepted, Fault.of(FaultCode.HANDOVER_EXPIRED), now));
        }
        Going going = policy.judgeGoing(accepted.agreement(), now);
        if (going instanceof Going.Waits) {
            return Optional.empty();
        }
        if (going instanceof Going.Ends ends) {
            return Optional.of(failed(view, accepted, ends.fault(), now));
        }
        byte[] message = register.inboxMessage(view.peer(), view.exchange()).octets();
        return Optional.of(render(format, message)
                .fold(
                        rendered -> {
                            files.put(rendered.fileName(), rendered.content());
                            return StepOutcome.of(new Fact.InboxMoved(
                                    view.peer(),
                                    view.exchange(),
                                    InboxState.ACCEPTED,
                                    InboxState.HANDING_OVER,
                                    now,
                                    Optional.of(rendered.fileName()),
                                    Optional.empty()));
                        },
                        unrenderable -> held(view, unrenderable.fault(), message, now)));
    }

    static HandOverFormat.Rendering render(HandOverFormat format, byte[] message) {
        return SharedSchema.validateMessage(message)
                .fold(
                        view -> format.render(new ReceivedDocument(Headers.of(view.header()), message)),
                        violations ->
                                new HandOverFormat.Rendering.Unrenderable(Fault.of(FaultCode.HANDOVER_UNTRANSLATABLE)));
    }

    /** It waits for a person; the peer hears of it only if it expires (or an operator rejects it). */
    private StepOutcome held(InboxView view, Fault fault, byte[] message, Instant now) {
        LOG.warn(
                "exchange={} peer={} event=Held fault={}",
                view.exchange(),
                view.peer(),
                fault.code().code());
        return StepOutcome.of(
                new Fact.InboxMoved(
                        view.peer(),
                        view.exchange(),
                        InboxState.ACCEPTED,
                        InboxState.HELD,
                        now,
                        Optional.empty(),
                        Optional.of(fault)),
                new Fact.Quarantined(
                        words.freeItem(view.exchange()),
                        fault,
                        Optional.empty(),
                        Optional.of(view.peer()),
                        Optional.of(view.exchange()),
                        Optional.empty(),
                        now,
                        new Content(message)));
    }

    /** ContentHandoverFailure: for the hand-over that will not be. */
    private StepOutcome failed(InboxView view, InboxView.Accepted accepted, Fault fault, Instant now) {
        Receipt receipt = statements
                .sign(List.of(statements.contentHandoverFailure(
                        words.about(view, accepted), fault, words.previous(view), saidAt(accepted, now))))
                .get(0);
        LOG.warn(
                "exchange={} peer={} event=ContentHandoverFailure fault={}",
                view.exchange(),
                view.peer(),
                fault.code().code());
        StepOutcome failed =
                outcome(view, accepted, accepted.state(), InboxState.HANDOVER_FAILED, receipt, Optional.of(fault), now);
        List<Fact> facts = new ArrayList<>(failed.facts());
        words.openItem(view.exchange()).ifPresent(item -> facts.add(new Fact.QuarantineDecided(item, UNDECIDED, now)));
        return new StepOutcome(facts);
    }

    /** Not before its acceptance, nor before what was decided of it last. */
    static Instant saidAt(InboxView.Accepted accepted, Instant now) {
        return Statements.notBefore(accepted.received(), Statements.notBefore(accepted.stateSince(), now));
    }

    private void publish(List<InboxView> begun) {
        if (begun.isEmpty()) {
            return;
        }
        domestic.publish(begun.stream()
                .map(view -> view.accepted().orElseThrow().fileName().orElseThrow())
                .toList());
        Instant now = now();
        Map<ExchangeId, Previous> previous = words.previous(begun);
        List<Evidence> evidence = begun.stream()
                .map(view -> statements.contentHandover(
                        words.about(view, view.accepted().orElseThrow()),
                        domestic.basis(),
                        Optional.ofNullable(previous.get(view.exchange())),
                        saidAt(view.accepted().orElseThrow(), now)))
                .toList();
        List<Receipt> receipts = statements.sign(evidence);
        List<StepOutcome> steps = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            InboxView view = begun.get(i);
            steps.add(outcome(
                    view,
                    view.accepted().orElseThrow(),
                    InboxState.HANDING_OVER,
                    InboxState.HANDED_OVER,
                    receipts.get(i),
                    Optional.empty(),
                    now));
        }
        journal.commit(steps);
        begun.forEach(view -> LOG.info("exchange={} peer={} event=ContentHandover", view.exchange(), view.peer()));
    }

    private StepOutcome outcome(
            InboxView view,
            InboxView.Accepted accepted,
            InboxState from,
            InboxState to,
            Receipt receipt,
            Optional<Fault> fault,
            Instant now) {
        return StepOutcome.of(
                new Fact.InboxMoved(view.peer(), view.exchange(), from, to, now, accepted.fileName(), fault),
                returns.kept(receipt, view.peer()),
                returns.sent(
                        receipt.id(),
                        Optional.of(view.exchange()),
                        receipt.container(),
                        view.peer(),
                        accepted.via(),
                        accepted.priority(),
                        now));
    }

    /** Held items that expire are told to the peer, and so is everything that expired before its turn. */
    public boolean closeExpired() {
        Instant now = now();
        List<StepOutcome> steps = new ArrayList<>();
        for (InboxView view : register.inboxIn(InboxState.HELD, BATCH)) {
            InboxView.Accepted accepted = view.accepted().orElseThrow();
            if (now.isAfter(accepted.expires())) {
                steps.add(failed(view, accepted, Fault.of(FaultCode.HANDOVER_EXPIRED), now));
            }
        }
        if (!steps.isEmpty()) {
            journal.commit(steps);
        }
        return false;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
