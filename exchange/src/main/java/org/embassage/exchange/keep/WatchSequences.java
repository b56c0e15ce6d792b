package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.ledger.SequenceGaps;
import org.embassage.exchange.ledger.SequenceGaps.Gap;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Round;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches for numbers of peers that are missing; says once of each when it is missed, and once when it is not any more. */
public final class WatchSequences implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(WatchSequences.class);

    private final PeerDirectory peers;
    private final SequenceGaps gaps;
    private final Clock clock;
    private volatile List<Gap> missing = List.of();

    public WatchSequences(PeerDirectory peers, Register register, Clock clock) {
        this.peers = peers;
        this.gaps = new SequenceGaps(register);
        this.clock = clock;
    }

    /** What was missing at the last look. */
    public List<Gap> missing() {
        return missing;
    }

    @Override
    public boolean run() {
        Instant now = clock.instant();
        List<Gap> found = new ArrayList<>();
        for (Peer peer : peers.all()) {
            found.addAll(gaps.of(peer.id(), now));
        }
        Set<String> before = names(missing);
        Set<String> after = names(found);
        found.stream()
                .filter(gap -> !before.contains(name(gap)))
                .forEach(gap -> LOG.warn(
                        "peer={} number={} exchange={} event=SequenceGap fault={}",
                        gap.peer(),
                        gap.number(),
                        gap.exchange().map(Object::toString).orElse("unknown"),
                        FaultCode.SEQUENCE_GAP.code()));
        missing.stream()
                .filter(gap -> !after.contains(name(gap)))
                .forEach(gap -> LOG.info("peer={} number={} event=SequenceGapClosed", gap.peer(), gap.number()));
        missing = List.copyOf(found);
        return false;
    }

    private static Set<String> names(List<Gap> gaps) {
        return gaps.stream().map(WatchSequences::name).collect(Collectors.toCollection(HashSet::new));
    }

    private static String name(Gap gap) {
        return gap.peer() + " " + gap.number();
    }
}
