package org.embassage.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.dispute.DisputeBundle.Made;
import org.embassage.evidence.dispute.DisputeFile;
import org.embassage.evidence.dispute.Standing;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Table;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bundle dispute}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
        name = "dispute",
        description =
                "Put the bundles of two gateways into one file, and say which receipts are the same in both. Needs"
                        + " no home and no key; `embassage verify` judges the file.")
@Examples({
    "bundle dispute ours.zip theirs.zip --out dispute.zip",
    "bundle dispute ours.zip theirs.zip --exchange ID --out dispute.zip"
})
final class DisputeCommand extends BaseCommand {

    @Parameters(index = "0", paramLabel = "ONE", description = "A bundle that one gateway exported.")
    private Path one;

    @Parameters(index = "1", paramLabel = "OTHER", description = "A bundle that another gateway exported.")
    private Path other;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file to write; must not exist.")
    private Path out;

    @Option(names = "--exchange", paramLabel = "ID", description = "Compare only the receipts of this exchange.")
    private @Nullable String exchange;

    @Override
    int run(Terminal terminal) {
        Made.Written made = DisputeBundle.of(
                        content(one),
                        content(other),
                        Optional.ofNullable(exchange).map(Ids::exchange),
                        Clock.systemUTC().instant())
                .fold(written -> written, refused -> {
                    throw new Stop(
                            ExitCode.REFUSED,
                            refused.problem(),
                            "give one bundle of each of two gateways"
                                    + (exchange == null ? "" : ", both with receipts of that exchange"));
                });
        ReceiptCommand.write(out, made.content());
        DisputeFile says = made.says();
        if (json()) {
            var object = Json.verdict(ExitCode.OK);
            object.put("file", out.toString());
            object.put("sentence", sentence(says));
            object.put("match", count(says, Standing.MATCH));
            object.put("missing", count(says, Standing.ONLY_FIRST) + count(says, Standing.ONLY_SECOND));
            object.put("conflicting", count(says, Standing.CONFLICTING));
            var receipts = object.putArray("receipts");
            says.receipts()
                    .forEach((id, standing) ->
                            receipts.addObject().put("id", id.toString()).put("standing", says.word(standing)));
            terminal.print(Json.text(object));
        } else {
            terminal.print(out.toString());
        }
        Table table = new Table("RECEIPTS", "WHERE");
        table.row(Long.toString(count(says, Standing.MATCH)), "match: the same in both");
        for (Standing missing : List.of(Standing.ONLY_FIRST, Standing.ONLY_SECOND)) {
            table.row(
                    Long.toString(count(says, missing)),
                    "missing: only in the bundle of " + says.holder(missing).orElseThrow());
        }
        table.row(Long.toString(count(says, Standing.CONFLICTING)), "conflicting: in both, and not the same");
        table.print(terminal.toTalk());
        terminal.say(sentence(says));
        terminal.say("next: `embassage verify " + out + " --trust DIR` judges both bundles and says what follows");
        return ExitCode.OK;
    }

    private static byte[] content(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new Stop(ExitCode.NOT_FOUND, "there is no file " + file, "name a bundle that was exported");
            }
            if (Files.size(file) > DisputeBundle.MAX_BYTES) {
                throw new Stop(
                        ExitCode.REFUSED,
                        "the file is larger than any bundle: " + file,
                        "name a bundle that was exported");
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new Stop(ExitCode.FINDING, "the file cannot be read: " + file, "see its permissions");
        }
    }

    private static long count(DisputeFile says, Standing standing) {
        return says.receipts().values().stream().filter(standing::equals).count();
    }

    private static String sentence(DisputeFile says) {
        String who = says.first().gateway() + " and " + says.second().gateway();
        if (count(says, Standing.CONFLICTING) > 0) {
            return who + " contradict each other: a receipt is in both bundles and not the same.";
        }
        if (says.receipts().values().stream().anyMatch(Standing::missing)) {
            return "What " + who + " both hold is the same, but one holds receipts that the other's bundle lacks.";
        }
        return who + " hold the same receipts.";
    }
}
