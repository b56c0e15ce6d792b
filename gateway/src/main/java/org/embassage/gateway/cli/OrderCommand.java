package org.embassage.gateway.cli;

import java.util.Arrays;
import java.util.List;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Option;

/**
 * A command that orders something of a gateway. A running gateway is given the order in its folder of orders; while none
 * runs, the command carries it out itself, on the same store by the same use case.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class OrderCommand extends HomeCommand {

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            required = true,
            description =
                    "Why; it stands in evidence that the peer gets: CORRECTED, RECORD_WRONG, WRONG_AGENCY,"
                            + " NOT_NEEDED, LOOKED_AT, SECURITY_INCIDENT, MAINTENANCE, LEGAL_ORDER, AGREED_WITH_PEER,"
                            + " ERASURE_NOTICE, RESTORED, CLEARED; to erase SUBJECT_RIGHT, UNLAWFUL, PURPOSE_ENDED, INACCURATE.")
    private String reason;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "OPERATOR",
            description = "In what role you act: OPERATOR, OFFICER, SUPERVISOR, SECURITY, DATA-PROTECTION (default:"
                    + " OPERATOR). Your name is never recorded; a random pseudonym is.")
    private String role;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for a running gateway (default: 30).")
    private int timeout;

    /** The order that the command line names. */
    abstract Order order(OrderReason why);

    /** What is said when it was carried out. */
    abstract String done();

    /** The same, where it depends on what came of it. */
    String done(OrderAnswer answer) {
        return done();
    }

    @Override
    final int run(Terminal terminal) {
        OrderReason why = OrderReason.of(reason)
                .orElseThrow(
                        () -> new Stop(ExitCode.USAGE, "there is no such reason", reasons(), "choose one of them"));
        OfficerRole as = OfficerRole.of(role)
                .orElseThrow(() -> new Stop(
                        ExitCode.USAGE,
                        "there is no such role",
                        Arrays.stream(OfficerRole.values())
                                .map(OfficerRole::word)
                                .toList(),
                        "choose one of them"));
        if (timeout < 0) {
            throw new Stop(ExitCode.USAGE, "nobody can wait less than no time", "give --timeout seconds, 0 or more");
        }
        return told(new OrderGiver(configuration(), clock(), terminal).give(order(why), as, timeout), terminal);
    }

    private static List<String> reasons() {
        return Arrays.stream(OrderReason.values())
                .map(each -> each.name() + ": " + each.sentence())
                .toList();
    }

    private int told(OrderAnswer answer, Terminal terminal) {
        int exit = OrderGiver.exit(answer);
        if (json()) {
            var object = Json.verdict(exit);
            object.put("order", answer.order().toString());
            answer.refused().ifPresent(fault -> object.put("refused", fault.code()));
            answer.cause().ifPresent(fault -> object.put("cause", fault.code()));
            var receipts = object.putArray("receipts");
            answer.receipts().forEach(id -> receipts.add(id.toString()));
            terminal.print(Json.text(object));
            return exit;
        }
        if (answer.carriedOut()) {
            terminal.print(done(answer));
            terminal.print("order     " + answer.order() + ", an act in the ledger");
            answer.receipts().forEach(id -> terminal.print("receipt   " + id));
            return exit;
        }
        throw OrderGiver.refusal(answer);
    }
}
