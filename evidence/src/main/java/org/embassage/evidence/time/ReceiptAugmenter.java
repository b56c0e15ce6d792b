package org.embassage.evidence.time;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.CadesAugmenter;
import org.embassage.evidence.receipt.ReceiptParts;

/**
 * Composes the later forms of a receipt from the stored one (EN 319 122-1 §6.1): CAdES B-T with a time-stamp, B-LT with
 * certificates and revocation lists too, and with archive time-stamps LTA (EN 319 162-1 §4.4.3). The manifest, the
 * signature value, the signed attributes and an inclusion proof keep their bytes, so the receipt keeps its identity. The
 * same input gives the same bytes. Thread-safe.
 *
 * <p>Does not guarantee: that a token is good; {@link TimeStamp#check} says that.
 */
public final class ReceiptAugmenter {

    private ReceiptAugmenter() {}

    /**
     * Puts a token, certificates and revocation lists into the signature. What is there already stays, but for the
     * token, which a given one replaces. Revocation lists beyond {@link CadesAugmenter#MAX_LIST_BYTES} are left out.
     *
     * @param container of a receipt without archive time-stamps
     * @param token over {@link StampRequest#of(org.embassage.evidence.receipt.Receipt)}, in DER; absent: none is put in
     * @param certificates of the issuer's and the authority's CAs
     * @param revocationLists by those CAs
     * @throws IllegalArgumentException if the container is not whole, has archive time-stamps, or would become too large
     */
    public static byte[] augment(
            byte[] container,
            Optional<byte[]> token,
            Collection<X509Certificate> certificates,
            Collection<X509CRL> revocationLists) {
        ReceiptParts parts = ReceiptParts.of(container);
        if (!parts.archives().isEmpty()) {
            throw new IllegalArgumentException("what an archive time-stamp covers must stay as it is");
        }
        return whole(
                parts.withSignature(CadesAugmenter.augment(parts.signature(), token, certificates, revocationLists)));
    }

    /**
     * Makes a receipt ready for one more archive time-stamp: puts what is needed to judge the newest one that is there
     * into its token, since nothing can be put in afterwards. Without one the receipt stays as it is.
     *
     * @throws IllegalArgumentException if the container is not whole or would become too large
     */
    public static byte[] beforeArchive(
            byte[] container, Collection<X509Certificate> certificates, Collection<X509CRL> revocationLists) {
        ReceiptParts parts = ReceiptParts.of(container);
        if (parts.archives().isEmpty()) {
            return container.clone();
        }
        byte[] newest = parts.archives().get(parts.archives().size() - 1).token();
        return whole(parts.withNewestArchiveToken(
                CadesAugmenter.augment(newest, Optional.empty(), certificates, revocationLists)));
    }

    /**
     * Puts in one more archive time-stamp.
     *
     * @param container as {@link #beforeArchive} gave it
     * @param token over {@link StampRequest#ofArchive}, in DER
     * @throws IllegalArgumentException if the container is not whole, the token is not over that digest, or the container
     *     would become too large
     */
    public static byte[] archive(byte[] container, byte[] token) {
        ReceiptParts parts = ReceiptParts.of(container);
        if (!(TimeStamp.check(token, Digest.sha256(parts.nextArchiveManifest())) instanceof TimeStamp.Reading.Good)) {
            throw new IllegalArgumentException("not a token over the archive manifest");
        }
        return whole(parts.withArchive(token));
    }

    private static byte[] whole(ReceiptParts parts) {
        byte[] container = parts.container();
        ReceiptParts unused = ReceiptParts.of(container);
        return container;
    }
}
