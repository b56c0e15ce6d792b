package org.embassage.gateway.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.port.TimeStamper;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Table;
import org.embassage.gateway.terminal.Terminal;
import org.embassage.gateway.timestamp.RenewRecords;
import org.embassage.gateway.timestamp.RenewRecords.State;
import org.embassage.sealing.timestamp.WatchedFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evidence renew} and {@code evidence status}. */
@Command(
        name = "evidence",
        description = "Keep exported evidence provable for decades: evidence records (RFC 4998) beside bundles.",
        subcommands = {EvidenceCommand.Renew.class, EvidenceCommand.Status.class})
@Examples({"evidence renew --home qvl archive", "evidence status archive"})
final class EvidenceCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "evidence needs a word more", "try `embassage evidence renew --help`");
    }

    /** The files meant by the paths of a command line. */
    private static List<Path> files(List<Path> paths) {
        try {
            List<Path> files = RenewRecords.files(paths);
            if (files.isEmpty()) {
                throw new Stop(
                        ExitCode.NOT_FOUND, "there is no *.zip and no *.asice in it", "name a bundle, or their folder");
            }
            return files;
        } catch (IOException missing) {
            throw new Stop(ExitCode.NOT_FOUND, "a file or folder cannot be read", "check the paths");
        }
    }

    /** {@code evidence renew}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "renew",
            description = {
                "Write <file>.ers beside each bundle: a time-stamp over up to 1000 files at once. Where there is one, renew"
                        + " it: do so before its authority's certificate ends.",
                "Of a folder, every *.zip and *.asice in it and below. May be ended and begun again at any time."
            })
    @Examples({"evidence renew --home qvl archive", "evidence renew --home qvl --hash archive/2026-11.zip"})
    static final class Renew extends HomeCommand {

        @Parameters(paramLabel = "PATH", arity = "1..*", description = "Bundles, or folders of them.")
        private List<Path> paths;

        @Option(
                names = "--hash",
                description = "Renew the hash tree too, before the hash function weakens; takes one time-stamp a file.")
        private boolean tree;

        @Override
        int run(Terminal terminal) {
            Configuration configuration = configuration();
            TimeStamper stamper = Parts.timeStamper(configuration, clock(), new SecureRandom())
                    .orElseThrow(() -> new Stop(
                            ExitCode.CONFIGURATION_INVALID,
                            "no time-stamping authority is configured",
                            "write the group time-stamping into gateway.yaml"));
            WatchedFolder trust = new WatchedFolder(configuration.folders().timeStamping());
            List<Path> files = files(paths);
            Progress progress = new Progress(terminal, "files", files.size());
            try {
                RenewRecords.Done done = new RenewRecords(
                                stamper, trust.authorities(), trust.revocationLists(), tree, clock().instant())
                        .run(files, progress::at);
                progress.end();
                return report(terminal, done);
            } catch (IOException failed) {
                throw new Stop(
                        ExitCode.FINDING,
                        "a file cannot be read, or its record cannot be written",
                        "check the folder and free space, then run it again");
            }
        }

        private int report(Terminal terminal, RenewRecords.Done done) {
            int exit = !done.bad().isEmpty()
                    ? ExitCode.VERIFICATION_FAILED
                    : done.late().isEmpty() ? ExitCode.OK : ExitCode.FINDING;
            if (json()) {
                var object = Json.verdict(exit);
                object.put("made", done.made());
                object.put("renewed", done.renewed());
                var bad = object.putArray("bad");
                done.bad()
                        .forEach((file, problem) ->
                                bad.addObject().put("file", file.toString()).put("problem", problem.name()));
                var late = object.putArray("late");
                done.late().forEach(file -> late.add(file.toString()));
                terminal.print(Json.text(object));
                return exit;
            }
            done.bad().forEach((file, problem) -> terminal.print("FAIL  " + file + ".ers: " + problem));
            done.late().forEach(file -> terminal.print("LATE  " + file + ".ers"));
            terminal.print(done.made() + " made, " + done.renewed() + " renewed");
            if (!done.bad().isEmpty()) {
                terminal.say(terminal.bad("records that do not hold were left as they are")
                        + "; next: find an earlier copy of the file and of its record");
            }
            if (!done.late().isEmpty()) {
                terminal.say(terminal.bad("records whose authority's certificate has ended were left as they are: a new"
                                + " time-stamp over them would not prove the time before")
                        + "; next: keep them, and look for a copy that was renewed in time; to have a proof from today"
                        + " on, move the .ers aside and run this again");
            }
            return exit;
        }
    }

    /** {@code evidence status}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "status",
            description =
                    "Show by when bundles are proven to have existed, and until when their records must be renewed.")
    @Examples({"evidence status archive", "evidence status archive --json"})
    static final class Status extends BaseCommand {

        private static final String TOO_LATE = "TOO LATE to renew";

        @Parameters(paramLabel = "PATH", arity = "1..*", description = "Bundles, or folders of them.")
        private List<Path> paths;

        @Override
        int run(Terminal terminal) {
            Table table = new Table("FILE", "PROVEN SINCE", "STAMPS", "RENEW BEFORE", "STATE");
            var object = Json.verdict(ExitCode.OK);
            var rows = object.putArray("files");
            boolean bad = false;
            boolean late = false;
            Instant now = clock().instant();
            for (Path file : files(paths)) {
                List<String> row = row(state(file), now);
                table.row(file, row.get(0), row.get(1), row.get(2), row.get(3));
                rows.addObject()
                        .put("file", file.toString())
                        .put("provenSince", row.get(0))
                        .put("stamps", row.get(1))
                        .put("renewBefore", row.get(2))
                        .put("state", row.get(3));
                bad |= row.get(3).startsWith("BAD");
                late |= row.get(3).equals(TOO_LATE);
            }
            int exit = bad ? ExitCode.VERIFICATION_FAILED : late ? ExitCode.FINDING : ExitCode.OK;
            if (json()) {
                object.put("ok", !bad && !late).put("exit", exit);
                terminal.print(Json.text(object));
            } else {
                table.print(terminal);
            }
            return exit;
        }

        private static State state(Path file) {
            try {
                return RenewRecords.state(file);
            } catch (IOException unreadable) {
                throw new Stop(ExitCode.FINDING, "a file cannot be read: " + file, "check its rights");
            }
        }

        private static List<String> row(State state, Instant now) {
            if (state instanceof State.Good good) {
                List<TimeStamp> tokens = good.record().tokens();
                Instant until = good.renewBefore();
                boolean soon = now.isAfter(until.minus(Duration.ofDays(90)));
                return List.of(
                        Words.time(tokens.get(0).time()),
                        String.valueOf(tokens.size()),
                        Words.time(until),
                        now.isAfter(until) ? TOO_LATE : soon ? "renew now" : "good");
            }
            return state instanceof State.Bad wrong
                    ? List.of("-", "-", "-", "BAD " + wrong.problem())
                    : List.of("-", "0", "-", "none yet");
        }
    }
}
