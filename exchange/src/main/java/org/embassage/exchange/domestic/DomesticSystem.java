package org.embassage.exchange.domestic;

import java.util.Collection;
import java.util.Map;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;

/**
 * The domestic application that takes what is handed over. Hand-over is in two durable steps, so that a crash between
 * them neither loses nor doubles: {@link #stage}, then a commit by the caller, then {@link #publish}.
 */
public interface DomesticSystem {

    /** How a completed publish may be described in a receipt. */
    HandoverBasis basis();

    /**
     * Writes the content under a name that the application does not look at. On return file and folder are fsynced.
     * Staging the same name again replaces what was staged.
     *
     * @throws org.embassage.exchange.fault.Broken HANDOVER_TARGET_UNAVAILABLE if it cannot be written,
     *     HANDOVER_TARGET_CHANGED if this is not what was used before
     */
    void stage(String fileName, byte[] content);

    /** Stages many; durable when it returns. As {@link #stage(String, byte[])}. */
    default void stage(Map<String, byte[]> files) {
        files.forEach(this::stage);
    }

    /**
     * Makes what was staged visible, atomically and durably. If nothing is staged under the name it was published
     * before, and nothing happens: so it may be called again after a crash.
     *
     * @throws org.embassage.exchange.fault.Broken HANDOVER_TARGET_UNAVAILABLE if it cannot be done now,
     *     HANDOVER_TARGET_CHANGED if this is not where it was staged
     */
    void publish(String fileName);

    /** Publishes many; durable when it returns. As {@link #publish(String)}. */
    default void publish(Collection<String> fileNames) {
        fileNames.forEach(this::publish);
    }

    /**
     * Whether something could be staged and published now, as far as can be told without doing it: if not, what fails says
     * nothing of the file that failed.
     */
    default boolean usable() {
        return true;
    }
}
