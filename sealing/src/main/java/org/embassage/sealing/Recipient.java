package org.embassage.sealing;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.math.ec.ECPoint;

/** How a certificate's holder is named in a message, and the point to agree with. Immutable. */
final class Recipient {

    /** Start of the DER SubjectPublicKeyInfo of every key on P-256 (RFC 5480 §2.1.1). */
    private static final byte[] P256_ALGORITHM = Der.hex("301306072a8648ce3d020106082a8648ce3d030107");

    private static final int KEY_AGREEMENT_BIT = 4;

    private final byte[] issuerAndSerial;
    private final ECPoint point;

    private Recipient(byte[] issuerAndSerial, ECPoint point) {
        this.issuerAndSerial = issuerAndSerial;
        this.point = point;
    }

    /** @throws IllegalArgumentException unless its key is on P-256 and may be used for key agreement */
    static Recipient of(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null || !usage[KEY_AGREEMENT_BIT] || !(certificate.getPublicKey() instanceof ECPublicKey)) {
            throw new IllegalArgumentException("a recipient's certificate is for key agreement, EC");
        }
        SubjectPublicKeyInfo info =
                SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded());
        return new Recipient(issuerAndSerial(certificate), KeyAgreement.point(p256(info)));
    }

    /** DER IssuerAndSerialNumber (RFC 5652 §10.2.4), exactly as the certificate writes both. */
    static byte[] issuerAndSerial(X509Certificate certificate) {
        return Der.tlv(
                Der.SEQUENCE,
                certificate.getIssuerX500Principal().getEncoded(),
                Der.tlv(Der.INTEGER, certificate.getSerialNumber().toByteArray()));
    }

    /** Not a copy. */
    byte[] issuerAndSerial() {
        return issuerAndSerial;
    }

    ECPoint point() {
        return point;
    }

    private static byte[] p256(SubjectPublicKeyInfo info) {
        try {
            if (!Arrays.equals(P256_ALGORITHM, info.getAlgorithm().getEncoded("DER"))) {
                throw new IllegalArgumentException("a recipient's key is on P-256");
            }
            return info.getPublicKeyData().getOctets();
        } catch (IOException e) {
            throw new IllegalArgumentException("a key without an encoding", e);
        }
    }
}
