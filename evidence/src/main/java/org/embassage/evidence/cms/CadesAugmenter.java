package org.embassage.evidence.cms;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.embassage.evidence.Digest;

/**
 * Adds to a CAdES B-B signature what makes it B-T and B-LT (EN 319 122-1 §6): a signature-time-stamp as an unsigned
 * attribute, certificates and revocation lists in SignedData. Also adds certificates and revocation lists to a
 * time-stamp token. What is signed, and the signature value, keep their bytes. The same input gives the same bytes, in
 * DER. Thread-safe.
 */
public final class CadesAugmenter {

    /** Revocation lists are put in, the smallest first, as long as they have no more than this many bytes together. */
    public static final int MAX_LIST_BYTES = 128 * 1024;

    private CadesAugmenter() {}

    /**
     * Adds; what is there already stays, but for the time-stamp, which a given one replaces.
     *
     * @param cms ContentInfo with SignedData in DER, with one signer
     * @param token time-stamp token in DER, over the signature value; not checked here
     * @throws IllegalArgumentException if {@code cms} is not such a structure, or {@code token} is not DER
     */
    public static byte[] augment(
            byte[] cms,
            Optional<byte[]> token,
            Collection<X509Certificate> certificates,
            Collection<X509CRL> revocationLists) {
        try {
            SignedData signed = CadesVerifier.parse(cms);
            if (signed.getSignerInfos().size() != 1) {
                throw new IllegalArgumentException("a signature has one signer");
            }
            ASN1Encodable signer = signed.getSignerInfos().getObjectAt(0);
            ASN1EncodableVector body = new ASN1EncodableVector();
            body.add(signed.getVersion());
            body.add(signed.getDigestAlgorithms());
            body.add(signed.getEncapContentInfo());
            body.add(new DERTaggedObject(false, 0, certificates(signed.getCertificates(), certificates)));
            ASN1Set lists = lists(signed.getCRLs(), revocationLists);
            if (lists.size() > 0) {
                body.add(new DERTaggedObject(false, 1, lists));
            }
            body.add(new DERSet(token.isPresent() ? stamped(SignerInfo.getInstance(signer), token.get()) : signer));
            return new DERSequence(
                            new ASN1Encodable[] {Oids.SIGNED_DATA, new DERTaggedObject(true, 0, new DERSequence(body))})
                    .getEncoded("DER");
        } catch (CadesVerifier.Refusal | IOException | GeneralSecurityException malformed) {
            throw new IllegalArgumentException("not a signature in DER", malformed);
        }
    }

    private static DERSequence stamped(SignerInfo signer, byte[] token) {
        ASN1Primitive value = StrictDer.parse(token)
                .orElseThrow(() -> new IllegalArgumentException("a time-stamp token that is not DER"));
        return new DERSequence(new ASN1Encodable[] {
            signer.getVersion(),
            signer.getSID(),
            signer.getDigestAlgorithm(),
            new DERTaggedObject(false, 0, signer.getAuthenticatedAttributes()),
            signer.getDigestEncryptionAlgorithm(),
            signer.getEncryptedDigest(),
            new DERTaggedObject(false, 1, new DERSet(new DERSequence(new ASN1Encodable[] {
                Oids.SIGNATURE_TIME_STAMP, new DERSet(value)
            })))
        });
    }

    private static ASN1Set certificates(
            @org.jspecify.annotations.Nullable ASN1Set present, Collection<X509Certificate> more)
            throws IOException, GeneralSecurityException {
        TreeMap<String, ASN1Primitive> all = new TreeMap<>();
        keep(present, all);
        for (X509Certificate certificate : more) {
            keep(certificate.getEncoded(), all);
        }
        return set(all);
    }

    private static ASN1Set lists(@org.jspecify.annotations.Nullable ASN1Set present, Collection<X509CRL> more)
            throws IOException, GeneralSecurityException {
        TreeMap<String, ASN1Primitive> all = new TreeMap<>();
        keep(present, all);
        TreeMap<byte[], byte[]> smallestFirst = new TreeMap<>(Comparator.comparingInt((byte[] der) -> der.length)
                .thenComparing(der -> Digest.sha256(der).hex()));
        for (X509CRL list : more) {
            smallestFirst.put(list.getEncoded(), list.getEncoded());
        }
        int total = 0;
        for (byte[] list : smallestFirst.values()) {
            total += list.length;
            if (total <= MAX_LIST_BYTES) {
                keep(list, all);
            }
        }
        return set(all);
    }

    private static void keep(@org.jspecify.annotations.Nullable ASN1Set present, TreeMap<String, ASN1Primitive> all)
            throws IOException {
        if (present != null) {
            for (ASN1Encodable element : present) {
                keep(element.toASN1Primitive().getEncoded("DER"), all);
            }
        }
    }

    /** What is not DER itself could only be put in changed, and would then no longer verify: it is left out. */
    private static void keep(byte[] der, TreeMap<String, ASN1Primitive> all) {
        StrictDer.parse(der).ifPresent(structure -> all.put(Digest.sha256(der).hex(), structure));
    }

    private static ASN1Set set(TreeMap<String, ASN1Primitive> all) {
        return new DERSet(all.values().toArray(new ASN1Encodable[0]));
    }
}
