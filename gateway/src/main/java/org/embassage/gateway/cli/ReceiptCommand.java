package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Table;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code receipt list} and {@code receipt show}. */
@Command(
        name = "receipt",
        description = "List receipts, or show one in plain words.",
        subcommands = {ReceiptCommand.Listed.class, ReceiptCommand.Shown.class})
@Examples({"receipt list", "receipt show 0193c0de-0000-7000-8000-000000000002"})
final class ReceiptCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "receipt needs a word more", "try `embassage receipt list`");
    }

    /** {@code receipt list}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(name = "list", description = "List receipts, issued and received, newest first.")
    @Examples({"receipt list", "receipt list --exchange ID", "receipt list --limit 10 --json"})
    static final class Listed extends BooksCommand {

        @Option(names = "--exchange", paramLabel = "ID", description = "Only those of this exchange, oldest first.")
        private @Nullable String exchange;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "At most so many (default: 50).")
        private int limit;

        @Override
        int read(Books books, Terminal terminal) {
            List<StoredReceipt> receipts = exchange == null
                    ? books.register().receipts(limit)
                    : books.register().receipts(Ids.exchange(exchange));
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                var list = object.putArray("receipts");
                receipts.forEach(receipt -> list.add(node(receipt)));
                terminal.print(Json.text(object));
            } else {
                table(terminal, receipts);
            }
            return ExitCode.OK;
        }
    }

    /** {@code receipt show}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(name = "show", description = "Show in plain words what a receipt states; with --out, write its container.")
    @Examples({"receipt show ID", "receipt show ID --out receipt.asice", "receipt show ID --json"})
    static final class Shown extends BooksCommand {

        @Parameters(paramLabel = "ID", description = "The receipt id.")
        private String id;

        @Option(names = "--out", paramLabel = "FILE", description = "Write the ASiC-E container here, with its proof.")
        private @Nullable Path out;

        @Override
        int read(Books books, Terminal terminal) {
            StoredReceipt stored = books.register()
                    .receipt(Ids.evidence(id))
                    .orElseThrow(() -> new Stop(
                            ExitCode.NOT_FOUND, "this gateway has no such receipt", "try `embassage receipt list`"));
            Receipt receipt = ReceiptReader.read(stored.container().octets())
                    .fold(read -> read.receipt(), unreadable -> {
                        throw new Stop(
                                ExitCode.INTEGRITY_ALARM,
                                "the stored receipt is not whole any more",
                                "keep the database as it is and run `embassage ledger verify`");
                    });
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                object.set("receipt", node(stored));
                object.put("sentence", ReceiptWords.sentence(receipt.evidence()));
                ReceiptWords.facts(receipt.evidence()).forEach(object.withArray("facts")::add);
                terminal.print(Json.text(object));
            } else {
                terminal.print(
                        terminal.outTerminal()
                                ? terminal.bold(ReceiptWords.sentence(receipt.evidence()))
                                : ReceiptWords.sentence(receipt.evidence()));
                terminal.print("receipt     " + stored.id() + (stored.late() ? " (it came LATE)" : ""));
                ReceiptWords.facts(receipt.evidence()).forEach(terminal::print);
                terminal.print("ledger      leaf " + stored.leafIndex() + " of this gateway; "
                        + (stored.issued()
                                ? "exports prove it from there"
                                : stored.proof().isPresent()
                                        ? "its issuer's inclusion proof is here"
                                        : "its issuer's inclusion proof has not come yet"));
            }
            if (out != null) {
                write(out, proven(stored));
                terminal.say("written: " + out);
            }
            return ExitCode.OK;
        }

        private static byte[] proven(StoredReceipt stored) {
            byte[] container = stored.container().octets();
            return stored.proof()
                    .map(proof -> ReceiptReader.withProof(container, proof))
                    .orElse(container);
        }
    }

    static void write(Path file, byte[] content) {
        try {
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (IOException taken) {
            throw new Stop(
                    ExitCode.FINDING,
                    "the file cannot be written, or it is there already: " + file,
                    "name another file, or remove that one");
        }
    }

    static void table(Terminal terminal, List<StoredReceipt> receipts) {
        Table table = new Table("RECEIPT", "EVENT", "ISSUED BY", "TIME", "EXCHANGE", "PROOF");
        receipts.forEach(receipt -> table.row(
                receipt.id(),
                receipt.event().etsiName() + (receipt.late() ? " LATE" : ""),
                receipt.issuer(),
                Words.time(receipt.time()),
                receipt.exchange().map(Object::toString).orElse("-"),
                receipt.issued() ? "own ledger" : receipt.proof().isPresent() ? "yes" : "not yet"));
        table.print(terminal);
        if (table.isEmpty()) {
            terminal.say("none");
        }
    }

    static ObjectNode node(StoredReceipt receipt) {
        ObjectNode node = Json.object()
                .put("receipt", receipt.id().toString())
                .put("event", receipt.event().etsiName())
                .put("time", receipt.time().toString())
                .put("issuer", receipt.issuer().value())
                .put("issued", receipt.issued())
                .put("late", receipt.late())
                .put("leafIndex", receipt.leafIndex())
                .put("manifest", receipt.manifest().hex())
                .put("signature", receipt.signature().hex())
                .put("proof", receipt.proof().isPresent());
        Optional<String> exchange = receipt.exchange().map(Object::toString);
        exchange.ifPresent(known -> node.put("exchange", known));
        return node;
    }
}
