package org.embassage.gateway.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.gateway.assembly.OrderWiring;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.orders.OfficerFile;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Option;

/**
 * A command that orders something of a gateway. A running gateway is given the order in its folder of orders; while none
 * runs, the command carries it out itself, on the same store by the same use case.
 */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class OrderCommand extends HomeCommand {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

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
        Order order = order(why);
        Configuration configuration = configuration();
        OrderFolder folder = OrderFolder.in(configuration.home());
        if (!folder.isOurs()) {
            throw new Stop(
                    ExitCode.REFUSED,
                    "the gateway takes orders of its own user only",
                    "run the command as the user that owns data/orders");
        }
        SecureRandom random = new SecureRandom();
        Officer officer = new Officer(as, OfficerFile.pseudonym(OfficerFile.usual(), random));
        OrderSlip slip = new OrderSlip(new Uuids(clock(), random).nextEvidenceId(), officer, order);
        return told(answer(configuration, folder, slip, terminal), terminal);
    }

    private static List<String> reasons() {
        return Arrays.stream(OrderReason.values())
                .map(each -> each.name() + ": " + each.sentence())
                .toList();
    }

    private OrderAnswer answer(Configuration configuration, OrderFolder folder, OrderSlip slip, Terminal terminal) {
        Optional<OrderFolder.Held> alone = folder.hold();
        if (alone.isEmpty()) {
            folder.give(slip);
            return awaited(folder, slip.id(), terminal);
        }
        try (OrderFolder.Held held = alone.get()) {
            Loaded loaded = Loaded.of(configuration);
            return OrderWiring.carryOut(
                            configuration, loaded.federation(), loaded.domestic(), slip, clock(), new SecureRandom())
                    .orElseThrow(() ->
                            new Stop(ExitCode.NOT_FOUND, "this gateway never ran", "start it with `embassage run`"));
        }
    }

    private OrderAnswer awaited(OrderFolder folder, EvidenceId order, Terminal terminal) {
        Progress progress = new Progress(terminal, "waiting for the gateway", timeout);
        long looks = timeout * 1000L / LOOK_EVERY.toMillis();
        for (long look = 0; look <= looks; look++) {
            Optional<OrderAnswer> answer = folder.answer(order);
            if (answer.isPresent()) {
                progress.end();
                folder.forget(order);
                return answer.get();
            }
            progress.at(look * LOOK_EVERY.toMillis() / 1000);
            Pause.take(LOOK_EVERY);
        }
        progress.end();
        if (folder.withdraw(order)) {
            throw new Stop(
                    ExitCode.UNREACHABLE,
                    "the gateway did not take the order within " + timeout
                            + " s; it was withdrawn and nothing was done",
                    "see `embassage status` and the gateway's log, then order again");
        }
        throw new Stop(
                ExitCode.INDETERMINATE,
                "the gateway took order " + order + " but did not answer within " + timeout + " s",
                "it will be carried out once; look at `embassage ledger status` and data/orders/" + order + ".answer");
    }

    private int told(OrderAnswer answer, Terminal terminal) {
        int exit = answer.carriedOut()
                ? ExitCode.OK
                : answer.refused()
                                .filter(fault ->
                                        fault == FaultCode.ORDER_SUBJECT_UNKNOWN || fault == FaultCode.ERASURE_UNKNOWN)
                                .isPresent()
                        ? ExitCode.NOT_FOUND
                        : ExitCode.REFUSED;
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
        FaultCode why = answer.refused().orElseThrow();
        throw new Stop(
                exit,
                why.code() + " " + why.sentence(),
                answer.cause().stream()
                        .map(fault -> "because   " + fault.code() + " " + fault.sentence())
                        .collect(Collectors.toList()),
                answer.cause().map(FaultCode::nextStep).orElse(why.nextStep()));
    }
}
