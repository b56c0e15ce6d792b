package org.embassage.gateway.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.evidence.Beside;
import org.embassage.gateway.evidence.BundleExport;
import org.embassage.gateway.evidence.BundleExport.Exported;
import org.embassage.gateway.evidence.ExportLimits;
import org.embassage.gateway.evidence.Missing;
import org.embassage.gateway.evidence.NewFiles;
import org.embassage.gateway.evidence.Question;
import org.embassage.gateway.evidence.Selection;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bundle export}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
        name = "export",
        description = "Write what an auditor needs: receipts, proofs, cards, agreements and revocation lists, which"
                + " `embassage verify` judges offline. An answer to anything but one exchange also states that nothing is"
                + " missing, and the ledger proves it. Waits for proofs that are still to come. Large answers become several"
                + " files: all.001.zip, all.002.zip, ...")
@Examples({
    "bundle export --exchange ID --out evidence.zip",
    "bundle export --peer QOS-POL --out qos.zip",
    "bundle export --agreement QVL-QOS-2031-01 --month 2031-05 --out may.zip",
    "bundle export --from 2031-05-01 --to 2031-05-08 --state refused --out refused.zip",
    "bundle export --all --out all.zip --wait 0",
    "bundle export --exchange ID --beside theirs.zip --out ours.zip"
})
final class BundleExportCommand extends BooksCommand {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final int LARGEST_PART = 200;

    @ArgGroup(exclusive = false, multiplicity = "0..1", heading = "Which:%n")
    private AskedOptions asked = new AskedOptions();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write; must not exist.")
    private Path out;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long to wait for proofs if the gateway runs (default: 60).")
    private int wait;

    @Option(
            names = "--beside",
            paramLabel = "FILE",
            description =
                    "A bundle of the other gateway that this one will be laid beside in a dispute: brings the proofs"
                            + " that join each checkpoint which it shows to the newest. May be given more than once.")
    private List<Path> beside = new ArrayList<>();

    @Option(
            names = "--archive",
            description = "Put an archive time-stamp over each receipt (ASiC-E LTA), one request each.")
    private boolean archive;

    @Option(
            names = "--part-size",
            paramLabel = "MIB",
            defaultValue = "64",
            description = "About how large a file may get before the next part begins, 1 to 200 (default: 64).")
    private int partSize;

    @Override
    int read(Books books, Terminal terminal) {
        Question question = asked.question();
        if (partSize < 1 || partSize > LARGEST_PART) {
            throw new Stop(ExitCode.USAGE, "a part has 1 to " + LARGEST_PART + " MiB", "name such a --part-size");
        }
        NewFiles.refuseTaken(out);
        BundleExport export = export(books).beside(Beside.of(beside));
        Selection selection = export.select(question);
        if (selection.isEmpty()) {
            throw new Stop(
                    ExitCode.NOT_FOUND,
                    "this gateway has no receipts of such exchanges: " + question.text(),
                    "try `embassage exchange list`, with --received for those of peers");
        }
        Missing missing = awaited(books.configuration(), export, selection, terminal);
        ExportLimits usual = ExportLimits.USUAL;
        Exported exported = export.export(
                selection,
                out,
                new ExportLimits(usual.exchanges(), (long) partSize << 20, usual.entries()),
                archive,
                new Watched(terminal));
        List<String> foreign = export.foreign();
        int exit = exit(missing, foreign);
        tell(terminal, exported, missing, foreign, exit);
        return exit;
    }

    private static int exit(Missing missing, List<String> foreign) {
        if (!foreign.isEmpty()) {
            return ExitCode.INTEGRITY_ALARM;
        }
        return missing.receipts() > 0 ? ExitCode.INDETERMINATE : ExitCode.OK;
    }

    private static BundleExport export(Books books) {
        return new BundleExport(
                books.register(),
                books.ledgerbook(),
                Loaded.federation(books.configuration()),
                books.keys(),
                books.stampbook(),
                Parts.timeStamper(books.configuration(), Clock.systemUTC(), new SecureRandom()),
                Clock.systemUTC());
    }

    private Missing awaited(Configuration configuration, BundleExport export, Selection selection, Terminal terminal) {
        Instant deadline = Clock.systemUTC().instant().plusSeconds(wait);
        Missing missing = export.missing(selection);
        if (missing.receipts() > 0 && wait > 0 && idle(configuration)) {
            terminal.say("no gateway runs here, so nothing will come: not waiting");
            return missing;
        }
        int first = missing.receipts();
        Progress progress = new Progress(terminal, "waiting for proofs", first);
        while (missing.receipts() > 0 && Clock.systemUTC().instant().isBefore(deadline)) {
            Pause.take(LOOK);
            missing = export.missing(selection);
            progress.at(Math.max(0, first - missing.receipts()));
        }
        progress.end();
        return missing;
    }

    /** Several nodes may share a database: then one may run elsewhere. */
    private static boolean idle(Configuration configuration) {
        return configuration.store() instanceof Configuration.Store.Sqlite
                && !OrderFolder.isServed(configuration.home());
    }

    /** Tells how far it is. */
    private static final class Watched implements BundleExport.Watch {
        private final Terminal terminal;
        private Progress progress;

        Watched(Terminal terminal) {
            this.terminal = terminal;
            this.progress = new Progress(terminal, "gathering receipts", 1);
        }

        @Override
        public void begin(int parts, int receipts) {
            progress = new Progress(
                    terminal,
                    parts == 1 ? "gathering receipts" : "gathering receipts for " + parts + " files",
                    receipts);
        }

        @Override
        public void done(int receipts) {
            progress.at(receipts);
        }

        @Override
        public void end() {
            progress.end();
        }
    }

    private void tell(Terminal terminal, Exported exported, Missing missing, List<String> foreign, int exit) {
        if (json()) {
            var object = Json.verdict(exit);
            object.put("file", exported.files().get(0).toString());
            exported.files().forEach(file -> object.withArray("files").add(file.toString()));
            object.put("exchanges", exported.exchanges());
            object.put("receipts", exported.receipts());
            object.put("entriesFrom", exported.from());
            object.put("entriesTo", exported.to());
            object.put("unproven", missing.receipts());
            missing.sentences().forEach(object.withArray("missing")::add);
            foreign.forEach(object.withArray("foreign")::add);
            terminal.print(Json.text(object));
        } else {
            exported.files().forEach(file -> terminal.print(file.toString()));
        }
        terminal.say(count(exported.exchanges(), "exchange") + " with " + count(exported.receipts(), "receipt")
                + " written to "
                + (exported.files().size() == 1
                        ? out.toString()
                        : exported.files().size() + " files"));
        if (missing.receipts() > 0) {
            terminal.say(terminal.bad(count(missing.receipts(), "receipt")
                    + " of these cannot be proven yet; an auditor's verdict will be INDETERMINATE:"));
            missing.sentences().forEach(sentence -> terminal.say("  " + sentence));
            terminal.say("then export again, under another name");
        }
        if (!foreign.isEmpty()) {
            terminal.say(terminal.bad("a bundle beside shows checkpoints that this gateway never made, or lost:"));
            foreign.forEach(sentence -> terminal.say("  " + sentence));
            terminal.say("keep that bundle, tell whoever is responsible for security, and do not change anything here:"
                    + " somebody else has the ledger's key, or the store was put back or rewritten");
        }
        terminal.say("next: `embassage verify "
                + (exported.files().size() == 1 ? out : "FOLDER")
                + " --trust DIR` with the auditor's own anchors");
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
