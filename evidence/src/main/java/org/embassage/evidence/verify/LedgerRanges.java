package org.embassage.evidence.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.MerkleRanges.Range;

/**
 * A part of check 20: no run of a ledger's entries has two digests, and no receipt two places, in whichever proofs and under
 * checkpoints of whichever sizes. So a ledger that was rewritten is found even if no two checkpoints of one size are at hand.
 */
final class LedgerRanges {

    private final Map<String, Map<Range, Known>> ledgers = new HashMap<>();
    private final SortedMap<String, Clash> clashes = new TreeMap<>();
    private final Map<String, Map<Digest, Placed>> leaves = new HashMap<>();
    /** Of each ledger the first receipt that is said to be at two places: a ledger enters a receipt once. */
    private final SortedMap<String, String> moved = new TreeMap<>();

    /** @param size of the checkpoint under which it is known */
    private record Known(Digest digest, long size, String place) {
        /** Whether it is the checkpoint's root. */
        boolean root(Range range) {
            return range.from() == 0 && range.to() == size;
        }
    }

    private record Clash(Range range, Known one, Known other) {}

    /** Where a leaf is, by the first proof that was seen. */
    private record Placed(long index, long size, String place) {}

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

    /** A leaf at its place, by a proof that holds. */
    void leaf(Checkpoint checkpoint, Digest leaf, long index, String place) {
        Placed now = new Placed(index, checkpoint.size(), place);
        Placed before = leaves.computeIfAbsent(checkpoint.origin(), origin -> new HashMap<>())
                .putIfAbsent(leaf, now);
        if (before != null && before.index() != index) {
            moved.putIfAbsent(
                    checkpoint.origin(),
                    "ledger " + checkpoint.origin() + " was rewritten: what is in " + before.place()
                            + " is its entry " + before.index() + ", by its checkpoint of size " + before.size()
                            + ", and by " + now.place() + " its entry " + index + ", by its checkpoint of size "
                            + now.size()
                            + "; both are signed with its key");
        }
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
        reportMoved(findings);
    }

    /** Ledgers that clash need not be named again. */
    private void reportMoved(Findings findings) {
        moved.forEach((origin, sentence) -> {
            if (!clashes.containsKey(origin)) {
                findings.fail(Check.LEDGERS, Indication.LEDGER_FAILURE, origin, sentence);
            }
        });
    }

    private static String entries(Range range) {
        return range.to() - range.from() == 1
                ? "its entry " + range.from() + " is one thing"
                : "its entries " + range.from() + " to " + (range.to() - 1) + " are one thing";
    }
}
