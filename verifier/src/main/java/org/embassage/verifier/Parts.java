package org.embassage.verifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.JudgedPeriod;
import org.embassage.evidence.verify.JudgedReceipt;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;

/**
 * The exports that have several bundles: whether all parts are there and their entries follow each other without a gap,
 * and whether what one part leaves to another is there. Keeps the ids of exchanges and receipts of such exports, nothing
 * else of them.
 */
final class Parts {

    private final Map<Export, Gathered> exports = new LinkedHashMap<>();

    /** What the parts of one export have in common: all are of the ledger at one size. */
    record Export(
            GatewayId gateway,
            String origin,
            long size,
            Digest root,
            String scope,
            Optional<Instant> since,
            Optional<Instant> until,
            int parts) {}

    /**
     * What is to be said of an export.
     *
     * @param missing the numbers of the parts that are not there
     * @param verdict of the parts beside each other; each alone has its own
     */
    record Result(Export export, List<Integer> missing, Verdict verdict, String sentence) {}

    private record Part(String name, Completeness statement) {}

    private static final class Gathered {
        private final SortedMap<Integer, Part> parts = new TreeMap<>();
        private final Set<EvidenceId> receipts = new HashSet<>();
        private final Set<ExchangeId> exchanges = new HashSet<>();
        private final Map<EvidenceId, ExchangeId> before = new HashMap<>();
        private boolean holds = true;
        private boolean letGo = true;
        private Optional<String> wrong = Optional.empty();

        Completeness part(int number) {
            return Optional.ofNullable(parts.get(number)).orElseThrow().statement();
        }
    }

    void add(String name, VerificationReport report) {
        report.period().filter(period -> period.statement().parts() > 1).ifPresent(period -> add(name, period, report));
    }

    private void add(String name, JudgedPeriod period, VerificationReport report) {
        Completeness of = period.statement();
        Gathered here = exports.computeIfAbsent(
                new Export(
                        of.gateway(),
                        of.origin(),
                        period.size(),
                        period.root(),
                        of.scope().text(),
                        of.since(),
                        of.until(),
                        of.parts()),
                export -> new Gathered());
        Part same = here.parts.putIfAbsent(of.part(), new Part(name, of));
        if (same != null && !same.statement().equals(of)) {
            here.wrong = here.wrong.or(() -> Optional.of("two files say to be part " + of.part() + " of " + of.parts()
                    + ", and are not the same: " + same.name() + " and " + name));
        }
        boolean holds = report.of(Check.PERIOD).status() == Status.PASS;
        here.holds &= holds;
        here.letGo &= holds || report.of(Check.PERIOD).optional();
        here.before.putAll(period.before());
        for (JudgedReceipt receipt : report.receipts()) {
            here.receipts.add(receipt.evidence().id());
            if (receipt.evidence().subject() instanceof Subject.OfExchange exchange) {
                here.exchanges.add(exchange.exchange());
            }
        }
    }

    /** In the order in which their first parts were met. */
    List<Result> results() {
        return exports.entrySet().stream()
                .map(entry -> result(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Result result(Export export, Gathered here) {
        List<Integer> missing = IntStream.rangeClosed(1, export.parts())
                .filter(number -> !here.parts.containsKey(number))
                .boxed()
                .toList();
        Optional<String> wrong = here.wrong.or(() -> gap(here)).or(() -> leftOut(here));
        if (wrong.isPresent()) {
            return new Result(export, missing, Verdict.TOTAL_FAILED, "of " + title(export) + ", " + wrong.get());
        }
        if (!missing.isEmpty()) {
            return new Result(
                    export,
                    missing,
                    Verdict.INDETERMINATE,
                    "of " + title(export) + ", "
                            + (missing.size() == 1
                                    ? "part " + missing.get(0) + " is"
                                    : "parts " + told(missing) + " are")
                            + " missing: ask for "
                            + (missing.size() == 1 ? "it" : "them"));
        }
        long first = here.part(here.parts.firstKey()).from();
        long last = here.part(here.parts.lastKey()).to() - 1;
        if (!here.holds) {
            return new Result(
                    export,
                    missing,
                    here.letGo ? Verdict.TOTAL_PASSED : Verdict.INDETERMINATE,
                    "all of " + title(export) + " are here, from entry " + first + " to entry " + last
                            + " without a gap, but not each holds by itself");
        }
        long elsewhere = elsewhere(here);
        return new Result(
                export,
                missing,
                Verdict.TOTAL_PASSED,
                "all of " + title(export) + " are here: nothing that it entered into its ledger from entry " + first
                        + " to entry " + last
                        + (export.scope().equals("all") ? "" : " and shows in them (" + export.scope() + ")")
                        + " is missing from them"
                        + (elsewhere == 0
                                ? ""
                                : "; that " + elsewhere + " sequence number" + (elsewhere == 1 ? "" : "s")
                                        + " belong elsewhere is only said"));
    }

    private static String title(Export export) {
        return "the " + export.parts() + " parts of an export of " + export.gateway();
    }

    private static String told(List<Integer> numbers) {
        return numbers.stream().limit(20).map(Object::toString).collect(Collectors.joining(", "))
                + (numbers.size() > 20 ? " and " + (numbers.size() - 20) + " more" : "");
    }

    /** Part after part must go on where the one before ended, and may not begin earlier if parts between are missing. */
    private static Optional<String> gap(Gathered here) {
        Optional<Part> before = Optional.empty();
        for (Part part : here.parts.values()) {
            long from = part.statement().from();
            if (before.isPresent()) {
                Completeness last = before.get().statement();
                boolean next = last.part() + 1 == part.statement().part();
                if (next ? from != last.to() : from <= last.to()) {
                    return Optional.of("part " + last.part() + " ends before entry " + last.to() + ", but part "
                            + part.statement().part() + " begins with entry " + from + ": "
                            + (from > last.to()
                                    ? "entries between them are in no part"
                                    : "they do not follow each other"));
                }
            }
            before = Optional.of(part);
        }
        return Optional.empty();
    }

    /** A receipt that a part leaves to the one in which its exchange is must be there. */
    private static Optional<String> leftOut(Gathered here) {
        return here.before.entrySet().stream()
                .filter(entry -> here.exchanges.contains(entry.getValue()) && !here.receipts.contains(entry.getKey()))
                .min(Map.Entry.comparingByKey())
                .map(
                        entry -> "receipt " + entry.getKey() + " of exchange " + entry.getValue()
                                + " is in no part, though its entry is shown and others of that exchange are here: it was left out");
    }

    // ---- numbers that no part accounts for

    private record Direction(GatewayId sender, GatewayId recipient) {}

    private static long elsewhere(Gathered here) {
        Map<Direction, List<Completeness.Range>> said = new HashMap<>();
        Map<Direction, List<Completeness.Range>> accounted = new HashMap<>();
        for (Part part : here.parts.values()) {
            for (Completeness.Pair pair : part.statement().pairs()) {
                Direction direction = new Direction(pair.sender(), pair.recipient());
                said.computeIfAbsent(direction, unseen -> new ArrayList<>()).addAll(pair.elsewhere());
                accounted
                        .computeIfAbsent(direction, unseen -> new ArrayList<>())
                        .addAll(outside(pair));
            }
        }
        return said.entrySet().stream()
                .mapToLong(entry -> {
                    List<Completeness.Range> known = accounted.getOrDefault(entry.getKey(), List.of());
                    List<Completeness.Range> both = new ArrayList<>(known);
                    both.addAll(entry.getValue());
                    return count(both) - count(known);
                })
                .sum();
    }

    /** The numbers of a pair that are in receipts or void, as check 24 found: those that are said to be nothing else. */
    private static List<Completeness.Range> outside(Completeness.Pair pair) {
        List<Completeness.Range> others = new ArrayList<>(pair.holes());
        others.addAll(pair.elsewhere());
        others.sort(Comparator.naturalOrder());
        List<Completeness.Range> left = new ArrayList<>();
        long next = pair.numbers().first();
        for (Completeness.Range range : others) {
            if (range.first() > next) {
                left.add(new Completeness.Range(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        if (next <= pair.numbers().last()) {
            left.add(new Completeness.Range(next, pair.numbers().last()));
        }
        return left;
    }

    /** How many numbers are in any of the ranges. */
    private static long count(List<Completeness.Range> ranges) {
        long count = 0;
        long next = 1;
        for (Completeness.Range range : ranges.stream().sorted().toList()) {
            long first = Math.max(next, range.first());
            if (range.last() >= first) {
                count += range.last() - first + 1;
                next = range.last() + 1;
            }
        }
        return count;
    }
}
