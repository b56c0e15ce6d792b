package org.embassage.exchange.receive;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;

/** Ids in quarantine follow from the bytes: the same bytes are kept once. */
final class Quarantine {

    private Quarantine() {}

    static Fact.Quarantined item(
            String sort,
            byte[] octets,
            Fault fault,
            Optional<String> detail,
            GatewayId peer,
            Optional<ExchangeId> exchange,
            Instant at) {
        String id = sort + "-" + Digest.sha256(octets).hex().substring(0, 32);
        return new Fact.Quarantined(
                id, fault, detail, Optional.of(peer), exchange, Optional.empty(), at, new Content(octets));
    }
}
