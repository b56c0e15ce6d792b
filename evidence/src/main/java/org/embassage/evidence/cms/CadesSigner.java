package org.embassage.evidence.cms;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.Certificate;
import org.embassage.evidence.Digest;

/**
 * Makes CMS SignedData by one fixed profile: DER, one signer, ECDSA P-256 with SHA-256, its certificate included, and
 * the signed attributes of CAdES B-B (EN 319 122-1): content-type, message-digest, signing-time,
 * signing-certificate-v2, CMS-algorithm-protection (RFC 6211), and commitment-type-indication. Thread-safe.
 *
 * <p>Does not guarantee: that signing-time is true. It is the signer's word and nothing is judged by it.
 */
public final class CadesSigner {

    private final PrivateKey key;
    private final Provider provider;
    private final Certificate certificate;
    private final Digest certificateDigest;
    private final Clock clock;

    /**
     * @param key EC P-256, or a handle to one
     * @param certificate of that key
     * @param provider that can sign with the key; absent: BouncyCastle
     */
    public CadesSigner(PrivateKey key, X509Certificate certificate, Optional<Provider> provider, Clock clock) {
        this.key = key;
        this.provider = provider.orElseGet(Providers::bouncyCastle);
        this.clock = clock;
        try {
            byte[] der = certificate.getEncoded();
            this.certificate = Certificate.getInstance(ASN1Primitive.fromByteArray(der));
            this.certificateDigest = Digest.sha256(der);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    /** SHA-256 of the DER of the certificate. */
    public Digest certificateDigest() {
        return certificateDigest;
    }

    /** DER ContentInfo with SignedData that holds the content (RFC 5652 §5.2). */
    public byte[] signEncapsulated(byte[] content, Commitment commitment) {
        return signedData(Digest.sha256(content), Optional.of(content), commitment);
    }

    /** DER ContentInfo with SignedData over content that lies elsewhere (RFC 5652 §5.2, external signature). */
    public byte[] signDetached(byte[] content, Commitment commitment) {
        return signedData(Digest.sha256(content), Optional.empty(), commitment);
    }

    private byte[] signedData(Digest digest, Optional<byte[]> content, Commitment commitment) {
        DERSet attributes = attributes(digest, commitment);
        DERSequence signerInfo = sequence(
                new ASN1Integer(1),
                sequence(certificate.getIssuer(), certificate.getSerialNumber()),
                Oids.SHA256,
                new DERTaggedObject(false, 0, attributes),
                Oids.ECDSA_SHA256,
                new DEROctetString(sign(encode(attributes))));
        DERSequence encapsulated = content.map(
                        octets -> sequence(Oids.DATA, new DERTaggedObject(true, 0, new DEROctetString(octets))))
                .orElseGet(() -> sequence(Oids.DATA));
        DERSequence signedData = sequence(
                new ASN1Integer(1),
                new DERSet(Oids.SHA256),
                encapsulated,
                new DERTaggedObject(false, 0, new DERSet(certificate)),
                new DERSet(signerInfo));
        return encode(sequence(Oids.SIGNED_DATA, new DERTaggedObject(true, 0, signedData)));
    }

    private DERSet attributes(Digest digest, Commitment commitment) {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(attribute(Oids.CONTENT_TYPE, Oids.DATA));
        attributes.add(attribute(Oids.MESSAGE_DIGEST, new DEROctetString(digest.bytes())));
        attributes.add(attribute(Oids.SIGNING_TIME, new Time(Date.from(clock.instant()))));
        // hash algorithm left out: SHA-256 is the default (RFC 5035 §4)
        attributes.add(attribute(
                Oids.SIGNING_CERTIFICATE_V2,
                sequence(sequence(sequence(new DEROctetString(certificateDigest.bytes()))))));
        attributes.add(attribute(
                Oids.ALGORITHM_PROTECTION, sequence(Oids.SHA256, new DERTaggedObject(false, 1, Oids.ECDSA_SHA256))));
        if (commitment != Commitment.NONE) {
            attributes.add(attribute(Oids.COMMITMENT_TYPE, sequence(commitment.oid())));
        }
        return new DERSet(attributes);
    }

    private static DERSequence attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return sequence(type, new DERSet(value));
    }

    private static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    private byte[] sign(byte[] octets) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA", provider);
            signature.initSign(key);
            signature.update(octets);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key cannot be used", e);
        }
    }

    private static byte[] encode(ASN1Encodable structure) {
        try {
            return structure.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new IllegalStateException("DER of a structure in memory", e);
        }
    }
}
