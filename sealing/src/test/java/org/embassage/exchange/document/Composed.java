package org.embassage.exchange.document;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/** Composed messages for the tests of sealing: no document was permitted, so none of these could ever be sent. */
public final class Composed {

    private Composed() {}

    public static ComposedMessage message(ExchangeId exchange, byte[] content, Digest recipientCertificate) {
        Digest any = Digest.sha256(new byte[] {1});
        Header header = new Header(
                exchange,
                "PersonAlert",
                "1.0",
                "EXERCISE",
                "CREATE",
                new GatewayId("QVL-BG"),
                new GatewayId("QOS-POL"),
                recipientCertificate,
                new AgreementRef("QVL-QOS-2031-01", 1, any),
                Priority.values()[0],
                Instant.parse("2026-11-25T00:00:00Z"),
                Instant.parse("2026-11-26T00:00:00Z"),
                1,
                "0".repeat(32),
                Optional.empty());
        return new ComposedMessage(header, content, any);
    }
}
