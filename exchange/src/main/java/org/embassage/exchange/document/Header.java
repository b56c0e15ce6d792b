package org.embassage.exchange.document;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/**
 * The header of a message. It exists only inside the signed and encrypted content, so a message cannot be re-addressed.
 *
 * @param exchange the exchange id, chosen by the sender
 * @param kind name of the document element, for example {@code PersonAlert}
 * @param schemaVersion minor version of the shared schema, for example {@code 1.0}
 * @param status {@code ACTUAL}, {@code EXERCISE} or {@code TEST}
 * @param action {@code CREATE}, {@code UPDATE}, {@code WITHDRAW} …
 * @param sender the sealing gateway
 * @param recipient the one gateway it is for
 * @param recipientCertificate SHA-256 of the DER of the encryption certificate used
 * @param agreement the agreement the sender judged by
 * @param priority how urgent
 * @param created UTC, whole milliseconds
 * @param expires UTC; no hand-over starts after it
 * @param sequence number on the pair of gateways, from 1
 * @param salt 32 hexadecimal digits, 128 secret random bits: makes digests of the content unguessable
 * @param supersedes the closed exchange that this one replaces
 */
public record Header(
        ExchangeId exchange,
        String kind,
        String schemaVersion,
        String status,
        String action,
        GatewayId sender,
        GatewayId recipient,
        Digest recipientCertificate,
        AgreementRef agreement,
        Priority priority,
        Instant created,
        Instant expires,
        long sequence,
        String salt,
        Optional<ExchangeId> supersedes) {

    /** The exchange only: the salt is secret. */
    @Override
    public String toString() {
        return "header of " + exchange;
    }
}
