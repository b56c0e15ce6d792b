package org.embassage.translation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.document.Header;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.document.ReceivedDocument;

/** Messages around documents, as a receiving gateway holds them. */
public final class Messages {

    private static final String EXCHANGE = "019f2c3a-7b10-7c44-8a51-3d0f5e9b1a20";

    private Messages() {}

    public static ReceivedDocument around(Draft draft) {
        return around(draft.kind(), new String(draft.document(), StandardCharsets.UTF_8));
    }

    public static ReceivedDocument around(String kind, String document) {
        String message = "<Message xmlns=\"urn:embassage:exchange:1\"><Header><ExchangeID>" + EXCHANGE
                + "</ExchangeID><KindCode>" + kind
                + "</KindCode><StatusCode>EXERCISE</StatusCode><ActionCode>CREATE</ActionCode><Sender>QVL-BG</Sender>"
                + "<PriorityCode>URGENT</PriorityCode></Header>" + document + "</Message>";
        return received(kind, message.getBytes(StandardCharsets.UTF_8));
    }

    public static ReceivedDocument received(String kind, byte[] message) {
        Digest digest = Digest.sha256(new byte[] {1});
        Header header = new Header(
                ExchangeId.parse(EXCHANGE),
                kind,
                "1.0",
                "EXERCISE",
                "CREATE",
                new GatewayId("QVL-BG"),
                new GatewayId("QOS-POL"),
                digest,
                new AgreementRef("QVL-QOS-2031-01", 1, digest),
                Priority.URGENT,
                Instant.parse("2031-03-30T00:31:07.114Z"),
                Instant.parse("2031-03-31T00:31:07.114Z"),
                1,
                "00112233445566778899aabbccddeeff",
                Optional.empty());
        return new ReceivedDocument(header, message);
    }
}
