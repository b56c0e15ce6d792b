package org.embassage.exchange.port;

import java.util.List;
import org.embassage.evidence.Digest;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Receipt;

/** Turns evidence into signed receipts. The bytes are made once and kept. Thread-safe. */
public interface EvidenceSigner {

    /**
     * Signs each, in order.
     *
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE
     */
    List<Receipt> sign(List<Evidence> evidence);

    /** SHA-256 of the DER of the certificate that signs; goes into {@link Evidence#issuerCertificate()}. */
    Digest certificate();
}
