package org.embassage.exchange.receive;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;

/** Words the facts by which a receipt is kept and goes to the peer. Thread-safe. */
public final class Returns {

    private final Uuids ids;

    public Returns(Uuids ids) {
        this.ids = ids;
    }

    /** We issued it for the peer. */
    public Fact kept(Receipt receipt, GatewayId peer) {
        return new Fact.ReceiptKept(receipt, true, Optional.of(peer), LedgerLeaf.issued(receipt), false);
    }

    /** It goes by the transport by which the message came or goes. */
    public Fact sent(
            EvidenceId receipt,
            Optional<ExchangeId> exchange,
            byte[] container,
            GatewayId peer,
            Transport via,
            Priority priority,
            Instant at) {
        return new Fact.OutboxPut(new OutboxEntry(
                ids.next().toString(),
                peer,
                ItemKind.RECEIPT,
                via,
                priority,
                exchange,
                Optional.of(receipt),
                0,
                at,
                at,
                new Content(container)));
    }
}
