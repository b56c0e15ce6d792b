package org.embassage.exchange.document;

import com.google.errorprone.annotations.RestrictedApi;
import java.security.cert.X509Certificate;
import org.embassage.evidence.Digest;

/**
 * A sealed message that was decrypted <em>and</em> whose one signer was verified: signature, path to the trust anchor,
 * key usage. The content is still as untrusted as a file drop. Holds personal data.
 */
public final class OpenedMessage {

    private final byte[] content;
    private final X509Certificate signer;
    private final Digest decryptionCertificate;
    private final Digest outer;
    private final Digest inner;

    private OpenedMessage(
            byte[] content, X509Certificate signer, Digest decryptionCertificate, Digest outer, Digest inner) {
        this.content = content;
        this.signer = signer;
        this.decryptionCertificate = decryptionCertificate;
        this.outer = outer;
        this.inner = inner;
    }

    /**
     * For openers only.
     *
     * @param content the signed bytes; not copied
     * @param signer the certificate whose key signed
     * @param decryptionCertificate SHA-256 of the DER of our certificate that it was encrypted to
     * @param outer SHA-256 of the message as transferred
     * @param inner SHA-256 of the DER SignedData
     */
    @RestrictedApi(
            explanation = "Only an opener that decrypted and verified may say so",
            allowedOnPath = ".*/sealing/src/.*|.*/exchange/src/test/.*")
    public static OpenedMessage verified(
            byte[] content, X509Certificate signer, Digest decryptionCertificate, Digest outer, Digest inner) {
        return new OpenedMessage(content, signer, decryptionCertificate, outer, inner);
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] content() {
        return content;
    }

    public X509Certificate signer() {
        return signer;
    }

    public Digest decryptionCertificate() {
        return decryptionCertificate;
    }

    public Digest outer() {
        return outer;
    }

    public Digest inner() {
        return inner;
    }

    @Override
    public String toString() {
        return "opened message";
    }
}
