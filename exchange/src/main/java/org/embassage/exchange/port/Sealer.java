package org.embassage.exchange.port;

import java.security.cert.X509Certificate;
import java.util.List;
import org.embassage.exchange.document.ComposedMessage;
import org.embassage.exchange.document.SealedMessage;

/** Signs, then encrypts, by the profile GW-CMS-1 (docs/formats/sealed-message.md). Thread-safe. */
public interface Sealer {

    /**
     * Seals each message to its recipient's certificate, in order.
     *
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE
     */
    List<SealedMessage> seal(List<ToSeal> messages);

    /** @param recipient the encryption certificate whose digest the header names */
    record ToSeal(ComposedMessage message, X509Certificate recipient) {}
}
