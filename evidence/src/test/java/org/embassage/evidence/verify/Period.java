package org.embassage.evidence.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerSlice;
import org.embassage.evidence.ledger.LedgerSlice.Entry;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;

/**
 * A time in which much was entered, and what its exporter QVL-BG may state of it. In its ledger are: 0 the beginning, 1 to
 * 3 the exchange of number 7, 4 the numbers 8 and 9 that are never used, 5 to 7 the exchange of number 10, 8 and 9
 * traffic suspended and resumed, 10 an agreement.
 */
public final class Period {

    public final World world;
    public final ExchangeId first;
    public final ExchangeId second;
    private long from;
    private long to;
    private List<Receipt> receipts;
    private final Set<Long> hidden = new HashSet<>();
    private TestLedger shown;
    private Consumer<Completeness.Builder> statement = builder -> builder.pair(World.QVL, World.QOS, 7, 10);

    public Period() {
        this(world -> {});
    }

    /** @param before what is entered before the rest */
    public Period(Consumer<World> before) {
        world = new World();
        before.accept(world);
        first = world.exchange;
        second = world.ids.nextExchangeId();
        usual(first, 7);
        world.qvlLedger.append(LedgerLeaf.voided(World.QVL, World.QOS, 8, 9));
        usual(second, 10);
        world.say(EvidenceEvent.TRAFFIC_SUSPENDED);
        world.say(EvidenceEvent.TRAFFIC_RESUMED);
        world.qvlLedger.append(
                LedgerLeaf.agreement("QVL-QOS-2031-01", 1, org.embassage.evidence.Digest.sha256(world.agreement)));
        receipts = List.copyOf(world.receipts);
        shown = world.qvlLedger;
        from = 0;
        to = world.qvlLedger.tree().size();
    }

    private void usual(ExchangeId exchange, long sequence) {
        for (EvidenceEvent event : List.of(
                EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER)) {
            world.say(event, draft -> {
                draft.subject = with((Subject.OfExchange) draft.subject, exchange, sequence);
                if (event == EvidenceEvent.SUBMISSION_ACCEPTANCE) {
                    draft.previous = Optional.empty();
                }
            });
        }
    }

    private static Subject with(Subject.OfExchange of, ExchangeId exchange, long sequence) {
        return new Subject.OfExchange(
                exchange, of.kind(), of.schemaVersion(), sequence, of.submitted(), of.submission(), of.supersedes());
    }

    /** Shows the entries {@code [from, to)}. */
    public Period entries(long begin, long end) {
        from = begin;
        to = end;
        return this;
    }

    /** Puts all receipts in again. */
    public Period all() {
        receipts = List.copyOf(world.receipts);
        return this;
    }

    /** Puts only some receipts in. */
    public Period only(Predicate<Receipt> chosen) {
        receipts = receipts.stream().filter(chosen).toList();
        return this;
    }

    /** Leaves out the receipt of an entry. */
    public Period without(int entry) {
        LedgerLeaf leaf = shown.leaves().get(entry);
        List<Receipt> kept = receipts.stream()
                .filter(receipt -> !LedgerLeaf.issued(receipt).equals(leaf)
                        && !LedgerLeaf.received(receipt).equals(leaf))
                .toList();
        if (kept.size() == receipts.size()) {
            throw new IllegalArgumentException("no receipt of that entry");
        }
        receipts = kept;
        return this;
    }

    /** Puts another receipt into the place of one. */
    public Period replacing(Receipt old, Receipt by) {
        List<Receipt> changed = new ArrayList<>(receipts);
        changed.set(changed.indexOf(old), by);
        receipts = changed;
        return this;
    }

    /** Shows an entry as its hash only. */
    public Period hiding(long entry) {
        hidden.add(entry);
        return this;
    }

    /** Shows another ledger than the one in which the receipts are. */
    public Period showing(TestLedger other) {
        shown = other;
        to = Math.min(to, other.tree().size());
        return this;
    }

    /** States something else than numbers 7 to 10 of all. */
    public Period stating(Consumer<Completeness.Builder> told) {
        statement = told;
        return this;
    }

    public LedgerSlice slice() {
        List<Entry> entries = new ArrayList<>();
        for (long index = from; index < to; index++) {
            Entry clear = new Entry.Clear(shown.leaves().get((int) index));
            entries.add(hidden.contains(index) ? new Entry.Hidden(clear.leafHash()) : clear);
        }
        return LedgerSlice.of(
                shown.origin(), shown.tree(), from, to, shown.tree().size(), entries.iterator());
    }

    public Completeness completeness() {
        Completeness.Builder builder = Completeness.about(slice());
        statement.accept(builder);
        return builder.build();
    }

    public byte[] bundle() {
        return bundle(writer -> {});
    }

    public byte[] bundle(Consumer<BundleWriter> more) {
        return world.write(receipts, writer -> {
            writer.note(World.QVL, shown.checkpoint()).slice(slice()).completeness(completeness());
            more.accept(writer);
        });
    }

    public VerificationReport verify() {
        return world.verify(bundle());
    }

    /** Where the entries lie. */
    public String leaves() {
        return BundlePath.leaves(shown.origin(), from, to);
    }
}
