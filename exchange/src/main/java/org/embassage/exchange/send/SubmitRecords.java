package org.embassage.exchange.send;

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
import java.util.function.BooleanSupplier;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.document.Header;
import org.embassage.exchange.document.MessageComposer;
import org.embassage.exchange.document.SealedMessage;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.fault.SetAside;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.port.Sealer;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.trust.Trust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pass 2 of drops, batch by batch with a resume index, the most urgent drop first: translate, validate, permit, compose, seal, and one commit of
 * exchange, outbox, receipt and ledger leaf for many records. Nothing leaves before that commit. A bad record is rejected
 * alone; the good ones flow.
 */
public final class SubmitRecords implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitRecords.class);
    private static final int BATCH = 64;
    /** What keeps one drop waiting and says nothing of the others. */
    private static final Set<FaultCode> OF_ONE_DROP = EnumSet.of(
            FaultCode.DROP_HELD_UP,
            FaultCode.STORE_DAMAGED,
            FaultCode.CONTENT_ERASED,
            FaultCode.DROP_FOLDER_UNAVAILABLE);
    /** So many drops are kept sliced at most. */
    private static final int SLICED = 3;

    private final Map<FeedId, Feed> feeds;
    private final Journal journal;
    private final Register register;
    private final RecordPlanner planner;
    private final Sealer sealer;
    private final Statements statements;
    private final DropClosing closing;
    private final Acceptance acceptance;
    private final Clock clock;
    private final OpenDrops open;
    /** Drops that are worked on in turns, sliced; the one used longest ago first. */
    private final Map<DropId, Current> current = new LinkedHashMap<>();

    public SubmitRecords(
            Map<FeedId, Feed> feeds,
            PeerDirectory peers,
            Trust trust,
            AgreementPolicy policy,
            MessageComposer composer,
            KeySource keys,
            Journal journal,
            Register register,
            Sealer sealer,
            Statements statements,
            DropDesk desk,
            Uuids ids,
            Clock clock) {
        this.feeds = Map.copyOf(feeds);
        this.journal = journal;
        this.register = register;
        this.planner = new RecordPlanner(
                peers, trust, policy, composer, new IntakeIdentity(keys), new Sequences(journal), register, ids);
        this.sealer = sealer;
        this.statements = statements;
        this.closing = new DropClosing(journal, register, desk, clock);
        this.acceptance = new Acceptance(statements, ids);
        this.clock = clock;
        this.open = new OpenDrops(register, new SetAside<>(clock));
    }

    /** A drop that cannot go on for a reason of its own waits, and the others go on. */
    @Override
    public boolean run() {
        Optional<DropView> next = open.next();
        if (next.isEmpty()) {
            current.clear();
            return false;
        }
        DropView drop = next.get();
        try {
            advance(drop);
        } catch (Broken broken) {
            if (!OF_ONE_DROP.contains(broken.fault())) {
                throw broken;
            }
            current.remove(drop.drop());
            LOG.warn(
                    "drop={} feed={} event=DropWaits fault={} pause={}ms",
                    drop.drop(),
                    drop.feed(),
                    broken.fault().code(),
                    open.failed(drop.drop()));
        }
        return true;
    }

    /**
     * The release desk for the records of these feeds; it numbers messages together with this round.
     *
     * @param closed whether nothing may be sealed now, since what a restored gateway lost is still put together
     */
    public ReleaseRecords releaseDesk(BooleanSupplier closed) {
        return new ReleaseRecords(feeds, register, planner, sealer, statements, acceptance, closed);
    }

    private void advance(DropView drop) {
        if (drop.done() >= drop.records()) {
            current.remove(drop.drop());
            closing.close(drop.drop());
            open.closed(drop.drop());
        } else {
            Current work = load(drop);
            int to = Math.min(drop.done() + BATCH, drop.records());
            submit(work, drop.drop(), work.slices().subList(drop.done(), to), to);
            open.went(drop.drop());
        }
    }

    /** Slices the private copy; the same as in pass 1, for slicing is pure. */
    private Current load(DropView drop) {
        Current known = current.remove(drop.drop());
        if (known != null) {
            current.put(drop.drop(), known);
            return known;
        }
        Feed feed = Optional.ofNullable(feeds.get(drop.feed())).orElseThrow(() -> new Broken(FaultCode.DROP_HELD_UP));
        List<RecordSlice> slices = feed.slice(register.dropContent(drop.drop()).octets())
                .fold(sliced -> sliced.records(), bad -> List.<RecordSlice>of());
        if (slices.size() != drop.records()) {
            throw new Broken(FaultCode.DROP_HELD_UP);
        }
        Current loaded = new Current(feed, slices);
        current.put(drop.drop(), loaded);
        if (current.size() > SLICED) {
            current.remove(current.keySet().iterator().next());
        }
        return loaded;
    }

    private void submit(Current work, DropId drop, List<RecordSlice> slices, int to) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<RecordPlan> plans = planner.plan(work.feed(), drop, slices, now);
        List<RecordPlan.ToSeal> sealing = plans.stream()
                .filter(RecordPlan.ToSeal.class::isInstance)
                .map(RecordPlan.ToSeal.class::cast)
                .toList();
        open.found(
                drop,
                sealing.stream().map(plan -> plan.message().header().priority()).toList());
        List<SealedMessage> sealed = sealing.isEmpty()
                ? List.of()
                : sealer.seal(sealing.stream()
                        .map(plan -> new Sealer.ToSeal(plan.message(), plan.certificate()))
                        .toList());
        List<Receipt> receipts = receipts(drop, plans, sealed, now);
        List<StepOutcome> steps = new ArrayList<>();
        List<StepOutcome> claims = new ArrayList<>();
        int nextSealed = 0;
        int nextReceipt = 0;
        for (RecordPlan plan : plans) {
            if (plan instanceof RecordPlan.ToSeal toSeal) {
                steps.add(new StepOutcome(acceptance.facts(
                        work.feed().id(), drop, toSeal, sealed.get(nextSealed++), receipts.get(nextReceipt++), now)));
            } else if (plan instanceof RecordPlan.Rejected rejected) {
                steps.add(rejected(drop, rejected, receipts.get(nextReceipt++), now));
            } else if (plan instanceof RecordPlan.Duplicate duplicate) {
                steps.add(StepOutcome.of(duplicate(drop, duplicate.slice(), duplicate.earlier())));
                duplicate.claim().map(StepOutcome::of).ifPresent(claims::add);
            }
        }
        steps.add(StepOutcome.of(new Fact.DropAdvanced(drop, to)));
        steps.addAll(claims);
        List<StepResult> results = journal.commit(steps);
        for (int i = 0; i < plans.size(); i++) {
            log(drop, plans.get(i), results.get(i), work.feed().id());
        }
    }

    private List<Receipt> receipts(DropId drop, List<RecordPlan> plans, List<SealedMessage> sealed, Instant now) {
        List<Evidence> evidence = new ArrayList<>();
        int nextSealed = 0;
        for (RecordPlan plan : plans) {
            SubmissionRef ref = new SubmissionRef(drop, Optional.of(plan.slice().index()));
            if (plan instanceof RecordPlan.ToSeal toSeal) {
                evidence.add(acceptance.evidence(toSeal, sealed.get(nextSealed++), ref, now));
            } else if (plan instanceof RecordPlan.Rejected no) {
                evidence.add(statements.submissionRejection(ref, no.recipient(), no.agreement(), no.fault(), now));
            }
        }
        return statements.sign(evidence);
    }

    private static StepOutcome rejected(DropId drop, RecordPlan.Rejected plan, Receipt receipt, Instant now) {
        String item = "record-" + drop + "-" + plan.slice().index()
                + plan.recipient().map(to -> "-" + to).orElse("");
        return StepOutcome.of(
                new Fact.Quarantined(
                        item,
                        plan.fault(),
                        Optional.empty(),
                        plan.recipient(),
                        Optional.empty(),
                        Optional.of(drop),
                        now,
                        new Content(plan.slice().octets())),
                new Fact.ReceiptKept(receipt, true, Optional.empty(), LedgerLeaf.issued(receipt), false),
                new Fact.ResultNoted(
                        drop,
                        line(plan.slice(), Optional.of(plan.fault()), Optional.empty(), Optional.of(receipt.id()))));
    }

    private static Fact duplicate(DropId drop, RecordSlice slice, ExchangeId earlier) {
        return new Fact.ResultNoted(
                drop,
                line(slice, Optional.of(Fault.of(FaultCode.RECORD_DUPLICATE)), Optional.of(earlier), Optional.empty()));
    }

    static ResultLine line(
            RecordSlice slice, Optional<Fault> fault, Optional<ExchangeId> exchange, Optional<EvidenceId> receipt) {
        return new ResultLine(Optional.of(slice.index()), slice.line(), slice.byteOffset(), fault, exchange, receipt);
    }

    /** Another node may have claimed the record between our look and our commit: then its exchange stands. */
    private void log(DropId drop, RecordPlan plan, StepResult result, FeedId feed) {
        if (plan instanceof RecordPlan.ToSeal toSeal) {
            Header header = toSeal.message().header();
            if (result instanceof StepResult.Committed) {
                LOG.info(
                        "exchange={} peer={} event=SubmissionAcceptance drop={} record={}",
                        header.exchange(),
                        header.recipient(),
                        drop,
                        plan.slice().index());
            } else {
                GatewayId recipient = header.recipient();
                register.claimed(feed, toSeal.identity(), recipient)
                        .ifPresent(earlier -> journal.commit(StepOutcome.of(duplicate(drop, plan.slice(), earlier))));
            }
        } else if (plan instanceof RecordPlan.Rejected no) {
            LOG.warn(
                    "drop={} record={} event=SubmissionRejection fault={}",
                    drop,
                    plan.slice().index(),
                    no.fault().code().code());
        }
    }

    private record Current(Feed feed, List<RecordSlice> slices) {}
}
