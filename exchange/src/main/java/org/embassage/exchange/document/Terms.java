package org.embassage.exchange.document;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The terms under which a document may pass, fixed when it was permitted.
 *
 * @param agreement the version that permitted
 * @param clause the rule that permitted
 * @param applied Strip and Mask rules of the clause, as {@code Strip:path} and {@code Mask:path}, whether or not a value
 *     was there
 * @param schemaVersion of the shared schema
 * @param transport {@code JMS} or {@code SFTP}
 * @param fallback the other transport, where the clause has one
 * @param priority how urgent
 * @param expiresAfter no hand-over starts after creation plus this
 */
public record Terms(
        AgreementRef agreement,
        String clause,
        List<String> applied,
        String schemaVersion,
        String transport,
        Optional<String> fallback,
        Priority priority,
        Duration expiresAfter) {
    public Terms {
        applied = List.copyOf(applied);
    }
}
