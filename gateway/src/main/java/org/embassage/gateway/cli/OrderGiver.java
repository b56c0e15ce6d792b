package org.embassage.gateway.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
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

/**
 * Gives an order: to the running gateway by its folder of orders, or, while none runs, to the same use case on the same store.
 */
final class OrderGiver {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Configuration configuration;
    private final Clock clock;
    private final Terminal terminal;

    OrderGiver(Configuration configuration, Clock clock, Terminal terminal) {
        this.configuration = configuration;
        this.clock = clock;
        this.terminal = terminal;
    }

    /**
     * Gives it and waits.
     *
     * @param timeout seconds to wait for a running gateway
     * @throws Stop UNREACHABLE if it was withdrawn and nothing was done, INDETERMINATE if it will still be carried out
     */
    OrderAnswer give(Order order, OfficerRole role, int timeout) {
        OrderFolder folder = OrderFolder.in(configuration.home());
        if (!folder.isOurs()) {
            throw new Stop(
                    ExitCode.REFUSED,
                    "the gateway takes orders of its own user only",
                    "run the command as the user that owns data/orders");
        }
        SecureRandom random = new SecureRandom();
        Officer officer = new Officer(role, OfficerFile.pseudonym(OfficerFile.usual(), random));
        OrderSlip slip = new OrderSlip(new Uuids(clock, random).nextEvidenceId(), officer, order);
        Optional<OrderFolder.Held> alone = folder.hold();
        if (alone.isEmpty()) {
            folder.give(slip);
            return awaited(folder, slip.id(), timeout);
        }
        try (OrderFolder.Held held = alone.get()) {
            Loaded loaded = Loaded.of(configuration);
            return OrderWiring.carryOut(configuration, loaded.federation(), loaded.domestic(), slip, clock, random)
                    .orElseThrow(() ->
                            new Stop(ExitCode.NOT_FOUND, "this gateway never ran", "start it with `embassage run`"));
        }
    }

    private OrderAnswer awaited(OrderFolder folder, EvidenceId order, int timeout) {
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

    /** What a command ends with that gave an order. */
    static int exit(OrderAnswer answer) {
        if (answer.carriedOut()) {
            return ExitCode.OK;
        }
        return answer.refused()
                        .filter(fault -> fault == FaultCode.ORDER_SUBJECT_UNKNOWN || fault == FaultCode.ERASURE_UNKNOWN)
                        .isPresent()
                ? ExitCode.NOT_FOUND
                : ExitCode.REFUSED;
    }

    /** What is said of an order that was refused. */
    static Stop refusal(OrderAnswer answer) {
        FaultCode why = answer.refused().orElseThrow();
        return new Stop(
                exit(answer),
                why.code() + " " + why.sentence(),
                answer.cause().stream()
                        .map(fault -> "because   " + fault.code() + " " + fault.sentence())
                        .collect(Collectors.toList()),
                answer.cause().map(FaultCode::nextStep).orElse(why.nextStep()));
    }
}
