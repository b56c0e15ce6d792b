package org.embassage.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ledger reconcile}. */
@Command(
        name = "reconcile",
        description = {
            "After a restore: close the ledger at what peers hold of it, and begin a new epoch that binds exactly that. Peers"
                    + " accept it by its own signed statement and send back the receipts that were lost; then messages go and"
                    + " come again.",
            "What may have been handed over before waits in quarantine for a person."
        })
@Examples({
    "ledger reconcile --reason RESTORED --role SECURITY --home qvl",
    "ledger reconcile --reason RESTORED --role SECURITY --without QOS-BP"
})
final class LedgerReconcileCommand extends OrderCommand {

    @Option(
            names = "--without",
            paramLabel = "GATEWAY",
            description =
                    "Do not wait for what this peer holds. If it holds more than the others it will refuse the new epoch,"
                            + " and messages with it stay stopped.")
    private List<String> without = new ArrayList<>();

    @Override
    Order order(OrderReason why) {
        return new Order.ReconcileLedger(without.stream().map(Ids::gateway).toList(), why);
    }

    @Override
    String done() {
        return "the ledger has begun a new epoch; messages go on with each peer that has sent back what was lost";
    }
}
