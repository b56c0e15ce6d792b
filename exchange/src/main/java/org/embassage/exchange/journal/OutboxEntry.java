package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;

/**
 * One item on its way to a peer.
 *
 * @param id unique, a UUID
 * @param transport by which it is carried
 * @param attempts how often it was carried or tried
 * @param nextAttempt not before, UTC
 * @param content the item's exact bytes
 * @param carried how often the peer's side of a transport took it; above 0 it is now carried again
 */
public record OutboxEntry(
        String id,
        GatewayId peer,
        ItemKind kind,
        Transport transport,
        Priority priority,
        Optional<ExchangeId> exchange,
        Optional<EvidenceId> receipt,
        int attempts,
        Instant queued,
        Instant nextAttempt,
        Content content,
        int carried) {

    /** Not carried yet. */
    public OutboxEntry(
            String id,
            GatewayId peer,
            ItemKind kind,
            Transport transport,
            Priority priority,
            Optional<ExchangeId> exchange,
            Optional<EvidenceId> receipt,
            int attempts,
            Instant queued,
            Instant nextAttempt,
            Content content) {
        this(id, peer, kind, transport, priority, exchange, receipt, attempts, queued, nextAttempt, content, 0);
    }

    /** The same with its content, which listings leave out. */
    public OutboxEntry with(Content read) {
        return new OutboxEntry(
                id, peer, kind, transport, priority, exchange, receipt, attempts, queued, nextAttempt, read, carried);
    }
}
