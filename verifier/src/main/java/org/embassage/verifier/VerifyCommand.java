package org.embassage.verifier;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.embassage.evidence.verify.Comparison;
import org.embassage.evidence.verify.LedgerFolder;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.LedgerReport;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.evidence.verify.TrustFolder;
import org.embassage.evidence.verify.VerifyPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The verify command: {@code embassage-verify} by itself, and {@code embassage verify} as a part of the gateway's
 * command. The report goes to standard output, everything else to standard error. Exit codes: 0 TOTAL-PASSED, 1 the
 * operation failed, 2 usage, 3 TOTAL-FAILED, 4 INDETERMINATE, 5 a file is not found. Of many files the worst counts.
 */
@Command(
        name = "embassage-verify",
        description = "Checks evidence bundles and receipts against trust anchors that you bring. Offline.",
        header = {
            "Examples:",
            "  ${COMMAND-FULL-NAME} bundle.zip --trust anchors/",
            "  ${COMMAND-FULL-NAME} bundle.zip --trust anchors/ --policy policy.txt --report detailed",
            "  ${COMMAND-FULL-NAME} receipt.asice --trust anchors/ --at 2031-05-01T12:00:00Z --json",
            "  ${COMMAND-FULL-NAME} bundle.zip --trust anchors/ --policy policy.txt --pdf report.pdf",
            "  ${COMMAND-FULL-NAME} archive/ --trust anchors/ --policy policy.txt",
            "  ${COMMAND-FULL-NAME} ledger data/ledger --trust anchors/",
            "  ${COMMAND-FULL-NAME} QOS-POL.1f0c.misbehaviour --trust anchors/",
            "  ${COMMAND-FULL-NAME} ours.zip --compare theirs.zip --trust anchors/ --policy policy.txt",
            ""
        },
        footer = {
            "",
            "The trust folder holds the CA certificates that you got from each country yourself (QVL.pem speaks for QVL"
                    + " only), revocation lists (*.crl), and ledger keys if you pin them (*.vkey).",
            "",
            "A proof of misbehaviour (*.misbehaviour) is PROVEN (exit code 3) or NOT PROVEN (4), by a pinned key or by a"
                    + " signed peer card (*.card.xml, *.card.xml.p7s) in the trust folder.",
            "",
            "Exit codes: 0 TOTAL-PASSED, 1 operation failed, 2 usage, 3 TOTAL-FAILED, 4 INDETERMINATE, 5 not found."
                    + " Of many files the worst counts."
        },
        mixinStandardHelpOptions = true,
        version = VerifyCommand.VERSION)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls
public final class VerifyCommand implements Callable<Integer> {

    /** Reports of this command as JSON name this schema; it changes when a reader of it would have to. */
    public static final String JSON_SCHEMA = "embassage-verify/1";

    /** The last line of {@code --json} about many files names this one. */
    public static final String ARCHIVE_SCHEMA = "embassage-verify-archive/1";

    /** What {@code --compare} prints as JSON names this one. */
    public static final String COMPARISON_SCHEMA = "embassage-verify-comparison/1";

    /** What is printed as JSON of a proof of misbehaviour names this one. */
    public static final String MISBEHAVIOUR_SCHEMA = "embassage-verify-misbehaviour/1";

    /** What is printed as JSON of a folder with a ledger names this one. */
    public static final String LEDGER_SCHEMA = "embassage-verify-ledger/1";

    /** Before a folder: it holds a ledger. */
    private static final String LEDGER = "ledger";

    static final String RELEASE = "0.1.0";
    static final String VERSION = "embassage-verify " + RELEASE + ", formats: embassage-bundle/v1, evidence 1.0";
    static final int FAILED_OPERATION = 1;
    static final int USAGE = 2;
    static final int NOT_FOUND = 5;

    private final Clock clock;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description =
                    "Bundles and dispute files (.zip), receipts (.asice), proofs of misbehaviour (.misbehaviour), or"
                            + " folders of them; or the word ledger and the folder of a ledger or of a neutral witness.")
    private List<Path> paths;

    @Option(names = "--trust", paramLabel = "DIR", required = true, description = "Folder with what you believe.")
    private Path trust;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Which checks may be NOT CHECKED. Without it, none may.")
    private @Nullable Path policy;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Judge certificates at this time, for example 2031-05-01T12:00:00Z. Default: now.")
    private @Nullable String at;

    @Option(
            names = "--report",
            paramLabel = "KIND",
            description = "simple (one line a check), detailed, or etsi (XML modelled on ETSI TS 119 102-2).")
    private Report report = Report.simple;

    @Option(names = "--json", description = "Print one JSON object a file, whatever happens.")
    private boolean json;

    @Option(names = "--quiet", description = "Print the verdict's line only.")
    private boolean quiet;

    @Option(
            names = "--pdf",
            paramLabel = "FILE",
            description = "Write the report on paper too: PDF/A with the examined file inside. For one file; FILE must"
                    + " not be there yet.")
    private @Nullable Path pdf;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "Lay another bundle beside this one, usually the other side's about the same exchange.")
    private @Nullable Path compare;

    @Option(
            names = "--progress",
            paramLabel = "KIND",
            description = "With many files: bar, lines or none. Default: a bar on a terminal, else lines.")
    private Progress.@Nullable Kind progress;

    /** How much to print. */
    enum Report {
        simple,
        detailed,
        etsi
    }

    /** The command with the system's clock. */
    public VerifyCommand() {
        this(Clock.systemUTC());
    }

    VerifyCommand(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        boolean ledger = paths.size() == 2 && paths.get(0).toString().equals(LEDGER);
        for (Path path : ledger ? paths.subList(1, 2) : paths) {
            if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
                return problem(NOT_FOUND, "there is no file " + path);
            }
        }
        if (!Files.isDirectory(trust)) {
            return problem(NOT_FOUND, "there is no folder " + trust);
        }
        if (policy != null && !Files.isRegularFile(policy)) {
            return problem(NOT_FOUND, "there is no file " + policy);
        }
        boolean single = paths.size() == 1 && Files.isRegularFile(paths.get(0));
        if (pdf != null && !single) {
            return problem(USAGE, "--pdf is for one bundle or one receipt");
        }
        if (compare != null && !Files.isRegularFile(compare)) {
            return problem(NOT_FOUND, "there is no file " + compare);
        }
        if (compare != null && (!single || pdf != null || report == Report.etsi)) {
            return problem(USAGE, "--compare is for two bundles, as text or as JSON");
        }
        if (report == Report.etsi && !single) {
            return problem(USAGE, "--report etsi is for one bundle or one receipt");
        }
        if (pdf != null && Files.exists(pdf, LinkOption.NOFOLLOW_LINKS)) {
            return problem(USAGE, "there is already a file " + pdf + "; it is left as it is");
        }
        try {
            return run();
        } catch (IOException unreadable) {
            return problem(FAILED_OPERATION, "a file cannot be read");
        }
    }

    private int run() throws IOException {
        Optional<Instant> time = at == null ? Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS)) : parsed(at);
        if (time.isEmpty()) {
            return problem(USAGE, "--at is not a time such as 2031-05-01T12:00:00Z");
        }
        Optional<VerifyPolicy> allowed = policy == null
                ? Optional.of(VerifyPolicy.strict())
                : VerifyPolicy.parse(Files.readString(policy, StandardCharsets.UTF_8));
        if (allowed.isEmpty()) {
            return problem(
                    USAGE,
                    "the policy is not understood: its first line is embassage-policy/v1, each further one"
                            + " is 'optional' and the name of a check");
        }
        if (paths.size() == 2 && paths.get(0).toString().equals(LEDGER)) {
            return ledger(paths.get(1), allowed.get(), time.get());
        }
        if (paths.size() == 1 && compare == null && MisbehaviourText.isOne(paths.get(0))) {
            return misbehaviour(paths.get(0), time.get());
        }
        TrustFolder.Outcome believed = TrustFolder.read(trust);
        if (!(believed instanceof TrustFolder.Outcome.Read read)) {
            return problem(USAGE, ((TrustFolder.Outcome.Unusable) believed).problem());
        }
        Judge judge = new Judge(
                read.trust(),
                allowed.get(),
                time.get(),
                clock,
                new Examination.Called(
                        trust.toString(),
                        Optional.ofNullable(policy).map(Path::toString).stream().toList()));
        if (compare != null) {
            return both(judge, compare);
        }
        return paths.size() == 1 && Files.isRegularFile(paths.get(0))
                ? one(judge)
                : many(judge, LedgerKeys.read(trust, read.trust(), time.get()));
    }

    private int ledger(Path folder, VerifyPolicy allowed, Instant time) throws IOException {
        TrustFolder.Outcome believed = TrustFolder.readKeys(trust);
        if (!(believed instanceof TrustFolder.Outcome.Read read)) {
            return problem(USAGE, ((TrustFolder.Outcome.Unusable) believed).problem());
        }
        if (pdf != null || compare != null || report == Report.etsi) {
            return problem(USAGE, "a ledger is told as text or as JSON");
        }
        LedgerKeys keys = LedgerKeys.read(trust, read.trust(), time);
        LedgerReport judged = LedgerFolder.read(folder, keys, allowed, time, done -> {});
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? LedgerText.json(judged, folder.toString())
                        : quiet ? LedgerText.line(judged) : LedgerText.of(judged));
        out.flush();
        return judged.verdict().exitCode();
    }

    private int misbehaviour(Path file, Instant time) throws IOException {
        TrustFolder.Outcome believed = TrustFolder.readKeys(trust);
        if (!(believed instanceof TrustFolder.Outcome.Read read)) {
            return problem(USAGE, ((TrustFolder.Outcome.Unusable) believed).problem());
        }
        if (pdf != null || report == Report.etsi) {
            return problem(USAGE, "a proof of misbehaviour is told as text or as JSON");
        }
        LedgerKeys keys = LedgerKeys.read(trust, read.trust(), time);
        MisbehaviourReport judged = MisbehaviourText.judge(file, keys);
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? MisbehaviourText.json(judged, keys, file.toString())
                        : quiet ? MisbehaviourText.line(judged) : MisbehaviourText.of(judged, keys));
        out.flush();
        return judged.exitCode();
    }

    private int both(Judge judge, Path other) {
        Optional<Comparison> compared = judge.compare(paths.get(0), other);
        if (compared.isEmpty()) {
            return problem(FAILED_OPERATION, "one of the two files cannot be read, or is larger than any bundle");
        }
        Comparison comparison = compared.get();
        List<String> names = List.of(paths.get(0).toString(), other.toString());
        PrintWriter out = spec.commandLine().getOut();
        out.print(
                json
                        ? ComparisonReport.json(comparison, names)
                        : quiet ? ComparisonReport.line(comparison) : ComparisonReport.of(comparison, names));
        out.flush();
        return comparison.verdict().exitCode();
    }

    private int one(Judge judge) {
        return judge.judge(paths.get(0))
                .fold(
                        judged -> {
                            print(judged.examination());
                            return pdf == null || written(judged, pdf)
                                    ? judged.examination().report().verdict().exitCode()
                                    : problem(FAILED_OPERATION, "the PDF cannot be written");
                        },
                        unreadable -> problem(FAILED_OPERATION, unreadable.problem()));
    }

    private static boolean written(Judge.Outcome.Judged judged, Path pdf) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(pdf, StandardOpenOption.CREATE_NEW))) {
            PdfReport.write(judged.examination(), judged.content(), out);
            return true;
        } catch (IOException | UncheckedIOException unwritable) {
            return false;
        }
    }

    private void print(Examination examined) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(JsonReport.of(examined));
        } else if (quiet) {
            out.print(TextReport.line(examined));
        } else if (report == Report.etsi) {
            out.print(EtsiReport.of(examined));
        } else {
            out.print(TextReport.of(examined, report == Report.detailed));
        }
        out.flush();
    }

    private int many(Judge judge, LedgerKeys keys) throws IOException {
        Archive archive = new Archive(paths);
        long count = archive.count();
        if (count == 0) {
            return problem(
                    NOT_FOUND,
                    "there is no bundle (*.zip), no receipt (*.asice) and no proof of misbehaviour (*.misbehaviour) in "
                            + paths.get(0));
        }
        Progress told = new Progress(
                progress == null ? Progress.usual() : progress,
                count,
                spec.commandLine().getErr(),
                clock);
        PrintWriter out = spec.commandLine().getOut();
        Tally tally = ManyFiles.judge(archive, judge, keys, out, told, manyAsAsked());
        out.flush();
        return tally.exitCode();
    }

    private ManyFiles.Print manyAsAsked() {
        if (json) {
            return ManyFiles.Print.JSON;
        }
        if (quiet) {
            return ManyFiles.Print.QUIET;
        }
        return report == Report.detailed ? ManyFiles.Print.DETAILED : ManyFiles.Print.SIMPLE;
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private int problem(int exitCode, String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("embassage-verify: " + sentence);
        err.flush();
        if (json) {
            PrintWriter out = spec.commandLine().getOut();
            out.print(JsonReport.problem(exitCode, sentence));
            out.flush();
        }
        return exitCode;
    }
}
