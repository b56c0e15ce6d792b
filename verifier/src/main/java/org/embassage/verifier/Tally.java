package org.embassage.verifier;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;

/** What became of many files: counts, and the first file of each kind. Its size does not grow with the files, but with
 * the receipts of exports that have several parts. */
final class Tally {

    /** Of files that rely on one ledger so many are named. */
    private static final int MOST_NAMED = 20;

    private final Map<String, Row> rows = new TreeMap<>();
    private long files;
    private long receipts;
    private long notJudged;
    private long leftAside;
    private long proven;
    private long notProven;
    private String firstProven = "";
    private String firstNotJudged = "";
    private long doubtfulTimes;
    private String firstDoubtfulTime = "";
    private final Parts parts = new Parts();
    private final SortedMap<String, Relying> relying = new TreeMap<>();
    private final SortedSet<String> accused = new TreeSet<>();

    /** The files whose receipts or index a gateway signed: how many, and the first of them. */
    private record Relying(long files, List<String> first) {
        private Relying more(String name) {
            return new Relying(
                    files + 1,
                    first.size() < MOST_NAMED
                            ? Stream.concat(first.stream(), Stream.of(name)).toList()
                            : first);
        }
    }

    /**
     * A ledger against which a proof of misbehaviour holds.
     *
     * @param files how many of the others hold receipts that its gateway signed, or are exported by it
     * @param first the first of them, not all if there are many
     */
    record Accused(String ledger, long files, List<String> first) {
        String sentence() {
            return "Files that rely on ledger " + ledger + ", against which a proof of misbehaviour holds: "
                    + (files == 0
                            ? "none of those here"
                            : String.join(", ", first)
                                    + (files > first.size() ? " and " + (files - first.size()) + " more" : "")
                                    + ". Of its entries rely only on those under a checkpoint that somebody else"
                                    + " cosigned, or that an authority which neither side runs time-stamped");
        }
    }

    /**
     * Files of one verdict and indication.
     *
     * @param first the first of them
     * @param sentence of the first
     */
    record Row(Verdict verdict, Indication indication, long files, String first, String sentence) {
        private Row more() {
            return new Row(verdict, indication, files + 1, first, sentence);
        }
    }

    void add(String name, VerificationReport report) {
        files++;
        receipts += report.receipts().size();
        report.doubtfulTime().ifPresent(doubt -> {
            doubtfulTimes++;
            firstDoubtfulTime = firstDoubtfulTime.isEmpty() ? name + ": " + doubt : firstDoubtfulTime;
        });
        parts.add(name, report);
        relyOn(report)
                .forEach(gateway ->
                        relying.merge(gateway, new Relying(1, List.of(name)), (known, same) -> known.more(name)));
        rows.merge(
                report.verdict().ordinal() + report.indication().name(),
                new Row(report.verdict(), report.indication(), 1, name, report.sentence()),
                (known, same) -> known.more());
    }

    /** A proof of misbehaviour that holds fails the sum; one that does not leaves it open. */
    void add(String name, MisbehaviourReport report) {
        files++;
        if (!report.proven()) {
            notProven++;
        } else {
            proven++;
            report.proof().ifPresent(proof -> accused.add(proof.origin()));
            firstProven = firstProven.isEmpty() ? name + ": " + report.sentence() : firstProven;
        }
    }

    private static Set<String> relyOn(VerificationReport report) {
        Set<String> gateways = new TreeSet<>();
        report.receipts()
                .forEach(receipt -> gateways.add(receipt.evidence().issuer().toString()));
        report.index().ifPresent(index -> gateways.add(index.exporter().toString()));
        return gateways;
    }

    /** Against whom a proof holds, and which of the other files rest on that. */
    List<Accused> accused() {
        return accused.stream()
                .map(ledger -> {
                    Relying of = relying.getOrDefault(ledger.split("/", -1)[0], new Relying(0, List.of()));
                    return new Accused(ledger, of.files(), of.first());
                })
                .toList();
    }

    void addNotJudged(String name) {
        files++;
        notJudged++;
        if (notJudged == 1) {
            firstNotJudged = name;
        }
    }

    /** A file in a folder that is neither a bundle nor a receipt by its name, or a link. */
    void addLeftAside() {
        leftAside++;
    }

    long files() {
        return files;
    }

    long receipts() {
        return receipts;
    }

    long notJudged() {
        return notJudged;
    }

    long leftAside() {
        return leftAside;
    }

    long proven() {
        return proven;
    }

    long notProven() {
        return notProven;
    }

    /** What is to be said of the exports that have several parts. */
    List<Parts.Result> exports() {
        return parts.results();
    }

    private Optional<Parts.Result> export(Verdict verdict) {
        return exports().stream().filter(export -> export.verdict() == verdict).findFirst();
    }

    /** The worst first. */
    List<Row> rows() {
        return rows.values().stream()
                .sorted(Comparator.comparing(Row::verdict, Comparator.reverseOrder())
                        .thenComparing(Row::indication))
                .toList();
    }

    long of(Verdict verdict) {
        return rows.values().stream()
                .filter(row -> row.verdict() == verdict)
                .mapToLong(Row::files)
                .sum();
    }

    /** In the words of EN 319 102-1, or NONE if a file could not be judged and none failed. */
    String verdict() {
        if (anyFailed()) {
            return Verdict.TOTAL_FAILED.words();
        }
        return notJudged > 0 ? "NONE" : worst().words();
    }

    private boolean anyFailed() {
        return of(Verdict.TOTAL_FAILED) > 0
                || proven > 0
                || export(Verdict.TOTAL_FAILED).isPresent();
    }

    private Verdict worst() {
        Verdict ofFiles = ofFiles();
        return ofFiles == Verdict.TOTAL_PASSED
                        && (notProven > 0 || export(Verdict.INDETERMINATE).isPresent())
                ? Verdict.INDETERMINATE
                : ofFiles;
    }

    private Verdict ofFiles() {
        return rows.values().stream()
                .map(Row::verdict)
                .max(Comparator.naturalOrder())
                .orElse(Verdict.INDETERMINATE);
    }

    /** The worst: a file that failed, then one that could not be judged, then one that is undecided. */
    int exitCode() {
        if (anyFailed()) {
            return Verdict.TOTAL_FAILED.exitCode();
        }
        return notJudged > 0 ? VerifyCommand.FAILED_OPERATION : worst().exitCode();
    }

    String sentence() {
        long failed = of(Verdict.TOTAL_FAILED);
        if (failed > 0) {
            Row first = rows().get(0);
            return "Do not rely on all of it: " + failed + " of " + count() + " failed. The first is " + first.first()
                    + ": " + first.sentence().replaceFirst("^Do not rely on it: ", "")
                    + (proven > 0 ? " And " + accusations() : "");
        }
        if (proven > 0) {
            return "Do not rely on the gateways that are accused: " + accusations();
        }
        if (export(Verdict.TOTAL_FAILED).isPresent()) {
            return "Do not rely on all of it: "
                    + export(Verdict.TOTAL_FAILED).get().sentence() + ".";
        }
        if (notJudged > 0) {
            return notJudged + " of " + count() + " could not be judged. The first is " + firstNotJudged + ".";
        }
        long open = of(Verdict.INDETERMINATE) + notProven;
        if (open > 0) {
            return "Nothing was found to be wrong, but for " + open + " of " + count() + " not all is proven."
                    + doubtfulTime();
        }
        if (export(Verdict.INDETERMINATE).isPresent()) {
            return "Everything that was checked holds, in each of " + count() + ", but not all is here: "
                    + export(Verdict.INDETERMINATE).get().sentence() + "." + doubtfulTime();
        }
        return "Everything that was checked holds, in each of " + count() + " with " + receipts + " receipts."
                + doubtfulTime();
    }

    private String doubtfulTime() {
        return doubtfulTimes == 0
                ? ""
                : " The times of " + doubtfulTimes + " of them prove little to a stranger. The first is "
                        + firstDoubtfulTime + ".";
    }

    private String accusations() {
        return proven + (proven == 1 ? " proof of misbehaviour holds" : " proofs of misbehaviour hold")
                + ". The first is " + firstProven + ".";
    }

    private String count() {
        return files + (files == 1 ? " file" : " files");
    }
}
