package org.embassage.exchange.port;

import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.exchange.document.OpenedMessage;

/** Decrypts and verifies. Never throws for bad input, whatever the bytes; bounded in memory and time. Thread-safe. */
public interface Opener {

    /**
     * @param sealed the message exactly as transferred
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE: our side failed, nothing is said of the message
     */
    Opening open(byte[] sealed);

    /** What opening found. To a peer all failures look alike; {@code detail} is for our own log. */
    sealed interface Opening {
        record Opened(OpenedMessage message) implements Opening {}

        /**
         * @param outer SHA-256 of the bytes
         * @param detail why, in our own words
         */
        record Unopenable(Digest outer, Detail detail) implements Opening {}

        default <T> T fold(Function<Opened, T> good, Function<Unopenable, T> bad) {
            return this instanceof Opened opened ? good.apply(opened) : bad.apply((Unopenable) this);
        }
    }

    /** Why a message could not be opened. Never told to a peer. */
    enum Detail {
        TOO_LARGE,
        NOT_DER,
        WRONG_STRUCTURE,
        WRONG_ALGORITHM,
        NOT_FOR_US,
        DECRYPTION_FAILED,
        NOT_SIGNED_DATA,
        SIGNER_COUNT,
        ATTRIBUTES_WRONG,
        SIGNATURE_WRONG,
        SIGNER_UNTRUSTED,
        SIGNER_REVOKED,
        /** No revocation list in force speaks of the signer, and this gateway wants one. */
        REVOCATION_UNKNOWN
    }
}
