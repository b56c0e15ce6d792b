package org.embassage.gateway.cli;

import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderReason;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code peer suspend} and {@code peer resume}. */
@Command(
        name = "peer",
        description = "Stop messages to and from a peer, or let them go on. Receipts always go on.",
        subcommands = {PeerCommand.Suspended.class, PeerCommand.Resumed.class})
@Examples({
    "peer suspend --peer QOS-POL --reason SECURITY_INCIDENT --role SECURITY",
    "peer resume --peer QOS-POL --reason CLEARED"
})
final class PeerCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "peer needs a word more", "try `embassage peer --help`");
    }

    /** {@code peer suspend}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "suspend",
            description = "Stop messages to and from a peer: ours wait, the peer's are refused by receipt.")
    @Examples("peer suspend --peer QOS-POL --reason SECURITY_INCIDENT")
    static final class Suspended extends OrderCommand {

        @Option(names = "--peer", paramLabel = "GATEWAY", required = true, description = "The peer.")
        private String peer;

        @Override
        Order order(OrderReason why) {
            return new Order.SuspendPeer(Ids.gateway(peer), why);
        }

        @Override
        String done() {
            return "messages to and from " + peer
                    + " are stopped; if they were not before, the peer is told by a signed receipt";
        }
    }

    /** {@code peer resume}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(name = "resume", description = "Let messages to and from a peer go on.")
    @Examples("peer resume --peer QOS-POL --reason CLEARED")
    static final class Resumed extends OrderCommand {

        @Option(names = "--peer", paramLabel = "GATEWAY", required = true, description = "The peer.")
        private String peer;

        @Override
        Order order(OrderReason why) {
            return new Order.ResumePeer(Ids.gateway(peer), why);
        }

        @Override
        String done() {
            return "messages to and from " + peer
                    + " go on; if they were stopped, the peer is told by a signed receipt";
        }
    }
}
