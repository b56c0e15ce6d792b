package org.embassage.exchange.send;

import java.util.HashMap;
import java.util.Map;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Journal;

/**
 * Hands out the numbers of each pair of gateways, reserved in blocks, each block in a commit of its own. What is left of a
 * block when the process ends is told to the peer as void at the next start. Thread-safe.
 */
final class Sequences {

    private static final int BLOCK = 64;

    private final Journal journal;
    private final Map<GatewayId, long[]> blocks = new HashMap<>();

    Sequences(Journal journal) {
        this.journal = journal;
    }

    synchronized long next(GatewayId peer) {
        long[] block = blocks.computeIfAbsent(peer, p -> new long[] {0, 0});
        if (block[0] == block[1]) {
            block[0] = journal.reserveSequence(peer, BLOCK);
            block[1] = block[0] + BLOCK;
        }
        return block[0]++;
    }

    /** A number that was handed out last and is not used after all: so it leaves no gap until the next start. */
    synchronized void giveBack(GatewayId peer, long number) {
        long[] block = blocks.get(peer);
        if (block != null && block[0] == number + 1) {
            block[0]--;
        }
    }
}
