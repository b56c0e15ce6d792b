package org.embassage.exchange.document;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.SharedSchema;

/**
 * Puts a permitted document under its header, by bytes and not by marshalling, and validates the final bytes. The bytes
 * validated last are the bytes sealed. Thread-safe.
 */
public final class MessageComposer {

    private static final String OPEN = "<Message xmlns=\"" + SharedSchema.NAMESPACE + "\"><Header>";

    private final GatewayId self;
    private final SecureRandom random;

    public MessageComposer(GatewayId self, SecureRandom random) {
        this.self = self;
        this.random = random;
    }

    /**
     * Composes one message.
     *
     * @param recipientCertificate SHA-256 of the encryption certificate that will be used
     * @param created cut to whole milliseconds
     * @param sequence reserved for this exchange and no other
     */
    public Composition compose(
            PermittedDocument document,
            ExchangeId exchange,
            Digest recipientCertificate,
            Instant created,
            long sequence,
            Optional<ExchangeId> supersedes) {
        Instant at = created.truncatedTo(ChronoUnit.MILLIS);
        Terms terms = document.terms();
        Header header = new Header(
                exchange,
                document.kind(),
                terms.schemaVersion(),
                document.status(),
                document.action(),
                self,
                document.recipient(),
                recipientCertificate,
                terms.agreement(),
                terms.priority(),
                at,
                at.plus(terms.expiresAfter()),
                sequence,
                salt(),
                supersedes);
        byte[] message = bytes(header, document.document());
        return SharedSchema.validateMessage(message)
                .fold(
                        view -> new Composition.Composed(
                                new ComposedMessage(header, message, Manifest.digest(header.salt(), message))),
                        violations -> new Composition.Invalid(
                                Fault.inField(FaultCode.DOCUMENT_INVALID, ValidDocument.place(violations.get(0)))));
    }

    private String salt() {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    private static byte[] bytes(Header h, byte[] document) {
        StringBuilder xml = new StringBuilder(1400).append(OPEN);
        element(xml, "ExchangeID", h.exchange().toString());
        h.supersedes().ifPresent(old -> element(xml, "Supersedes", old.toString()));
        element(xml, "KindCode", h.kind());
        element(xml, "SchemaVersion", h.schemaVersion());
        element(xml, "StatusCode", h.status());
        element(xml, "ActionCode", h.action());
        element(xml, "Sender", h.sender().value());
        element(xml, "Recipient", h.recipient().value());
        element(xml, "RecipientCertificateDigest", h.recipientCertificate().hex());
        xml.append("<AgreementRef>");
        element(xml, "AgreementID", h.agreement().id());
        element(xml, "AgreementVersion", Integer.toString(h.agreement().version()));
        element(xml, "AgreementDigest", h.agreement().digest().hex());
        xml.append("</AgreementRef>");
        element(xml, "PriorityCode", h.priority().name());
        element(xml, "CreatedDateTime", UtcText.of(h.created()));
        element(xml, "ExpiresDateTime", UtcText.of(h.expires()));
        element(xml, "SequenceNumber", Long.toString(h.sequence()));
        element(xml, "PayloadSalt", h.salt());
        element(xml, "AttachmentCount", "0");
        byte[] head = xml.append("</Header>").toString().getBytes(StandardCharsets.UTF_8);
        byte[] tail = "</Message>".getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[head.length + document.length + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(document, 0, all, head.length, document.length);
        System.arraycopy(tail, 0, all, head.length + document.length, tail.length);
        return all;
    }

    /** Every value here is an id, a code or a number: none needs escaping. */
    private static void element(StringBuilder xml, String name, String value) {
        xml.append('<')
                .append(name)
                .append('>')
                .append(value)
                .append("</")
                .append(name)
                .append('>');
    }

    /** What composing found. */
    public sealed interface Composition {
        record Composed(ComposedMessage message) implements Composition {}

        /** The final bytes do not satisfy the shared schema. */
        record Invalid(Fault fault) implements Composition {}

        default <T> T fold(Function<Composed, T> good, Function<Invalid, T> bad) {
            return this instanceof Composed composed ? good.apply(composed) : bad.apply((Invalid) this);
        }
    }
}
