package org.embassage.evidence.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.bundle.Completeness.Pair;
import org.embassage.evidence.bundle.Completeness.Range;
import org.embassage.evidence.ledger.LeafFacts.OfVoid;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.verify.Material.GoodReceipt;

/**
 * The sequence numbers of a statement of completeness: each is in a receipt, was never used, is said to lie elsewhere, or
 * is an admitted hole. Ranges may be as large as anybody writes them: no number is visited by itself.
 */
final class PeriodNumbers {

    private final Map<Direction, Told> told = new LinkedHashMap<>();
    /** The first receipt of a direction or a number that the statement leaves out. */
    private Optional<GoodReceipt> unstated = Optional.empty();

    private record Direction(GatewayId sender, GatewayId recipient) {
        @Override
        public String toString() {
            return "from " + sender + " to " + recipient;
        }
    }

    private static final class Told {
        private final Pair pair;
        private final TreeSet<Long> used = new TreeSet<>();
        private final List<Range> voided = new ArrayList<>();

        Told(Pair pair) {
            this.pair = pair;
        }
    }

    PeriodNumbers(Completeness statement) {
        statement.pairs().forEach(pair -> told.put(new Direction(pair.sender(), pair.recipient()), new Told(pair)));
    }

    /** A receipt that is entered in the slice. */
    void receipt(GoodReceipt receipt) {
        if (!(receipt.evidence().subject() instanceof Subject.OfExchange of)
                || receipt.evidence().recipient().isEmpty()) {
            return;
        }
        Direction direction = new Direction(
                receipt.evidence().sender(), receipt.evidence().recipient().get());
        Told here = told.get(direction);
        if (here == null
                || of.sequence() < here.pair.numbers().first()
                || of.sequence() > here.pair.numbers().last()) {
            unstated = unstated.or(() -> Optional.of(receipt));
        } else {
            here.used.add(of.sequence());
        }
    }

    /** Numbers that will never be used; those outside the statement's are no matter of it. */
    void voided(OfVoid of) {
        Told here = told.get(new Direction(of.sender(), of.recipient()));
        if (here == null) {
            return;
        }
        long first = Math.max(of.first(), here.pair.numbers().first());
        long last = Math.min(of.last(), here.pair.numbers().last());
        if (first <= last) {
            here.voided.add(new Range(first, last));
        }
    }

    /** How many numbers the exporter says to belong elsewhere. */
    long elsewhere() {
        return told.values().stream()
                .flatMap(here -> here.pair.elsewhere().stream())
                .mapToLong(range -> range.last() - range.first() + 1)
                .sum();
    }

    void judge(Findings findings) {
        unstated.ifPresent(receipt -> contradiction(
                findings,
                receipt.title()
                        + " is entered in the part of the ledger that is shown, but the statement leaves out its"
                        + " sequence number"));
        told.forEach((direction, here) -> judge(direction, here, findings));
    }

    private static void judge(Direction direction, Told here, Findings findings) {
        List<Range> accounted = new ArrayList<>(here.voided);
        accounted.addAll(here.pair.holes());
        accounted.addAll(here.pair.elsewhere());
        for (Range range : accounted) {
            Long used = here.used.ceiling(range.first());
            if (used != null && used <= range.last()) {
                contradiction(
                        findings,
                        "sequence number " + used + " " + direction
                                + " is in a receipt, but is said to be void, missing or" + " elsewhere");
                return;
            }
        }
        here.used.forEach(number -> accounted.add(new Range(number, number)));
        Optional<Range> missing = missing(here.pair.numbers(), accounted);
        if (missing.isPresent()) {
            contradiction(
                    findings,
                    numbers(missing.get()) + " " + direction + ": no receipt here is about "
                            + (missing.get().first() == missing.get().last() ? "it" : "them")
                            + ", and the exporter neither says that it has nothing nor that it lies elsewhere");
        } else if (!here.pair.holes().isEmpty()) {
            Range hole = here.pair.holes().get(0);
            findings.notChecked(
                    Check.PERIOD,
                    Indication.TRY_LATER,
                    BundlePath.COMPLETENESS,
                    numbers(hole) + " " + direction + ": the exporter admits that it has nothing"
                            + (here.pair.holes().size() == 1
                                    ? ""
                                    : ", nor of " + (here.pair.holes().size() - 1) + " further stretches of numbers")
                            + "; ask the other gateway");
        }
    }

    /** The first numbers that nothing accounts for. */
    private static Optional<Range> missing(Range all, List<Range> accounted) {
        accounted.sort(Comparator.comparing(Range::first));
        long next = all.first();
        for (Range range : accounted) {
            if (range.first() > next) {
                return Optional.of(new Range(next, range.first() - 1));
            }
            next = Math.max(next, range.last() + 1);
        }
        return next <= all.last() ? Optional.of(new Range(next, all.last())) : Optional.empty();
    }

    private static String numbers(Range range) {
        return range.first() == range.last()
                ? "sequence number " + range.first()
                : "sequence numbers " + range.first() + " to " + range.last();
    }

    private static void contradiction(Findings findings, String sentence) {
        findings.fail(Check.PERIOD, Indication.CONTRADICTION, BundlePath.COMPLETENESS, sentence);
    }
}
