package org.embassage.gateway.cli;

import java.nio.file.Path;
import org.embassage.gateway.backup.HomeBackup;
import org.embassage.gateway.backup.HomeBackup.Outcome;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code restore}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
        name = "restore",
        description = {
            "Put a backup back as a new home, after checking it; never over a home that is there.",
            "The gateway then neither sends nor receives: it asks its peers what they hold of its ledger, and goes on when"
                    + " `ledger reconcile` is ordered."
        })
@Examples({"restore --from backups/2031-06-01 --home qvl-new"})
final class RestoreCommand extends BaseCommand {

    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The backup.")
    private Path from;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            required = true,
            description = "The new home, an empty folder or none yet.")
    private Path home;

    @Override
    int run(Terminal terminal) {
        Progress progress =
                new Progress(terminal, "files", HomeBackup.read(from).files());
        Outcome done = HomeBackup.restore(from, home, json() ? HomeBackup.Watch.NOBODY : progress::at);
        progress.end();
        if (json()) {
            var object = Json.verdict(ExitCode.OK);
            object.put("backup", done.backup());
            object.put("gateway", done.gateway());
            object.put("home", home.toString());
            object.put("at", done.at().toString());
            object.put("keys", done.keys());
            terminal.print(Json.text(object));
            return ExitCode.OK;
        }
        terminal.print(home + ": " + done.gateway() + " as it was at " + Words.time(done.at()) + ", " + done.files()
                + " files");
        int step = 1;
        if (!done.keys()) {
            terminal.say("  " + step++ + ". put the keys back where gateway.yaml says; they are not in the backup");
        }
        if (done.postgresql()) {
            terminal.say("  " + step++ + ". put the database back with pg_restore or the server's own means");
        }
        terminal.say("  " + step++ + ". `embassage run --home " + home
                + "`: it stands still and asks its peers what they hold");
        terminal.say("  " + step + ". `embassage ledger reconcile --home " + home
                + " --reason RESTORED --role SECURITY` when all have answered (`embassage status`)");
        return ExitCode.OK;
    }
}
