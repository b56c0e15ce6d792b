package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embassage.evidence.Digest;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stampbook.StatusKind;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Round;

/**
 * Keeps every authority's certificate and every revocation list that this gateway was ever given, so that a receipt can be
 * judged by those of its time when they are long gone from the trust folder. Not thread-safe.
 */
public final class KeepStatuses implements Round {

    private final StatusSource source;
    private final Journal journal;
    private final Stampbook stampbook;
    private final Clock clock;
    private final Set<Digest> known = new HashSet<>();

    public KeepStatuses(StatusSource source, Journal journal, Stampbook stampbook, Clock clock) {
        this.source = source;
        this.journal = journal;
        this.stampbook = stampbook;
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Fact> facts = new ArrayList<>();
        Set<Digest> found = new HashSet<>();
        collect(StatusKind.CERTIFICATE, source.certificates(), now, facts, found);
        collect(StatusKind.CRL, source.revocationLists(), now, facts, found);
        if (!facts.isEmpty()) {
            journal.commit(new StepOutcome(facts));
        }
        known.addAll(found);
        return false;
    }

    private void collect(StatusKind kind, List<Published> given, Instant now, List<Fact> facts, Set<Digest> found) {
        for (Published octets : given) {
            Digest digest = octets.digest();
            if (!known.contains(digest) && found.add(digest) && !stampbook.keeps(digest)) {
                facts.add(new Fact.StatusKept(kind, now, octets));
            }
        }
    }
}
