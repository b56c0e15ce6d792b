package org.embassage.gateway.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.gateway.assembly.OrderWiring;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.backup.HomeBackup;
import org.embassage.gateway.backup.HomeBackup.Outcome;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.orders.OfficerFile;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.embassage.store.SqlStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup} and {@code backup verify}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
        name = "backup",
        description = {
            "Copy a gateway's home, while it runs or not: one consistent state of the database, the ledger as files,"
                    + " configuration, trust, cards, agreements, feeds and formats. Not the keys, unless you ask for them.",
            "With PostgreSQL the database is copied by its own tools (pg_dump, pg_basebackup), and all else by this command.",
            "The backup is an act in the ledger, and `erase report` names it."
        },
        subcommands = BackupCommand.Verify.class)
@Examples({"backup --home qvl --out backups/2031-06-01", "backup verify backups/2031-06-01"})
final class BackupCommand extends HomeCommand {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int PATIENCE_SECONDS = 30;

    @Option(names = "--out", paramLabel = "DIR", description = "The backup: a folder that is not there yet.")
    private Path out;

    @Option(
            names = "--with-keys",
            description = "Copy the keys too. Whoever has such a backup can read every record in it and sign as this"
                    + " gateway: lock it away like the keys themselves.")
    private boolean withKeys;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    int run(Terminal terminal) {
        if (out == null) {
            throw new Stop(
                    ExitCode.USAGE, "backup needs --out DIR", "try `embassage backup --home qvl --out backup-1`");
        }
        Configuration configuration = configuration();
        SecureRandom random = new SecureRandom();
        Uuids ids = new Uuids(clock(), random);
        String id = ids.next().toString();
        Instant at = clock().instant().truncatedTo(ChronoUnit.MILLIS);
        if (withKeys) {
            terminal.say(terminal.bad("with keys: ")
                    + "whoever has this backup reads every record in it and signs as this gateway");
        }
        note(configuration, id, ids, random);
        Progress progress = new Progress(terminal, "files", 0);
        try (SqlStore store = Parts.storeToRead(configuration, Parts.keys(configuration, clock()))) {
            Outcome made = HomeBackup.make(
                    configuration,
                    store,
                    out,
                    id,
                    withKeys,
                    at,
                    quiet || json() ? HomeBackup.Watch.NOBODY : progress::at);
            progress.end();
            tell(made, out, terminal);
        }
        return ExitCode.OK;
    }

    /** Before anything is copied: a backup that nobody knows of would be one that no erasure names. */
    private void note(Configuration configuration, String id, Uuids ids, SecureRandom random) {
        OrderSlip slip = new OrderSlip(
                ids.nextEvidenceId(),
                new Officer(OfficerRole.OPERATOR, OfficerFile.pseudonym(OfficerFile.usual(), random)),
                new Order.NoteBackup(id, name(out), withKeys, OrderReason.MAINTENANCE));
        OrderFolder folder = OrderFolder.in(configuration.home());
        if (!folder.isOurs()) {
            throw new Stop(
                    ExitCode.REFUSED,
                    "the gateway takes orders of its own user only",
                    "run the command as the user that owns data/orders");
        }
        Optional<OrderFolder.Held> alone = folder.hold();
        if (alone.isPresent()) {
            try (OrderFolder.Held held = alone.get()) {
                Loaded loaded = Loaded.of(configuration);
                OrderAnswer answer = OrderWiring.carryOut(
                                configuration, loaded.federation(), loaded.domestic(), slip, clock(), random)
                        .orElseThrow(() -> new Stop(
                                ExitCode.NOT_FOUND, "this gateway never ran", "start it with `embassage run`"));
                must(answer.carriedOut());
            }
            return;
        }
        folder.give(slip);
        for (long look = 0; look < PATIENCE_SECONDS * 1000L / LOOK_EVERY.toMillis(); look++) {
            Optional<OrderAnswer> answer = folder.answer(slip.id());
            if (answer.isPresent()) {
                folder.forget(slip.id());
                must(answer.get().carriedOut());
                return;
            }
            Pause.take(LOOK_EVERY);
        }
        folder.withdraw(slip.id());
        throw new Stop(
                ExitCode.UNREACHABLE,
                "the gateway did not write the backup down; nothing was copied",
                "see `embassage status` and the gateway's log, then try again");
    }

    private static void must(boolean carriedOut) {
        if (!carriedOut) {
            throw new Stop(
                    ExitCode.REFUSED,
                    "the gateway refused to write the backup down; nothing was copied",
                    "a gateway that stands still after a restore is reconciled first");
        }
    }

    private static String name(Path out) {
        String name = out.getFileName() == null ? "" : out.getFileName().toString();
        if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new Stop(
                    ExitCode.USAGE,
                    "a backup's name has letters, digits, dots, hyphens and underscores",
                    "name another folder");
        }
        return name;
    }

    private void tell(Outcome made, Path folder, Terminal terminal) {
        if (json()) {
            var object = Json.verdict(ExitCode.OK);
            object.put("backup", made.backup());
            object.put("folder", folder.toString());
            object.put("files", made.files());
            object.put("octets", made.octets());
            object.put("keys", made.keys());
            object.put("checkpoint", made.checkpoint());
            object.put("database", made.postgresql() ? "NOT IN IT" : "IN IT");
            terminal.print(Json.text(object));
            return;
        }
        terminal.print(folder + ": " + made.files() + " files, " + made.octets() + " bytes, backup " + made.backup());
        terminal.print("ledger    " + made.checkpoint() + ", the newest checkpoint");
        terminal.print("keys      " + (made.keys() ? "in it: lock it away" : "not in it: back them up apart from it"));
        if (made.postgresql()) {
            terminal.print("database  not in it: run pg_dump or pg_basebackup now");
        }
    }

    /** {@code backup verify}. */
    @Command(name = "verify", description = "Check every file of a backup against its manifest.")
    @Examples({"backup verify backups/2031-06-01"})
    static final class Verify extends BaseCommand {

        @Parameters(paramLabel = "DIR", description = "The backup.")
        private Path backup;

        @Override
        int run(Terminal terminal) {
            Outcome read = HomeBackup.read(backup);
            List<String> problems = HomeBackup.problems(backup, HomeBackup.Watch.NOBODY);
            int exit = problems.isEmpty() ? ExitCode.OK : ExitCode.VERIFICATION_FAILED;
            if (json()) {
                var object = Json.verdict(exit);
                object.put("backup", read.backup());
                object.put("gateway", read.gateway());
                object.put("at", read.at().toString());
                object.put("files", read.files());
                problems.forEach(object.putArray("problems")::add);
                terminal.print(Json.text(object));
                return exit;
            }
            problems.forEach(problem -> terminal.print("FAIL  " + problem));
            if (problems.isEmpty()) {
                terminal.print("PASS  all " + read.files() + " files are as they were written; backup " + read.backup()
                        + " of " + read.gateway() + ", " + Words.time(read.at()));
            }
            return exit;
        }
    }
}
