package org.embassage.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.gateway.assembly.LedgerWiring;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.ledger.LedgerFiles;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ledger export}. */
@Command(
        name = "export",
        description =
                "Write the ledger as plain files (c2sp.org/tlog-tiles) for an auditor: entries, tiles, every note of ours"
                        + " and of the peers with its cosignatures, the keys as this gateway knows them, and what accuses anybody.",
        footer = {"", "The auditor judges it with `embassage-verify ledger DIR --trust ANCHORS`."})
@Examples({"ledger export ledger-of-qvl --home qvl"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerExportCommand extends BooksCommand {

    @Parameters(
            paramLabel = "DIR",
            description = "A new or empty folder, or one with an earlier export of this ledger.")
    private Path folder;

    @Override
    int read(Books books, Terminal terminal) {
        Configuration configuration = books.configuration();
        PeerDirectory peers = Loaded.federation(configuration).peers();
        HeldNote newest = books.ledgerbook()
                .newestCheckpoint()
                .orElseThrow(() ->
                        new Stop(ExitCode.NOT_FOUND, "the ledger has no checkpoint yet", "start the gateway once"));
        try {
            mustFit(books.ledgerbook(), newest);
            for (Ledgerbook.Epoch epoch : books.ledgerbook().epochs()) {
                Ledgerbook book = books.ledgerbook().of(epoch);
                LedgerFiles.whole(LedgerFiles.folder(folder, book), book, peers).write();
            }
            keys(peers);
            copy(configuration.folders().ledger().resolve(LedgerWiring.ALARMS));
        } catch (IOException full) {
            throw new Stop(ExitCode.FINDING, "the folder cannot be written", "look at its mode and at the space");
        }
        if (json()) {
            var object = Json.verdict(ExitCode.OK);
            object.put("folder", folder.toString());
            object.put("size", newest.size());
            terminal.print(Json.text(object));
        } else {
            terminal.print(newest.size() + " leaves are in " + folder);
            terminal.say("Judge it: embassage-verify ledger " + folder + " --trust ANCHORS");
        }
        return ExitCode.OK;
    }

    /** Nothing else may lie there: an auditor must not find two ledgers in one. */
    private void mustFit(Ledgerbook book, HeldNote newest) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        boolean empty;
        try (Stream<Path> files = Files.list(folder)) {
            empty = files.findAny().isEmpty();
        }
        boolean same = LedgerFiles.checkpoint(LedgerFiles.folder(folder, book))
                .flatMap(Checkpoint::unverified)
                .map(Checkpoint::origin)
                .equals(Checkpoint.unverified(newest.note()).map(Checkpoint::origin));
        if (!empty && !same) {
            throw new Stop(ExitCode.REFUSED, "the folder holds something else", "take a new folder");
        }
    }

    /** For comparison only: an auditor gets keys from elsewhere. */
    private void keys(PeerDirectory peers) throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        List<Peer> all =
                Stream.concat(Stream.of(peers.self()), peers.all().stream()).toList();
        for (Peer peer : all) {
            String text = peer.ledgerKey() + "\n"
                    + peer.witnessKey().map(key -> key + "\n").orElse("");
            Files.writeString(keys.resolve(peer.id() + ".vkey"), text);
        }
    }

    private void copy(Path alarms) throws IOException {
        if (!Files.isDirectory(alarms, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.list(alarms)) {
            for (Path file : files.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                Path target = folder.resolve(LedgerWiring.ALARMS)
                        .resolve(file.getFileName().toString());
                Files.createDirectories(folder.resolve(LedgerWiring.ALARMS));
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }
}
