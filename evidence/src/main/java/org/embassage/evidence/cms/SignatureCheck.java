package org.embassage.evidence.cms;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;

/** What checking a CMS signature found. Nothing is said yet of whether the signer may be trusted. */
public sealed interface SignatureCheck {

    /** The signature is by the key of the certificate, over exactly the content. */
    final class Good implements SignatureCheck {
        private final X509Certificate signer;
        private final List<X509Certificate> others;
        private final Instant claimedTime;
        private final Digest signatureValue;
        private final byte[] content;
        private final Optional<byte[]> timeStamp;
        private final List<X509CRL> revocationLists;

        Good(
                X509Certificate signer,
                List<X509Certificate> others,
                Instant claimedTime,
                Digest signatureValue,
                byte[] content,
                Optional<byte[]> timeStamp,
                List<X509CRL> revocationLists) {
            this.signer = signer;
            this.others = List.copyOf(others);
            this.claimedTime = claimedTime;
            this.signatureValue = signatureValue;
            this.content = content;
            this.timeStamp = timeStamp;
            this.revocationLists = List.copyOf(revocationLists);
        }

        public X509Certificate signer() {
            return signer;
        }

        /** Further certificates in the structure, without order or meaning. */
        public List<X509Certificate> others() {
            return others;
        }

        /** The signer's own word; nothing may be judged by it. The epoch if it was not stated. */
        public Instant claimedTime() {
            return claimedTime;
        }

        /** SHA-256 of the signature value. */
        public Digest signatureValue() {
            return signatureValue;
        }

        /** A time-stamp token over the signature value that was added later, DER, unchecked. */
        public Optional<byte[]> timeStamp() {
            return timeStamp.map(byte[]::clone);
        }

        /** Revocation lists that were added later, without order or meaning. */
        public List<X509CRL> revocationLists() {
            return revocationLists;
        }

        /** What was signed: the bytes themselves, not a copy. */
        public byte[] content() {
            return content;
        }
    }

    /** Not a signature of the profile, or not over this content. */
    record Bad(Problem problem) implements SignatureCheck {}

    /** Why. */
    enum Problem {
        /** Not DER, or not the structure of the profile. */
        MALFORMED,
        /** Not exactly one signer. */
        SIGNER_COUNT,
        /** An algorithm outside the profile. */
        ALGORITHM,
        /** A signed attribute is missing, twice, or wrong. */
        ATTRIBUTES,
        /** The content is not the one that was signed. */
        CONTENT_DIFFERS,
        /** The signer's certificate is not included, or is not the one that signing-certificate-v2 names. */
        CERTIFICATE,
        /** The signature value does not verify. */
        SIGNATURE_VALUE
    }

    default <T> T fold(Function<Good, T> good, Function<Bad, T> bad) {
        return this instanceof Good yes ? good.apply(yes) : bad.apply((Bad) this);
    }
}
