package org.embassage.evidence.receipt;

import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;

/**
 * One signed receipt: the bytes of its container, made once and never regenerated, and its identity. Everything
 * compares the identity, never the ZIP, because proofs and time-stamps may be added to the ZIP later.
 */
public final class Receipt {

    private final Evidence evidence;
    private final Digest manifest;
    private final Digest signature;
    private final byte[] container;

    /**
     * @param evidence what it says, as read back from the container
     * @param manifest SHA-256 of META-INF/ASiCManifest001.xml
     * @param signature SHA-256 of the CMS signature value
     * @param container the ASiC-E file (EN 319 162-1), copied
     */
    public Receipt(Evidence evidence, Digest manifest, Digest signature, byte[] container) {
        this.evidence = evidence;
        this.manifest = manifest;
        this.signature = signature;
        this.container = container.clone();
    }

    public EvidenceId id() {
        return evidence.id();
    }

    public Evidence evidence() {
        return evidence;
    }

    /** SHA-256 of META-INF/ASiCManifest001.xml. */
    public Digest manifest() {
        return manifest;
    }

    /** SHA-256 of the CMS signature value. */
    public Digest signature() {
        return signature;
    }

    /** A copy of the container's bytes. */
    public byte[] container() {
        return container.clone();
    }

    /** The same evidence, by id, manifest and signature value. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Receipt that
                && id().equals(that.id())
                && manifest.equals(that.manifest)
                && signature.equals(that.signature);
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return evidence.event().etsiName() + " " + id();
    }
}
