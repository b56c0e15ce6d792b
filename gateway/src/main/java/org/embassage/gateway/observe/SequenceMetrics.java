package org.embassage.gateway.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.embassage.exchange.ledger.SequenceGaps.Gap;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;

/** How many numbers of each peer's sequence are missing. */
public final class SequenceMetrics {

    private final PeerDirectory peers;
    private final Supplier<List<Gap>> missing;
    private final MultiGauge gaps;

    /** @param missing at the last look */
    public SequenceMetrics(PeerDirectory peers, Supplier<List<Gap>> missing, MeterRegistry meters) {
        this.peers = peers;
        this.missing = missing;
        this.gaps = MultiGauge.builder("gateway.sequence.gaps")
                .description("Messages of a peer that have not come though later ones have.")
                .register(meters);
    }

    /** Reads all figures anew. */
    public void refresh() {
        List<Gap> found = missing.get();
        List<Row<?>> rows = new ArrayList<>();
        for (Peer peer : peers.all()) {
            long count =
                    found.stream().filter(gap -> gap.peer().equals(peer.id())).count();
            rows.add(Row.of(Tags.of("peer", peer.id().value()), count));
        }
        gaps.register(rows, true);
    }
}
