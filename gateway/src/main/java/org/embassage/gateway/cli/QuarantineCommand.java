package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Table;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quarantine list}, {@code show}, {@code reject}, {@code reprocess} and {@code release}. */
@Command(
        name = "quarantine",
        description =
                "List what waits for a person, show one item (what happened, who acts, what next), or decide on it.",
        subcommands = {
            QuarantineCommand.Listed.class,
            QuarantineCommand.Shown.class,
            QuarantineCommand.Rejected.class,
            QuarantineCommand.Reprocessed.class,
            QuarantineCommand.Released.class
        })
@Examples({"quarantine list", "quarantine show 0193c0de-0000-7000-8000-000000000003"})
final class QuarantineCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "quarantine needs a word more", "try `embassage quarantine list`");
    }

    /** {@code quarantine list}. */
    @Command(name = "list", description = "List the quarantine, newest first.")
    @Examples({"quarantine list", "quarantine list --json"})
    static final class Listed extends BooksCommand {

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "At most so many (default: 50).")
        private int limit;

        @Override
        int read(Books books, Terminal terminal) {
            var items = books.register().quarantine(limit);
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                var list = object.putArray("quarantine");
                items.forEach(item -> list.add(node(item)));
                terminal.print(Json.text(object));
                return ExitCode.OK;
            }
            Table table = new Table("ITEM", "SINCE", "CODE", "REASON", "PEER", "WHO ACTS", "DECIDED");
            items.forEach(item -> table.row(
                    item.id(),
                    Words.time(item.at()),
                    item.fault().code().code(),
                    item.fault().code(),
                    item.peer().map(Object::toString).orElse("-"),
                    Words.actor(item.fault().code().actor()),
                    item.decision().orElse("-")));
            table.print(terminal);
            if (table.isEmpty()) {
                terminal.say("none");
            }
            return ExitCode.OK;
        }
    }

    /** {@code quarantine show}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "show",
            description = "Show one item. Its content is written only on request: it may hold personal data.")
    @Examples({"quarantine show ID", "quarantine show ID --content item.bin"})
    static final class Shown extends BooksCommand {

        @Parameters(paramLabel = "ID", description = "The item's id.")
        private String id;

        @Option(
                names = "--content",
                paramLabel = "FILE",
                description = "Write the item's bytes here, decrypted. Handle them as personal data.")
        private @Nullable Path content;

        @Override
        int read(Books books, Terminal terminal) {
            QuarantineView item = books.register()
                    .quarantined(id)
                    .orElseThrow(() -> new Stop(
                            ExitCode.NOT_FOUND,
                            "nothing in quarantine has this id",
                            "try `embassage quarantine list`"));
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                object.set("item", node(item));
                terminal.print(Json.text(object));
            } else {
                print(terminal, item);
                var released = books.register().releases(id);
                if (!released.isEmpty()) {
                    terminal.print("released  by " + String.join(", ", released));
                }
            }
            if (content != null) {
                ReceiptCommand.write(
                        content, books.register().quarantineContent(id).octets());
                terminal.say("written: " + content);
            }
            return ExitCode.OK;
        }

        private static void print(Terminal terminal, QuarantineView item) {
            terminal.print("item      " + item.id() + ", " + item.bytes() + " bytes, since " + Words.time(item.at()));
            terminal.print("happened  " + Words.fault(item.fault()));
            item.detail().ifPresent(detail -> terminal.print("detail    " + detail));
            item.peer().ifPresent(peer -> terminal.print("peer      " + peer));
            item.exchange().ifPresent(exchange -> terminal.print("exchange  " + exchange));
            item.drop().ifPresent(drop -> terminal.print("drop      " + drop));
            terminal.print("who acts  " + Words.actor(item.fault().code().actor()));
            terminal.print("next      "
                    + item.decision()
                            .map(word -> "nothing: decided, " + word)
                            .orElse(item.fault().code().nextStep()));
        }
    }

    /** {@code quarantine reject}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "reject",
            description =
                    "Give an item up. A record that was accepted and waits here is not handed over; its sender gets a"
                            + " ContentHandoverFailure and the decision, both signed.")
    @Examples("quarantine reject ID --reason RECORD_WRONG --role OFFICER")
    static final class Rejected extends OrderCommand {

        @Parameters(paramLabel = "ID", description = "The item's id.")
        private String id;

        @Override
        Order order(OrderReason why) {
            return new Order.RejectQuarantined(Ids.item(id), why);
        }

        @Override
        String done() {
            return "rejected: " + id;
        }
    }

    /** {@code quarantine reprocess}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "reprocess",
            description =
                    "Hand a held record over again, after the hand-over description was corrected; the description is"
                            + " read anew. Refused if it still cannot be translated.")
    @Examples("quarantine reprocess ID --reason CORRECTED")
    static final class Reprocessed extends OrderCommand {

        @Parameters(paramLabel = "ID", description = "The item's id.")
        private String id;

        @Override
        Order order(OrderReason why) {
            return new Order.ReprocessQuarantined(Ids.item(id), why);
        }

        @Override
        String done() {
            return "can be translated now, and is handed over next: " + id;
        }
    }

    /** {@code quarantine release}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "release",
            description =
                    "Release a record that the agreement wants released by persons (EMB-2015), as an officer or a supervisor."
                            + " FOUR_EYES wants two persons, each with a pseudonym of their own. The last release judges the"
                            + " record anew; what comes of that is what you are told: it is sealed and goes, or it is refused.")
    @Examples("quarantine release ID --reason LOOKED_AT --role OFFICER")
    static final class Released extends OrderCommand {

        @Parameters(paramLabel = "ID", description = "The item's id.")
        private String id;

        @Override
        Order order(OrderReason why) {
            return new Order.ReleaseQuarantined(Ids.item(id), why);
        }

        @Override
        String done() {
            return "released: " + id;
        }

        @Override
        String done(OrderAnswer answer) {
            return answer.receipts().isEmpty()
                    ? "released by you; it waits for the release of another person: " + id
                    : "released, judged anew and sealed; it is on its way: " + id;
        }
    }

    private static ObjectNode node(QuarantineView item) {
        ObjectNode node = Json.object()
                .put("id", item.id())
                .put("since", item.at().toString())
                .put("code", item.fault().code().code())
                .put("reason", item.fault().code().name())
                .put("sentence", item.fault().code().sentence())
                .put("actor", item.fault().code().actor().name())
                .put("next", item.fault().code().nextStep())
                .put("bytes", item.bytes());
        item.detail().ifPresent(detail -> node.put("detail", detail));
        item.fault().field().ifPresent(field -> node.put("field", field));
        item.fault().clause().ifPresent(clause -> node.put("clause", clause));
        item.peer().ifPresent(peer -> node.put("peer", peer.value()));
        item.exchange().ifPresent(exchange -> node.put("exchange", exchange.toString()));
        item.drop().ifPresent(drop -> node.put("drop", drop.toString()));
        item.decision().ifPresent(word -> node.put("decision", word));
        return node;
    }
}
