package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.Erasurebook.Erasure;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.InboxView.Accepted;
import org.embassage.exchange.journal.Register.PouchView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderReason;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Table;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exchange list}, {@code show}, {@code retry} and {@code cancel}. */
@Command(
        name = "exchange",
        description =
                "List exchanges, show one with all its receipts, carry one now, or cancel one that was never carried.",
        subcommands = {
            ExchangeCommand.Listed.class,
            ExchangeCommand.Shown.class,
            ExchangeCommand.Retried.class,
            ExchangeCommand.Cancelled.class
        })
@Examples({
    "exchange list",
    "exchange list --state sealed --peer QOS-POL",
    "exchange show 0193c0de-0000-7000-8000-000000000001"
})
final class ExchangeCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "exchange needs a word more", "try `embassage exchange list`");
    }

    /** {@code exchange list}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(name = "list", description = "List exchanges, newest first: sent, and with --received those of peers.")
    @Examples({"exchange list", "exchange list --state relay_failed", "exchange list --received --json"})
    static final class Listed extends BooksCommand {

        @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state, for example sealed.")
        private @Nullable String state;

        @Option(names = "--peer", paramLabel = "GATEWAY", description = "Only those with this peer.")
        private @Nullable String peer;

        @Option(names = "--received", description = "Exchanges that peers sent to this gateway.")
        private boolean received;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "At most so many (default: 50).")
        private int limit;

        @Override
        int read(Books books, Terminal terminal) {
            return received ? received(books, terminal) : sent(books, terminal);
        }

        private int sent(Books books, Terminal terminal) {
            List<ExchangeView> views = books.register()
                    .exchanges(
                            Optional.ofNullable(state).map(text -> Ids.named(ExchangeState.class, text)),
                            Optional.ofNullable(peer).map(Ids::gateway),
                            limit);
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                var list = object.putArray("exchanges");
                views.forEach(view -> list.add(node(view)));
                terminal.print(Json.text(object));
                return ExitCode.OK;
            }
            Table table = new Table("EXCHANGE", "TO", "KIND", "BY", "CREATED", "STATE");
            views.forEach(view -> table.row(
                    view.exchange(),
                    view.recipient(),
                    view.kind(),
                    view.transport(),
                    Words.time(view.created()),
                    view.state()));
            return printed(terminal, table);
        }

        private int received(Books books, Terminal terminal) {
            List<InboxView> views = books
                    .register()
                    .inboxes(
                            Optional.ofNullable(state)
                                    .map(text -> Ids.named(org.embassage.exchange.journal.InboxState.class, text)),
                            limit)
                    .stream()
                    .filter(view -> peer == null || view.peer().value().equals(peer))
                    .toList();
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                var list = object.putArray("exchanges");
                views.forEach(view -> list.add(node(view)));
                terminal.print(Json.text(object));
                return ExitCode.OK;
            }
            Table table = new Table("EXCHANGE", "FROM", "KIND", "BY", "RECEIVED", "STATE");
            views.forEach(view -> table.row(
                    view.exchange(),
                    view.peer(),
                    view.accepted().map(Accepted::kind).orElse("-"),
                    view.accepted().map(accepted -> accepted.via().name()).orElse("-"),
                    view.accepted()
                            .map(accepted -> Words.time(accepted.received()))
                            .orElse("-"),
                    view.accepted()
                            .map(accepted -> accepted.state().name())
                            .orElseGet(() -> "REFUSED "
                                    + view.refused()
                                            .map(fault -> fault.code().code())
                                            .orElse(""))));
            return printed(terminal, table);
        }

        private static int printed(Terminal terminal, Table table) {
            table.print(terminal);
            if (table.isEmpty()) {
                terminal.say("none");
            }
            return ExitCode.OK;
        }
    }

    /** {@code exchange retry}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "retry",
            description =
                    "Carry at once what waits of an exchange, and try every transport to its recipient. It repeats nothing: the"
                            + " recipient answers what it has with its receipts.")
    @Examples("exchange retry 0193c0de-0000-7000-8000-000000000001 --reason CLEARED")
    static final class Retried extends OrderCommand {

        @Parameters(paramLabel = "ID", description = "The exchange id.")
        private String id;

        @Override
        Order order(OrderReason why) {
            return new Order.RetryExchange(Ids.exchange(id), why);
        }

        @Override
        String done() {
            return "carried next: " + id;
        }
    }

    /** {@code exchange cancel}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "cancel",
            description =
                    "End an exchange of which nothing was carried yet, with a signed RelayFailure. Refused once the recipient may"
                            + " have it.")
    @Examples("exchange cancel 0193c0de-0000-7000-8000-000000000001 --reason RECORD_WRONG --role OFFICER")
    static final class Cancelled extends OrderCommand {

        @Parameters(paramLabel = "ID", description = "The exchange id.")
        private String id;

        @Override
        Order order(OrderReason why) {
            return new Order.CancelExchange(Ids.exchange(id), why);
        }

        @Override
        String done() {
            return "cancelled: " + id;
        }
    }

    /** {@code exchange show}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "show",
            description = "Show one exchange, as its sender and as its recipient, with all its receipts.")
    @Examples({"exchange show 0193c0de-0000-7000-8000-000000000001", "exchange show ID --json"})
    static final class Shown extends BooksCommand {

        @Parameters(paramLabel = "ID", description = "The exchange id.")
        private String id;

        @Override
        int read(Books books, Terminal terminal) {
            ExchangeId exchange = Ids.exchange(id);
            Optional<ExchangeView> sent = books.register().exchange(exchange);
            List<InboxView> received = books.register().inbox(exchange);
            Optional<PouchView> pouch = books.register().pouchOf(exchange);
            if (sent.isEmpty() && received.isEmpty()) {
                throw new Stop(
                        ExitCode.NOT_FOUND, "this gateway knows no such exchange", "try `embassage exchange list`");
            }
            List<StoredReceipt> receipts = books.register().receipts(exchange);
            List<Erasure> erasures = books.erasurebook().erasures(exchange);
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                sent.ifPresent(view -> {
                    ObjectNode node = node(view);
                    pouch.ifPresent(in -> node.putObject("pouch")
                            .put("number", in.number())
                            .put("since", in.at().toString()));
                    object.set("sent", node);
                });
                var list = object.putArray("received");
                received.forEach(view -> list.add(node(view)));
                var evidence = object.putArray("receipts");
                receipts.forEach(receipt -> evidence.add(ReceiptCommand.node(receipt)));
                var erased = object.putArray("erased");
                erasures.forEach(erasure -> erased.addObject()
                        .put("content", erasure.content())
                        .put("at", erasure.at().toString())
                        .put("reason", erasure.reason().name())
                        .put("evidence", erasure.evidence().toString()));
                terminal.print(Json.text(object));
                return ExitCode.OK;
            }
            sent.ifPresent(view -> print(terminal, view));
            pouch.ifPresent(in -> terminal.print("pouch      in pouch " + in.number() + " for " + in.peer() + " since "
                    + Words.time(in.at()) + "; it waits on until a receipt comes back"));
            received.forEach(view -> print(terminal, view));
            erasures.forEach(erasure -> terminal.print("erased     " + Words.time(erasure.at()) + " by "
                    + (erasure.reason() == ErasureReason.RETENTION_ENDED ? "rule" : "notice") + ", " + erasure.reason()
                    + ", evidence " + erasure.evidence()));
            ReceiptCommand.table(terminal, receipts);
            terminal.say("next: `embassage receipt show ID`, or `embassage bundle export --exchange " + exchange + "`");
            return ExitCode.OK;
        }

        private static void print(Terminal terminal, ExchangeView view) {
            terminal.print("exchange   " + view.exchange() + " to " + view.recipient());
            terminal.print("document   " + view.kind() + " " + view.schemaVersion() + ", " + view.priority() + ", by "
                    + view.transport() + ", number " + view.sequence());
            terminal.print("state      " + view.state() + ": " + Words.state(view.state()) + ", since "
                    + Words.time(view.stateSince()));
            terminal.print("agreement  " + view.agreement().id() + " version "
                    + view.agreement().version() + ", clause " + view.clause());
            terminal.print("drop       " + view.drop() + " of feed " + view.feed() + ", record " + view.recordIndex());
            terminal.print("created    " + Words.time(view.created()) + ", expires " + Words.time(view.expires()) + ", "
                    + view.attempts() + " attempts to send");
            terminal.print("message    SHA-256 " + view.outer().hex());
            view.supersedes().ifPresent(old -> terminal.print("supersedes " + old));
        }

        private static void print(Terminal terminal, InboxView view) {
            terminal.print("exchange   " + view.exchange() + " from " + view.peer());
            view.accepted().ifPresent(accepted -> {
                terminal.print("document   " + accepted.kind() + " " + accepted.schemaVersion() + ", "
                        + accepted.priority() + ", by " + accepted.via() + ", number " + accepted.sequence());
                terminal.print("state      " + accepted.state() + ": " + Words.state(accepted.state()) + ", since "
                        + Words.time(accepted.stateSince()));
                terminal.print("agreement  " + accepted.agreement().id() + " version "
                        + accepted.agreement().version() + ", clause " + accepted.clause());
                accepted.fileName().ifPresent(file -> terminal.print("file       " + file));
                accepted.fault().ifPresent(fault -> terminal.print("fault      " + Words.fault(fault)));
            });
            view.refused().ifPresent(fault -> terminal.print("refused    " + Words.fault(fault)));
            terminal.print("message    SHA-256 " + view.outer().hex());
        }
    }

    private static ObjectNode node(ExchangeView view) {
        return Json.object()
                .put("exchange", view.exchange().toString())
                .put("recipient", view.recipient().value())
                .put("kind", view.kind())
                .put("priority", view.priority().name())
                .put("transport", view.transport().name())
                .put("sequence", view.sequence())
                .put("agreement", view.agreement().id())
                .put("agreementVersion", view.agreement().version())
                .put("clause", view.clause())
                .put("created", view.created().toString())
                .put("expires", view.expires().toString())
                .put("drop", view.drop().toString())
                .put("recordIndex", view.recordIndex())
                .put("feed", view.feed().value())
                .put("outer", view.outer().hex())
                .put("state", view.state().name())
                .put("stateSince", view.stateSince().toString())
                .put("attempts", view.attempts());
    }

    private static ObjectNode node(InboxView view) {
        ObjectNode node = Json.object()
                .put("exchange", view.exchange().toString())
                .put("sender", view.peer().value())
                .put("outer", view.outer().hex());
        view.accepted().ifPresent(accepted -> {
            node.put("kind", accepted.kind());
            node.put("transport", accepted.via().name());
            node.put("sequence", accepted.sequence());
            node.put("received", accepted.received().toString());
            node.put("expires", accepted.expires().toString());
            node.put("state", accepted.state().name());
            node.put("stateSince", accepted.stateSince().toString());
            accepted.fileName().ifPresent(file -> node.put("file", file));
            accepted.fault().ifPresent(fault -> node.put("fault", fault.code().code()));
        });
        view.refused().ifPresent(fault -> node.put("refused", fault.code().code()));
        return node;
    }
}
