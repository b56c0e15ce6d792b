package org.embassage.evidence.cms;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.cms.CMSAlgorithmProtection;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.SignatureCheck.Problem;

/**
 * Checks CMS SignedData against the profile of {@link CadesSigner}: strict DER, exactly one SignerInfo, ECDSA P-256 with
 * SHA-256, and the signed attributes content-type (id-data), message-digest and signing-certificate-v2, each exactly
 * once. Other signed attributes may be there once and are ignored. Of unsigned attributes one signature-time-stamp may be
 * there (EN 319 122-1 §5.3), of certificates and X.509 revocation lists at most {@value #MAX_CERTIFICATES} each; they are
 * handed out unjudged. Never throws for bad input. Thread-safe.
 */
public final class CadesVerifier {

    private static final int MAX_CERTIFICATES = 16;
    private static final int MAX_TOKEN_BYTES = 64 * 1024;

    private CadesVerifier() {}

    /** Checks a signature over content that lies elsewhere. An encapsulated one is refused. */
    public static SignatureCheck verifyDetached(byte[] cms, byte[] content) {
        return guarded(cms, content);
    }

    /** Checks a signature that holds its content. A detached one is refused. */
    public static SignatureCheck verifyEncapsulated(byte[] cms) {
        return guarded(cms, null);
    }

    /** SHA-256 of the signature value of a structure that has one signer; nothing else is checked. */
    public static Optional<Digest> signatureValue(byte[] cms) {
        try {
            SignerInfo signer =
                    SignerInfo.getInstance(parse(cms).getSignerInfos().getObjectAt(0));
            return Optional.of(Digest.sha256(signer.getEncryptedDigest().getOctets()));
        } catch (Refusal | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static SignatureCheck guarded(byte[] cms, byte @org.jspecify.annotations.Nullable [] detached) {
        try {
            return check(cms, detached);
        } catch (Refusal refusal) {
            return new SignatureCheck.Bad(refusal.problem);
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            return new SignatureCheck.Bad(Problem.MALFORMED);
        }
    }

    private static SignatureCheck check(byte[] cms, byte @org.jspecify.annotations.Nullable [] detached)
            throws IOException, Refusal {
        SignedData signedData = parse(cms);
        byte[] content = content(signedData, detached);
        ASN1Set signers = signedData.getSignerInfos();
        refuseUnless(signers.size() == 1, Problem.SIGNER_COUNT);
        SignerInfo signer = SignerInfo.getInstance(signers.getObjectAt(0));
        refuseUnless( // the library reads attributes under any tag
                Arrays.equals(
                        signer.getEncoded("DER"),
                        signers.getObjectAt(0).toASN1Primitive().getEncoded("DER")),
                Problem.MALFORMED);
        refuseUnless(
                isSha256(signer.getDigestAlgorithm())
                        && signer.getDigestEncryptionAlgorithm().getAlgorithm().equals(Oids.ECDSA_SHA256_OID)
                        && signer.getDigestEncryptionAlgorithm().getParameters() == null,
                Problem.ALGORITHM);
        refuseUnless(signer.getAuthenticatedAttributes() != null, Problem.ATTRIBUTES);
        Map<ASN1ObjectIdentifier, ASN1Encodable> attributes = attributes(signer.getAuthenticatedAttributes());
        checkAttributes(attributes, signer);
        refuseUnless(
                attributes.get(Oids.MESSAGE_DIGEST) instanceof ASN1OctetString digest
                        && MessageDigest.isEqual(Digest.sha256(content).bytes(), digest.getOctets()),
                Problem.CONTENT_DIFFERS);
        List<X509Certificate> certificates = certificates(signedData);
        X509Certificate certificate = signerCertificate(signer, certificates, attributes);
        byte[] value = signer.getEncryptedDigest().getOctets();
        refuseUnless(
                verifies(certificate, signer.getAuthenticatedAttributes().getEncoded("DER"), value),
                Problem.SIGNATURE_VALUE);
        certificates.remove(certificate);
        return new SignatureCheck.Good(
                certificate,
                certificates,
                time(attributes),
                Digest.sha256(value),
                content,
                timeStamp(signer),
                revocationLists(signedData));
    }

    static SignedData parse(byte[] cms) throws Refusal {
        ASN1Primitive structure = StrictDer.parse(cms).orElseThrow(() -> new Refusal(Problem.MALFORMED));
        ASN1Sequence contentInfo = ASN1Sequence.getInstance(structure);
        refuseUnless(contentInfo.size() == 2 && contentInfo.getObjectAt(0).equals(Oids.SIGNED_DATA), Problem.MALFORMED);
        ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(contentInfo.getObjectAt(1));
        refuseUnless(tagged.hasContextTag(0), Problem.MALFORMED);
        return SignedData.getInstance(tagged.getExplicitBaseObject());
    }

    private static byte[] content(SignedData signedData, byte @org.jspecify.annotations.Nullable [] detached)
            throws Refusal {
        refuseUnless(signedData.getEncapContentInfo().getContentType().equals(Oids.DATA), Problem.MALFORMED);
        ASN1Encodable inside = signedData.getEncapContentInfo().getContent();
        if (detached != null) {
            refuseUnless(inside == null, Problem.MALFORMED);
            return detached;
        }
        refuseUnless(inside instanceof ASN1OctetString, Problem.MALFORMED);
        return ((ASN1OctetString) java.util.Objects.requireNonNull(inside)).getOctets();
    }

    private static boolean isSha256(AlgorithmIdentifier algorithm) {
        boolean noParameters = algorithm.getParameters() == null
                || algorithm.getParameters().equals(org.bouncycastle.asn1.DERNull.INSTANCE);
        return algorithm.getAlgorithm().equals(Oids.SHA256_OID) && noParameters;
    }

    private static Map<ASN1ObjectIdentifier, ASN1Encodable> attributes(ASN1Set set) throws Refusal {
        return AttributeTable.of(set).orElseThrow(() -> new Refusal(Problem.ATTRIBUTES));
    }

    private static void checkAttributes(Map<ASN1ObjectIdentifier, ASN1Encodable> attributes, SignerInfo signer)
            throws Refusal {
        refuseUnless(
                Oids.DATA.equals(attributes.get(Oids.CONTENT_TYPE))
                        && attributes.containsKey(Oids.MESSAGE_DIGEST)
                        && attributes.containsKey(Oids.SIGNING_CERTIFICATE_V2),
                Problem.ATTRIBUTES);
        ASN1Encodable protection = attributes.get(Oids.ALGORITHM_PROTECTION);
        if (protection != null) {
            CMSAlgorithmProtection said = CMSAlgorithmProtection.getInstance(protection);
            refuseUnless(
                    said.getDigestAlgorithm().equals(signer.getDigestAlgorithm())
                            && signer.getDigestEncryptionAlgorithm().equals(said.getSignatureAlgorithm()),
                    Problem.ATTRIBUTES);
        }
    }

    private static List<X509Certificate> certificates(SignedData signedData) throws IOException, Refusal {
        ASN1Set set = signedData.getCertificates();
        refuseUnless(set != null && set.size() <= MAX_CERTIFICATES, Problem.CERTIFICATE);
        List<X509Certificate> certificates = new ArrayList<>();
        for (ASN1Encodable element : java.util.Objects.requireNonNull(set)) {
            certificates.add(ParsedCertificates.parse(element.toASN1Primitive().getEncoded("DER"))
                    .orElseThrow(() -> new Refusal(Problem.CERTIFICATE)));
        }
        return certificates;
    }

    /** The one unsigned attribute that may be there: a time-stamp token over the signature value, unchecked. */
    private static Optional<byte[]> timeStamp(SignerInfo signer) throws IOException, Refusal {
        ASN1Set unsigned = signer.getUnauthenticatedAttributes();
        if (unsigned == null) {
            return Optional.empty();
        }
        ASN1Encodable token = attributes(unsigned).get(Oids.SIGNATURE_TIME_STAMP);
        refuseUnless(unsigned.size() == 1 && token != null, Problem.ATTRIBUTES);
        byte[] octets =
                java.util.Objects.requireNonNull(token).toASN1Primitive().getEncoded("DER");
        refuseUnless(octets.length <= MAX_TOKEN_BYTES, Problem.ATTRIBUTES);
        return Optional.of(octets);
    }

    private static List<X509CRL> revocationLists(SignedData signedData) throws IOException, Refusal {
        List<X509CRL> lists = new ArrayList<>();
        ASN1Set set = signedData.getCRLs();
        if (set == null) {
            return lists;
        }
        refuseUnless(set.size() <= MAX_CERTIFICATES, Problem.CERTIFICATE);
        for (ASN1Encodable element : set) {
            lists.add(ParsedCertificates.parseList(element.toASN1Primitive().getEncoded("DER"))
                    .orElseThrow(() -> new Refusal(Problem.CERTIFICATE)));
        }
        return lists;
    }

    private static X509Certificate signerCertificate(
            SignerInfo signer, List<X509Certificate> certificates, Map<ASN1ObjectIdentifier, ASN1Encodable> attributes)
            throws Refusal {
        refuseUnless(signer.getSID().getId() instanceof ASN1Sequence, Problem.MALFORMED);
        IssuerAndSerialNumber wanted =
                IssuerAndSerialNumber.getInstance(signer.getSID().getId());
        BigInteger serial = wanted.getSerialNumber().getValue();
        ESSCertIDv2[] named = SigningCertificateV2.getInstance(attributes.get(Oids.SIGNING_CERTIFICATE_V2))
                .getCerts();
        refuseUnless(
                named.length >= 1 && named[0].getHashAlgorithm().getAlgorithm().equals(Oids.SHA256_OID),
                Problem.ATTRIBUTES);
        for (X509Certificate certificate : certificates) {
            if (certificate.getSerialNumber().equals(serial)
                    && sameName(wanted, certificate)
                    && ParsedCertificates.digest(certificate).equals(Digest.of(named[0].getCertHash()))) {
                return certificate;
            }
        }
        throw new Refusal(Problem.CERTIFICATE);
    }

    private static boolean sameName(IssuerAndSerialNumber wanted, X509Certificate certificate) {
        try {
            return Arrays.equals(
                    wanted.getName().getEncoded("DER"),
                    certificate.getIssuerX500Principal().getEncoded());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean verifies(X509Certificate certificate, byte[] attributes, byte[] value) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSA", Providers.bouncyCastle());
            verifier.initVerify(ParsedCertificates.p256Key(certificate));
            verifier.update(attributes);
            return verifier.verify(value);
        } catch (GeneralSecurityException wrong) {
            return false;
        }
    }

    private static Instant time(Map<ASN1ObjectIdentifier, ASN1Encodable> attributes) {
        ASN1Encodable time = attributes.get(Oids.SIGNING_TIME);
        if (time == null) {
            return Instant.EPOCH;
        }
        return Time.getInstance(time).getDate().toInstant();
    }

    private static void refuseUnless(boolean condition, Problem otherwise) throws Refusal {
        if (!condition) {
            throw new Refusal(otherwise);
        }
    }

    /** Leaves the check; never leaves this package. */
    static final class Refusal extends Exception {
        private final Problem problem;

        Refusal(Problem problem) {
            super(problem.name(), null, false, false);
            this.problem = problem;
        }
    }
}
