package org.embassage.gateway.evidence;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerSlice.Entry;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.EnteredQuery;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.Entered;

/** The entries of a stretch of our ledger in order, read page by page, each clear or hidden. */
final class SliceEntries implements Iterator<Entry> {

    private static final int PAGE = 2048;

    /** Whether an entry is shown: one of a receipt, with what is known of it, or another. */
    interface Shown {
        boolean test(LedgerLeaf leaf, Optional<Entered> receipt);
    }

    private final Ledgerbook ledgerbook;
    private final Register register;
    private final long to;
    private final Shown shown;
    private final Queue<Entry> page = new ArrayDeque<>();
    private long next;

    SliceEntries(Ledgerbook ledgerbook, Register register, long from, long to, Shown shown) {
        this.ledgerbook = ledgerbook;
        this.register = register;
        this.next = from;
        this.to = to;
        this.shown = shown;
    }

    @Override
    public boolean hasNext() {
        return !page.isEmpty() || next < to;
    }

    /** @throws Broken LEDGER_DAMAGED if leaves are missing */
    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (page.isEmpty()) {
            read();
        }
        return page.remove();
    }

    private void read() {
        int wanted = (int) Math.min(PAGE, to - next);
        List<String> texts = ledgerbook.leaves(next, wanted);
        List<byte[]> hashes = ledgerbook.leafHashes(next, wanted);
        if (texts.size() != wanted || hashes.size() != wanted) {
            throw new Broken(FaultCode.LEDGER_DAMAGED);
        }
        Map<Long, Entered> entered = new HashMap<>();
        long first = ledgerbook.first();
        register.entered(EnteredQuery.of(first + next, first + next + wanted, wanted))
                .forEach(entry -> entered.put(entry.leafIndex() - first, entry));
        for (int i = 0; i < wanted; i++) {
            LedgerLeaf leaf = new LedgerLeaf(texts.get(i));
            page.add(
                    shown.test(leaf, Optional.ofNullable(entered.get(next + i)))
                            ? new Entry.Clear(leaf)
                            : new Entry.Hidden(Digest.of(hashes.get(i))));
        }
        next += wanted;
    }
}
