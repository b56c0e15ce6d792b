package org.embassage.exchange.document;

import java.time.Instant;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.schemas.MessageHeader;

/** Reads the header of a valid message into the words of the domain. */
public final class Headers {

    private Headers() {}

    /** @param header of a message that was found valid, so that every value has its form */
    public static Header of(MessageHeader header) {
        return new Header(
                new ExchangeId(header.exchange()),
                header.kind().elementName(),
                header.schemaVersion(),
                header.status(),
                header.action(),
                new GatewayId(header.sender()),
                new GatewayId(header.recipient()),
                Digest.fromHex(header.recipientCertificateDigest()),
                new AgreementRef(
                        header.agreement().id(),
                        header.agreement().version(),
                        Digest.fromHex(header.agreement().digest())),
                Priority.valueOf(header.priority()),
                Instant.ofEpochMilli(header.created().toEpochMilli()),
                Instant.ofEpochMilli(header.expires().toEpochMilli()),
                header.sequence(),
                header.salt(),
                header.supersedes().map(ExchangeId::new));
    }
}
