package org.embassage.evidence.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.MerkleRanges.Range;

/**
 * A part of check 20: no run of a ledger's entries has two digests, in whichever proofs and under checkpoints of whichever
 * sizes. So a ledger that was rewritten is found even if no two checkpoints of one size are at hand.
 */
final class LedgerRanges {

    private final Map<String, Map<Range, Known>> ledgers = new HashMap<>();
    private final SortedMap<String, Clash> clashes = new TreeMap<>();

    /** @param size of the checkpoint under which it is known */
    private record Known(Digest digest, long size, String place) {
        /** Whether it is the checkpoint's root. */
        boolean root(Range range) {
            return range.from() == 0 && range.to() == size;
        }
    }

    private record Clash(Range range, Known one, Known other) {}

    /** A checkpoint that its ledger signed. */
    void root(Checkpoint checkpoint, String place) {
        if (checkpoint.size() > 0) {
            known(checkpoint, new Range(0, checkpoint.size()), checkpoint.root(), place);
        }
    }

    /** What a proof that holds says under a checkpoint. */
    void proof(Checkpoint checkpoint, Map<Range, Digest> ranges, String place) {
        ranges.forEach((range, digest) -> known(checkpoint, range, digest, place));
    }

    private void known(Checkpoint checkpoint, Range range, Digest digest, String place) {
        Known now = new Known(digest, checkpoint.size(), place);
        Known before = ledgers.computeIfAbsent(checkpoint.origin(), origin -> new HashMap<>())
                .putIfAbsent(range, now);
        boolean twoRoots = before != null && before.root(range) && now.root(range); // said where roots are kept
        if (before != null && !before.digest().equals(digest) && !twoRoots) {
            clashes.merge(
                    checkpoint.origin(),
                    new Clash(range, before, now),
                    (known, found) -> width(found) < width(known) ? found : known);
        }
    }

    private static long width(Clash clash) {
        return clash.range().to() - clash.range().from();
    }

    /** Says of each ledger the shortest run that has two digests. */
    void report(Findings findings) {
        clashes.forEach((origin, clash) -> findings.fail(
                Check.LEDGERS,
                Indication.LEDGER_FAILURE,
                origin,
                "ledger " + origin + " was rewritten: " + entries(clash.range()) + " in "
                        + clash.one().place() + ", by its checkpoint of size "
                        + clash.one().size() + ", and another in "
                        + clash.other().place() + ", by its checkpoint of size "
                        + clash.other().size()
                        + "; both are signed with its key"));
    }

    private static String entries(Range range) {
        return range.to() - range.from() == 1
                ? "its entry " + range.from() + " is one thing"
                : "its entries " + range.from() + " to " + (range.to() - 1) + " are one thing";
    }
}
