package org.embassage.evidence.receipt;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.cms.SignatureCheck;

/**
 * What was put into a receipt after it was signed, besides the inclusion proof. Nobody vouches for it: a token is to be
 * checked, certificates and revocation lists are material and never trusted.
 */
public final class AddedLater {

    private final SignatureCheck.Good signature;
    private final List<ArchiveStamp> archives;

    AddedLater(SignatureCheck.Good signature, List<ArchiveStamp> archives) {
        this.signature = signature;
        this.archives = List.copyOf(archives);
    }

    /** The time-stamp token over the signature value, DER. */
    public Optional<byte[]> timeStamp() {
        return signature.timeStamp();
    }

    /** Certificates in the signature besides the signer's. */
    public List<X509Certificate> certificates() {
        return signature.others();
    }

    public List<X509CRL> revocationLists() {
        return signature.revocationLists();
    }

    /** The archive time-stamps, the oldest first. */
    public List<ArchiveStamp> archives() {
        return archives;
    }
}
