package org.embassage.exchange.receive;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.agreement.AgreementPolicy.Going;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Headers;
import org.embassage.exchange.document.ReceivedDocument;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.fault.SetAside;
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
    /** What keeps one item waiting and says nothing of the others. */
    private static final Set<FaultCode> OF_ONE_ITEM =
            EnumSet.of(FaultCode.STORE_DAMAGED, FaultCode.CONTENT_ERASED, FaultCode.CONFIGURATION_INVALID);

    private final Journal journal;
    private final Register register;
    private final AgreementBook book;
    private final AgreementPolicy policy;
    private final HandOverFormat format;
    private final DomesticSystem domestic;
    private final Statements statements;
    private final Returns returns;
    private final InboxWords words;
    private final Clock clock;
    private final SetAside<ExchangeId> aside;

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
        this.book = book;
        this.policy = new AgreementPolicy(book);
        this.format = format;
        this.domestic = domestic;
        this.statements = statements;
        this.returns = new Returns(ids);
        this.words = new InboxWords(register, book, statements.self());
        this.clock = clock;
        this.aside = new SetAside<>(clock);
    }

    /**
     * What a crash left staged is published first; then the next batch. What cannot be handed over for a reason of its own waits
     * for another time, and the others go on.
     *
     * @throws Broken HANDOVER_TARGET_UNAVAILABLE if nothing can be handed over that should be
     */
    @Override
    public synchronized boolean run() {
        List<InboxView> begun = next(InboxState.HANDING_OVER, List.of());
        boolean published = publish(begun);
        List<InboxView> waiting = next(InboxState.ACCEPTED, resting());
        if (waiting.isEmpty()) {
            return published;
        }
        boolean moved = begin(waiting);
        publish(next(InboxState.HANDING_OVER, List.of()));
        return published || moved && waiting.size() == BATCH;
    }

    /** The next that are not set aside; what rests under an agreement takes nobody's place. */
    private List<InboxView> next(InboxState state, List<AgreementRef> except) {
        return register.inboxIn(state, except, BATCH + aside.size()).stream()
                .filter(view -> !aside.holds(view.exchange()))
                .limit(BATCH)
                .toList();
    }

    private List<AgreementRef> resting() {
        Instant now = now();
        return book.all().stream()
                .map(Agreement::ref)
                .filter(agreement -> policy.judgeGoing(agreement, now) instanceof Going.Waits)
                .toList();
    }

    private boolean begin(List<InboxView> waiting) {
        Instant now = now();
        List<StepOutcome> steps = new ArrayList<>();
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (InboxView view : waiting) {
            alone(view, () -> step(view, now, files)).ifPresent(steps::add);
        }
        if (!files.isEmpty()) {
            domestic.stage(files);
        }
        journal.commit(steps);
        return !steps.isEmpty();
    }

    /** Nothing if it failed for a reason of its own: then it waits. */
    private Optional<StepOutcome> alone(InboxView view, Supplier<Optional<StepOutcome>> work) {
        try {
            return work.get();
        } catch (Broken broken) {
            if (!OF_ONE_ITEM.contains(broken.fault())) {
                throw broken;
            }
            waits(view, broken.fault());
            return Optional.empty();
        }
    }

    private void waits(InboxView view, FaultCode fault) {
        LOG.error(
                "exchange={} peer={} event=HandOverWaits alarm=true fault={} pause={}ms",
                view.exchange(),
                view.peer(),
                fault.code(),
                aside.failed(view.exchange()).toMillis());
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

    /** What a format fails on is unrenderable too: it waits for a person alone. */
    @SuppressWarnings("CatchingUnchecked") // by then it is nobody's business but the document's
    static HandOverFormat.Rendering render(HandOverFormat format, byte[] message) {
        try {
            return SharedSchema.validateMessage(message)
                    .fold(
                            view -> format.render(new ReceivedDocument(Headers.of(view.header()), message)),
                            violations -> unrenderable());
        } catch (Broken ours) {
            throw ours;
        } catch (RuntimeException | StackOverflowError poison) {
            return unrenderable();
        }
    }

    private static HandOverFormat.Rendering unrenderable() {
        return new HandOverFormat.Rendering.Unrenderable(Fault.of(FaultCode.HANDOVER_UNTRANSLATABLE));
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
        aside.went(view.exchange());
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

    /** Together; if that fails, each alone. @return whether any was handed over */
    private boolean publish(List<InboxView> begun) {
        if (begun.isEmpty()) {
            return false;
        }
        try {
            domestic.publish(begun.stream().map(HandOver::fileName).toList());
        } catch (Broken all) {
            if (all.fault() != FaultCode.HANDOVER_TARGET_UNAVAILABLE) {
                throw all;
            }
            return publishEach(begun, all);
        }
        commitPublished(begun);
        return true;
    }

    private boolean publishEach(List<InboxView> begun, Broken all) {
        List<InboxView> published = new ArrayList<>();
        List<InboxView> stuck = new ArrayList<>();
        for (InboxView view : begun) {
            try {
                domestic.publish(fileName(view));
                published.add(view);
            } catch (Broken one) {
                stuck.add(view);
            }
        }
        if (published.isEmpty() && !domestic.usable()) {
            throw all;
        }
        stuck.forEach(view -> waits(view, all.fault()));
        if (!published.isEmpty()) {
            commitPublished(published);
        }
        return !published.isEmpty();
    }

    private static String fileName(InboxView view) {
        return view.accepted().orElseThrow().fileName().orElseThrow();
    }

    private void commitPublished(List<InboxView> begun) {
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
        begun.forEach(view -> {
            aside.went(view.exchange());
            LOG.info("exchange={} peer={} event=ContentHandover", view.exchange(), view.peer());
        });
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

    /** What expired while it was held, or while its agreement rested, is told to the peer. */
    public synchronized boolean closeExpired() {
        Instant now = now();
        List<InboxView> expired = new ArrayList<>(register.inboxExpired(InboxState.HELD, now, BATCH));
        expired.addAll(register.inboxExpired(InboxState.ACCEPTED, now, BATCH));
        List<StepOutcome> steps = new ArrayList<>();
        for (InboxView view : expired) {
            alone(
                            view,
                            () -> Optional.of(failed(
                                    view, view.accepted().orElseThrow(), Fault.of(FaultCode.HANDOVER_EXPIRED), now)))
                    .ifPresent(steps::add);
        }
        if (!steps.isEmpty()) {
            journal.commit(steps);
        }
        return steps.size() >= BATCH;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
