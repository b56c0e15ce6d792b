package org.embassage.gateway.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.gateway.demo.Story;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}. */
@Command(
        name = "demo",
        description = {
            "Two countries on this machine: records travel both ways by JMS and SFTP, receipts return and are verified."
                    + " A changed receipt is caught, a record is erased, and an administrator who rewrites his ledger is"
                    + " exposed. Everything in it is synthetic.",
            "The gateways stay up until Ctrl-C. With --exit the command ends by itself, with 0 only if all of it held."
        })
@Examples({"demo", "demo --exit", "demo --exit --keep demo-homes"})
final class DemoCommand extends BaseCommand {

    private static final Duration LOOK = Duration.ofMillis(500);

    @Option(names = "--exit", description = "End when the story is told.")
    private boolean exit;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Keep the homes in DIR/<GATEWAY>, the bundles in DIR/bundles and the rewritten home in"
                    + " DIR/rewritten.")
    private @Nullable Path keep;

    @Override
    int run(Terminal terminal) {
        try {
            Path folder = keep == null ? Files.createTempDirectory("embassage-demo-") : Files.createDirectories(keep);
            return tell(terminal, folder.toAbsolutePath().normalize());
        } catch (FileAlreadyExistsException there) {
            throw new Stop(
                    ExitCode.FINDING,
                    "the folder holds homes already; nothing of it was changed",
                    "name another folder with --keep, or start those homes with `embassage run --home`");
        } catch (IOException failed) {
            throw new Stop(ExitCode.FINDING, "a file of the demo cannot be written", "check the folder and free space");
        }
    }

    private int tell(Terminal terminal, Path folder) throws IOException {
        Terminal stage = json() ? terminal.toTalk() : terminal;
        Story story = new Story(stage, folder);
        Thread ending = new Thread(() -> end(story, folder), "end-of-demo");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            List<String> failures = story.play();
            int code = failures.isEmpty() ? ExitCode.OK : ExitCode.FINDING;
            if (json()) {
                var verdict = Json.verdict(code);
                verdict.put("folder", folder.toString());
                failures.forEach(verdict.putArray("failures")::add);
                terminal.print(Json.text(verdict));
            }
            if (!exit && story.start()) {
                stage.say("Both gateways are up. Ctrl-C stops them" + (keep == null ? " and removes " + folder : "")
                        + ".");
                while (story.running()) {
                    Pause.take(LOOK);
                }
            }
            return code;
        } finally {
            story.close();
        }
    }

    private void end(Story story, Path folder) {
        story.close();
        if (keep == null) {
            remove(folder);
        }
    }

    /** The homes hold records in clear, synthetic as they are. */
    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            return;
        }
    }
}
