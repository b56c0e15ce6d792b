package org.embassage.exchange.journal;

import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/** Something that holds content which can be erased. Receipts, leaves, notes and proofs hold none. */
public sealed interface Erasable {

    /** What we keep of an exchange that we sent: the sealed message, and what of it lies in quarantine. */
    record Sent(ExchangeId exchange, GatewayId recipient) implements Erasable {}

    /** What we keep of an exchange that a peer sent: the opened message, and what of it lies in quarantine. */
    record Received(ExchangeId exchange, GatewayId peer) implements Erasable {}

    /** Our private copy of a drop. */
    record DropCopy(DropId drop) implements Erasable {}

    /** An item in quarantine with its detail. */
    record Item(String quarantineId) implements Erasable {}
}
