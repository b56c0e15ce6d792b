package org.embassage.gateway.evidence;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.Register.Entered;

/** Divides what was asked for into parts that adjoin: each a stretch of the ledger with all that begins in it. */
final class Planner {

    /** A ledger's entry in the file that shows it, and more than that. */
    private static final long ENTRY_OCTETS = 400;

    private final ExportLimits limits;
    private final long receiptOctets;
    private final List<Part> parts = new ArrayList<>();
    private final Set<ExchangeId> exchanges = new HashSet<>();
    private long from;
    private int beginnings;
    private int receipts;

    private final List<Long> epochs;

    private Planner(ExportLimits limits, long receiptOctets, long from, List<Long> epochs) {
        this.epochs = List.copyOf(epochs);
        this.limits = limits;
        this.receiptOctets = Math.max(1, receiptOctets);
        this.from = from;
    }

    /**
     * Divides it.
     *
     * @param epochs where the ledger's epochs begin: a part lies in one of them
     * @param receiptOctets how large a receipt is in a bundle with all that belongs to it, about
     */
    static List<Part> plan(Selection selection, ExportLimits limits, long receiptOctets, List<Long> epochs) {
        Planner planner = new Planner(limits, receiptOctets, selection.from(), epochs);
        selection.each(selection.from(), selection.to(), entry -> {
            if (selection.chosen(entry)) {
                planner.add(entry);
            }
        });
        return planner.end(selection.to());
    }

    private void add(Entered entry) {
        cutEpoch(entry.leafIndex());
        cutLong(entry.leafIndex());
        boolean again = entry.exchange().map(exchanges::contains).orElse(false);
        if (again) {
            return;
        }
        if (beginnings > 0 && full(entry)) {
            cut(entry.leafIndex());
        }
        entry.exchange().ifPresent(exchanges::add);
        beginnings++;
        receipts += Math.max(1, entry.receipts());
    }

    private boolean full(Entered entry) {
        long then = receipts + Math.max(1, entry.receipts());
        return beginnings >= limits.exchanges()
                || then > ExportLimits.MOST_RECEIPTS
                || then * receiptOctets + (entry.leafIndex() - from) * ENTRY_OCTETS > limits.octets();
    }

    private void cutEpoch(long to) {
        for (long epoch : epochs) {
            if (epoch > from && epoch <= to) {
                cutLong(epoch);
                cut(epoch);
            }
        }
    }

    /** A stretch has few enough entries even where nothing is asked for. */
    private void cutLong(long to) {
        while (to - from > limits.entries()) {
            cut(from + limits.entries());
        }
    }

    private void cut(long to) {
        parts.add(new Part(from, to, beginnings, receipts));
        from = to;
        exchanges.clear();
        beginnings = 0;
        receipts = 0;
    }

    private List<Part> end(long to) {
        cutEpoch(to);
        cutLong(to);
        if (to > from) {
            cut(to);
        }
        return List.copyOf(parts);
    }
}
