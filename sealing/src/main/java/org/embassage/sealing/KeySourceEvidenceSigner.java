package org.embassage.sealing;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.Digest;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptSigner;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.EvidenceSigner;
import org.embassage.exchange.port.KeySource;

/** Signs receipts with the seal key that the evidence names, which is the current one but for a rollover. Thread-safe. */
public final class KeySourceEvidenceSigner implements EvidenceSigner {

    private final SealKeys keys;

    public KeySourceEvidenceSigner(KeySource keys, Clock clock) {
        this.keys = new SealKeys(keys, clock);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if evidence lacks a field of its event
     */
    @Override
    public List<Receipt> sign(List<Evidence> evidence) {
        List<Receipt> receipts = new ArrayList<>(evidence.size());
        for (Evidence one : evidence) {
            receipts.addAll(sign(one));
        }
        return List.copyOf(receipts);
    }

    private List<Receipt> sign(Evidence evidence) {
        ReceiptSigner signer = new ReceiptSigner(keys.of(evidence.issuerCertificate()));
        try {
            return signer.sign(List.of(evidence));
        } catch (IllegalStateException unusable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    @Override
    public Digest certificate() {
        return keys.current().certificateDigest();
    }
}
