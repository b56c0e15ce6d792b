package org.embassage.evidence.receipt;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.zip.StrictZip;

/** Makes receipts: ASiC-E containers with one CAdES B-B signature (docs/formats/receipt.md). Thread-safe. */
public final class ReceiptSigner {

    private final CadesSigner signer;

    public ReceiptSigner(CadesSigner signer) {
        this.signer = signer;
    }

    /** SHA-256 of the DER of the signing certificate. */
    public Digest certificate() {
        return signer.certificateDigest();
    }

    /**
     * Signs each, in order.
     *
     * @throws IllegalArgumentException if evidence lacks a field of its event, or names another certificate
     * @throws IllegalStateException if the key cannot be used
     */
    public List<Receipt> sign(List<Evidence> evidence) {
        return evidence.stream().map(this::sign).toList();
    }

    private Receipt sign(Evidence evidence) {
        if (!Mandatory.met(evidence) || !evidence.issuerCertificate().equals(signer.certificateDigest())) {
            throw new IllegalArgumentException("evidence that may not be signed: " + evidence.event());
        }
        Map<String, byte[]> signed = signedEntries(EvidenceXml.write(evidence), evidence.checkpoints());
        byte[] manifest = AsicManifest.write(signed);
        byte[] signature = signer.signDetached(manifest, commitment(evidence.event()));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(Entries.MIMETYPE, Entries.MIMETYPE_CONTENT.getBytes(StandardCharsets.US_ASCII));
        entries.putAll(signed);
        entries.put(Entries.MANIFEST, manifest);
        entries.put(Entries.SIGNATURE, signature);
        return new Receipt(
                evidence,
                Digest.sha256(manifest),
                CadesVerifier.signatureValue(signature).orElseThrow(),
                StrictZip.write(entries));
    }

    static Map<String, byte[]> signedEntries(byte[] evidenceXml, Evidence.Checkpoints checkpoints) {
        Map<String, byte[]> signed = new LinkedHashMap<>();
        signed.put(Entries.EVIDENCE, evidenceXml);
        signed.put(Entries.OWN_CHECKPOINT, checkpoints.own().getBytes(StandardCharsets.UTF_8));
        checkpoints
                .peer()
                .ifPresent(note -> signed.put(Entries.PEER_CHECKPOINT, note.getBytes(StandardCharsets.UTF_8)));
        return signed;
    }

    private static Commitment commitment(EvidenceEvent event) {
        return switch (event) {
            case RELAY_ACCEPTANCE -> Commitment.PROOF_OF_RECEIPT;
            case CONTENT_HANDOVER -> Commitment.PROOF_OF_DELIVERY;
            case SUBMISSION_ACCEPTANCE,
                    SUBMISSION_REJECTION,
                    RELAY_REJECTION,
                    RELAY_FAILURE,
                    CONTENT_HANDOVER_FAILURE,
                    QUARANTINE_DECISION,
                    TRAFFIC_SUSPENDED,
                    TRAFFIC_RESUMED,
                    CONTENT_ERASURE -> Commitment.NONE;
        };
    }
}
