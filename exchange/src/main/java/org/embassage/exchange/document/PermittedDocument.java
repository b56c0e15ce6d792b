package org.embassage.exchange.document;

import com.google.errorprone.annotations.RestrictedApi;
import java.time.LocalDate;
import org.embassage.evidence.GatewayId;

/**
 * A document that the agreement lets one recipient receive, already stripped and masked. Only the agreement policy makes
 * one. Holds personal data.
 */
public final class PermittedDocument {

    private final ValidDocument source;
    private final byte[] document;
    private final GatewayId recipient;
    private final String status;
    private final Terms terms;

    private PermittedDocument(ValidDocument source, byte[] document, GatewayId recipient, String status, Terms terms) {
        this.source = source;
        this.document = document;
        this.recipient = recipient;
        this.status = status;
        this.terms = terms;
    }

    /**
     * For the agreement policy only.
     *
     * @param document what is left of {@code source} after Strip and Mask; not copied
     */
    @RestrictedApi(
            explanation = "Only the agreement policy permits",
            allowedOnPath = ".*/exchange/src/main/java/org/embassage/exchange/agreement/.*")
    public static PermittedDocument permitted(
            ValidDocument source, byte[] document, GatewayId recipient, String status, Terms terms) {
        return new PermittedDocument(source, document, recipient, status, terms);
    }

    public String kind() {
        return source.view().kind().elementName();
    }

    public String action() {
        return source.action();
    }

    public GatewayId recipient() {
        return recipient;
    }

    /** {@code ACTUAL}, {@code EXERCISE} or {@code TEST}. */
    public String status() {
        return status;
    }

    /** The last day on which the record may be kept. */
    public LocalDate retainUntil() {
        return source.view().governance().retainUntil();
    }

    public Terms terms() {
        return terms;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] document() {
        return document;
    }

    @Override
    public String toString() {
        return "permitted " + kind();
    }
}
