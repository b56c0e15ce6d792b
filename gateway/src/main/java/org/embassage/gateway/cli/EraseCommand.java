package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.Erasurebook.Counts;
import org.embassage.exchange.journal.Erasurebook.Erasure;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.Order.EraseOrder;
import org.embassage.exchange.order.Order.EraseOrder.What;
import org.embassage.exchange.order.OrderReason;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Configuration.Broker;
import org.embassage.gateway.config.Configuration.Keys;
import org.embassage.gateway.config.Configuration.Sftp;
import org.embassage.gateway.config.Configuration.Store;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Table;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code erase exchange}, {@code erase drop}, {@code erase item} and {@code erase report}. */
@Command(
        name = "erase",
        description = "Erase content before its time on notice, or show what was erased. Receipts always stay.",
        subcommands = {
            EraseCommand.OfExchange.class,
            EraseCommand.OfDrop.class,
            EraseCommand.OfItem.class,
            EraseCommand.Report.class
        })
@Examples({
    "erase exchange --id 0193c0de-0000-7000-8000-000000000001 --reason SUBJECT_RIGHT --role DATA-PROTECTION",
    "erase report"
})
final class EraseCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "erase needs a word more", "try `embassage erase --help`");
    }

    /** An erasure of one thing. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    abstract static class Erasing extends OrderCommand {

        @Option(names = "--id", paramLabel = "ID", required = true, description = "Which.")
        private String id;

        @Option(
                names = "--now",
                description = "Make it final at once, for backups too: the epoch's key is destroyed as soon as can be.")
        private boolean now;

        abstract What what();

        @Override
        final Order order(OrderReason why) {
            try {
                return new EraseOrder(what(), id, now, why);
            } catch (IllegalArgumentException neither) {
                throw new Stop(
                        ExitCode.USAGE,
                        "that is no id, or no reason to erase",
                        "reasons are SUBJECT_RIGHT, UNLAWFUL, PURPOSE_ENDED and INACCURATE");
            }
        }

        @Override
        final String done() {
            return "erased here; `embassage erase report` says when it is final for backups too, and what is out of"
                    + " reach";
        }
    }

    /** {@code erase exchange}. */
    @Command(name = "exchange", description = "Erase the content of a closed exchange, with the copy of its drop.")
    @Examples("erase exchange --id 0193c0de-0000-7000-8000-000000000001 --reason SUBJECT_RIGHT --now")
    static final class OfExchange extends Erasing {
        @Override
        What what() {
            return What.EXCHANGE;
        }
    }

    /** {@code erase drop}. */
    @Command(name = "drop", description = "Erase the gateway's private copy of a closed drop.")
    @Examples("erase drop --id 0193c0de-0000-7000-8000-000000000001 --reason UNLAWFUL")
    static final class OfDrop extends Erasing {
        @Override
        What what() {
            return What.DROP;
        }
    }

    /** {@code erase item}. */
    @Command(name = "item", description = "Erase an item in quarantine, unless it is kept as proof.")
    @Examples("erase item --id message-0123456789abcdef --reason UNLAWFUL")
    static final class OfItem extends Erasing {
        @Override
        What what() {
            return What.ITEM;
        }
    }

    /** {@code erase report}. */
    @Command(name = "report", description = "Show what was erased, when, why, and which copies are out of reach.")
    @Examples({"erase report", "erase report --since 2026-11-25T00:00:00Z --json"})
    static final class Report extends BooksCommand {

        @Option(names = "--exchange", paramLabel = "ID", description = "Only of this exchange.")
        private @Nullable String exchange;

        @Option(names = "--since", paramLabel = "TIME", description = "Only since then, UTC.")
        private @Nullable String since;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "1000",
                description = "At most so many (default: 1000).")
        private int limit;

        @Override
        int read(Books books, Terminal terminal) {
            Optional<ExchangeId> of = Optional.ofNullable(exchange).map(Ids::exchange);
            List<Erasure> erasures = of.map(id -> books.erasurebook().erasures(id))
                    .orElseGet(() -> books.erasurebook().erasures(start(), limit));
            Counts counts = books.erasurebook().counts();
            List<String> reach = outOfReach(books, books.configuration(), of.flatMap(id -> file(books, id)));
            if (json()) {
                json(terminal, erasures, counts, reach);
                return ExitCode.OK;
            }
            Table table = new Table("CONTENT", "ERASED", "WHY", "EVIDENCE", "FINAL");
            erasures.forEach(erasure -> table.row(
                    erasure.content(),
                    Words.time(erasure.at()),
                    erasure.reason(),
                    erasure.evidence(),
                    erasure.endedAt().map(Words::time).orElse("not yet")));
            table.print(terminal);
            terminal.print(counts.erased() + " erased, " + counts.waiting()
                    + " of them wait for the end of their epoch"
                    + counts.oldestWaiting()
                            .map(oldest -> ", due "
                                    + Words.time(oldest.plus(
                                            books.configuration().retention().every())))
                            .orElse(""));
            terminal.print("out of reach of this gateway:");
            reach.forEach(line -> terminal.print("- " + line));
            return ExitCode.OK;
        }

        private static final int BACKUPS = 1000;

        private Instant start() {
            try {
                return since == null ? Instant.EPOCH : Instant.parse(since);
            } catch (DateTimeParseException none) {
                throw new Stop(ExitCode.USAGE, "that is no time", "write it like 2026-11-25T00:00:00Z");
            }
        }

        private static Optional<Path> file(Books books, ExchangeId exchange) {
            return books.register().inbox(exchange).stream()
                    .flatMap(view -> view.accepted().stream())
                    .flatMap(accepted -> accepted.fileName().stream())
                    .map(name -> books.configuration().handover().folder().resolve(name))
                    .findFirst();
        }

        private static void json(Terminal terminal, List<Erasure> erasures, Counts counts, List<String> reach) {
            ObjectNode object = Json.verdict(ExitCode.OK);
            object.put("erased", counts.erased()).put("waiting", counts.waiting());
            var list = object.putArray("erasures");
            erasures.forEach(erasure -> {
                ObjectNode node = list.addObject()
                        .put("content", erasure.content())
                        .put("at", erasure.at().toString())
                        .put("reason", erasure.reason().name())
                        .put("evidence", erasure.evidence().toString())
                        .put("epoch", erasure.epoch());
                erasure.exchange().ifPresent(id -> node.put("exchange", id.toString()));
                erasure.drop().ifPresent(id -> node.put("drop", id.toString()));
                erasure.item().ifPresent(id -> node.put("item", id));
                erasure.endedAt().ifPresent(at -> node.put("final", at.toString()));
            });
            reach.forEach(object.putArray("outOfReach")::add);
            terminal.print(Json.text(object));
        }

        /** What erasing here cannot touch; each line says who can. */
        private static List<String> outOfReach(Books books, Configuration configuration, Optional<Path> handedOver) {
            List<String> lines = new java.util.ArrayList<>();
            lines.add("the domestic side's files: " + configuration.folders().drop() + "/<feed>/taken and /refused, "
                    + handedOver.orElse(configuration.handover().folder())
                    + "; their owner deletes them");
            lines.add("the peer's copy, which it erases by its own rule and tells by receipt");
            lines.add(
                    "backups of the database made before an erasure is final open until then; afterwards they open only"
                            + " with an old copy of the keys");
            books.restorebook()
                    .backups(BACKUPS)
                    .forEach(backup -> lines.add("backup " + backup.name() + " of "
                            + Words.time(backup.at())
                            + (backup.keys() ? ", with keys: it opens alone" : ", without keys") + " ("
                            + backup.id() + ")"));
            lines.add("copies and snapshots of the keys made before ("
                    + (configuration.keys() instanceof Keys.Pkcs12 pkcs12
                            ? pkcs12.file().toString()
                            : "Vault's own backups")
                    + "): destroy them, or the epoch's key lives on");
            if (configuration.store() instanceof Store.Postgres) {
                lines.add(
                        "the PostgreSQL server's write-ahead log, its archive and its replicas: encrypted contents and"
                                + " wrapped keys stay in them; once an erasure is final they open only with an old copy of the"
                                + " keys");
            }
            configuration
                    .broker()
                    .ifPresent(
                            broker -> lines.add(
                                    (broker instanceof Broker.Embedded embedded
                                                    ? "the broker's journal " + embedded.data()
                                                    : "the external broker's journal")
                                            + ": sealed messages stay in it, also after they were taken, until it writes that file anew; they open only with a decryption key"));
            configuration
                    .sftp()
                    .ifPresent(sftp -> lines.add((sftp instanceof Sftp.Embedded embedded
                                    ? "the SFTP tree " + embedded.data()
                                    : "the external SFTP server's tree")
                            + ": sealed messages that nobody fetched yet, and unused blocks of the disk"));
            return lines;
        }
    }
}
