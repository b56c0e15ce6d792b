package org.embassage.sealing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.port.KeySource;

/** The text forms in which keys appear in peer cards, in PEM files and in other programs' configuration. */
public final class KeyTexts {

    private static final int P256_OCTETS = 32;
    private static final int ED25519_OCTETS = 32;
    private static final int ED25519_SPKI_OCTETS = 44;

    private KeyTexts() {}

    /** PEM (RFC 7468), lines of 64 characters. */
    public static String pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    /** PEM (RFC 7468), lines of 64 characters. */
    public static String pem(X509CRL crl) {
        try {
            return pem("X509 CRL", crl.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a CRL without an encoding", e);
        }
    }

    /**
     * An SSH login's private key: PKCS#8 in PEM without a password, with the public key inside (RFC 5915 §3), without
     * which some clients cannot use it. Keep it in memory.
     *
     * @throws IllegalArgumentException unless it is EC on P-256 and shows its bytes
     */
    public static String sshPrivateKey(KeySource.KeyEntry entry) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(
                entry.certificate().getPublicKey().getEncoded());
        if (!(entry.key() instanceof ECPrivateKey ec)) {
            throw new IllegalArgumentException("an SSH login's key is EC and shows its bytes");
        }
        try {
            PrivateKeyInfo both = new PrivateKeyInfo(
                    info.getAlgorithm(),
                    new org.bouncycastle.asn1.sec.ECPrivateKey(
                            8 * P256_OCTETS, ec.getS(), info.getPublicKeyData(), null));
            return pem("PRIVATE KEY", both.getEncoded("DER"));
        } catch (IOException e) {
            throw new IllegalArgumentException("a key without an encoding", e);
        }
    }

    /** SHA-256 of the DER SubjectPublicKeyInfo, the pin of a TLS certificate (RFC 7469 §2.4 hashes the same). */
    public static Digest spkiPin(X509Certificate certificate) {
        return Digest.sha256(certificate.getPublicKey().getEncoded());
    }

    /**
     * The C2SP verifier key of a ledger (c2sp.org/signed-note).
     *
     * @param origin the ledger's name, {@code <gateway-id>/receipts/<epoch>}
     * @throws IllegalArgumentException unless it is an Ed25519 key
     */
    public static String ledgerKey(String origin, PublicKey key) {
        return NoteVerifier.of(origin, key).vkey();
    }

    /**
     * The C2SP verifier key of a cosigner (c2sp.org/tlog-cosignature, type 0x04).
     *
     * @param name for a gateway {@code <gateway-id>/witness}
     * @throws IllegalArgumentException unless it is an Ed25519 key
     */
    public static String witnessKey(String name, PublicKey key) {
        return CosignatureVerifier.of(name, key).vkey();
    }

    /**
     * A public key in OpenSSH's form {@code type base64} (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4), without comment.
     *
     * @throws IllegalArgumentException unless it is EC on P-256, or Ed25519
     */
    public static String openSsh(PublicKey key) {
        if (key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == 8 * P256_OCTETS) {
            byte[] point = ByteBuffer.allocate(1 + 2 * P256_OCTETS)
                    .put((byte) 4)
                    .put(fixed(ec.getW().getAffineX()))
                    .put(fixed(ec.getW().getAffineY()))
                    .array();
            return ssh("ecdsa-sha2-nistp256", ascii("nistp256"), point);
        }
        byte[] spki = key.getEncoded();
        if (spki.length == ED25519_SPKI_OCTETS && key.getAlgorithm().matches("EdDSA|Ed25519")) {
            return ssh("ssh-ed25519", Arrays.copyOfRange(spki, spki.length - ED25519_OCTETS, spki.length));
        }
        throw new IllegalArgumentException("an SSH key is EC on P-256 or Ed25519");
    }

    private static String ssh(String type, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeString(out, ascii(type));
        for (byte[] part : parts) {
            writeString(out, part);
        }
        return type + " " + Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private static void writeString(ByteArrayOutputStream out, byte[] octets) {
        try {
            out.write(ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).array());
            out.write(octets);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private static byte[] fixed(BigInteger coordinate) {
        byte[] octets = coordinate.toByteArray();
        byte[] fixed = new byte[P256_OCTETS];
        int length = Math.min(octets.length, P256_OCTETS);
        System.arraycopy(octets, octets.length - length, fixed, P256_OCTETS - length, length);
        return fixed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String pem(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }
}
