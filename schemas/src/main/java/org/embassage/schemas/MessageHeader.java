package org.embassage.schemas;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The header of a valid message, as written. Codes are those of the shared schema's lists.
 *
 * @param exchange the exchange id, a UUID of version 7
 * @param conversation groups messages that belong together
 * @param inReplyTo the exchange that this one answers
 * @param supersedes the closed exchange that this one replaces
 * @param kind of the document
 * @param schemaVersion for example {@code 1.0}
 * @param status ACTUAL, EXERCISE or TEST
 * @param action CREATE, UPDATE, WITHDRAW …
 * @param sender gateway id
 * @param recipient gateway id
 * @param recipientCertificateDigest SHA-256, 64 hexadecimal digits
 * @param agreement the agreement that the sender judged by
 * @param priority FLASH, URGENT, ROUTINE or BULK
 * @param created whole milliseconds
 * @param expires no hand-over starts after it
 * @param respondBy when an answer is due
 * @param sequence from 1, on the ordered pair of gateways
 * @param salt 32 hexadecimal digits; secret
 * @param attachments how many
 * @param manifestDigest SHA-256 of the attachment manifest, 64 hexadecimal digits
 */
public record MessageHeader(
        UUID exchange,
        Optional<UUID> conversation,
        Optional<UUID> inReplyTo,
        Optional<UUID> supersedes,
        DocumentKind kind,
        String schemaVersion,
        String status,
        String action,
        String sender,
        String recipient,
        String recipientCertificateDigest,
        Agreement agreement,
        String priority,
        Instant created,
        Instant expires,
        Optional<Instant> respondBy,
        long sequence,
        String salt,
        int attachments,
        Optional<String> manifestDigest) {

    /**
     * Names one version of one agreement.
     *
     * @param id for example {@code QVL-QOS-2031-01}
     * @param version from 1
     * @param digest SHA-256 of its file, 64 hexadecimal digits
     */
    public record Agreement(String id, int version, String digest) {}

    /** The exchange only: the salt is secret. */
    @Override
    public String toString() {
        return "header of " + exchange;
    }
}
