package org.embassage.evidence.time;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.AttributeTable;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.cms.Providers;
import org.embassage.evidence.cms.StrictDer;
import org.embassage.evidence.time.TimeStamp.Problem;
import org.embassage.evidence.time.TimeStamp.Reading;

/** Takes a token apart and verifies it (RFC 3161 §2.4.2, RFC 5816, RFC 5652 §5.6). */
final class TokenCheck {

    /** Because the content is not id-data (RFC 5652 §5.1). */
    private static final int SIGNED_DATA_VERSION = 3;
    /** Because the signer is named by issuer and serial number (RFC 5652 §5.3). */
    private static final int SIGNER_VERSION = 1;

    private static final int MAX_CERTIFICATES = 16;
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 8192;
    /** Of a unit; a day in seconds. A token that is less accurate proves nothing. */
    private static final long MAX_ACCURACY = 86_400;

    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");
    private static final Set<ASN1ObjectIdentifier> RSA = Set.of(
            PKCSObjectIdentifiers.rsaEncryption,
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            PKCSObjectIdentifiers.id_RSASSA_PSS);
    private static final Set<ASN1ObjectIdentifier> ECDSA = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512);
    private static final Set<Integer> CURVES = Set.of(256, 384, 521);
    private static final Pattern GENERALIZED = Pattern.compile("([0-9]{14})(?:\\.([0-9]{0,8}[1-9]))?Z");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private final byte[] token;

    private TokenCheck(byte[] token) {
        this.token = token;
    }

    static Reading of(byte[] token, Optional<Digest> wanted) {
        if (token.length > TimeStamp.MAX_BYTES) {
            return new Reading.Bad(Problem.TOO_LARGE);
        }
        try {
            return new Reading.Good(new TokenCheck(token.clone()).check(wanted));
        } catch (Refusal refusal) {
            return new Reading.Bad(refusal.problem);
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            return new Reading.Bad(Problem.MALFORMED);
        }
    }

    private TimeStamp check(Optional<Digest> wanted) throws IOException, Refusal {
        ASN1Primitive structure = StrictDer.parse(token).orElseThrow(() -> new Refusal(Problem.MALFORMED));
        ContentInfo content = ContentInfo.getInstance(structure);
        require(PKCSObjectIdentifiers.signedData.equals(content.getContentType()), Problem.MALFORMED);
        SignedData signed = SignedData.getInstance(content.getContent());
        require(signed.getVersion().hasValue(SIGNED_DATA_VERSION), Problem.MALFORMED);
        byte[] said = said(signed);
        TSTInfo info = TSTInfo.getInstance(StrictDer.parse(said).orElseThrow(() -> new Refusal(Problem.MALFORMED)));
        require(info.getVersion().hasValue(1), Problem.MALFORMED);
        Digest imprint = imprint(info);
        require(wanted.map(imprint::equals).orElse(true), Problem.OTHER_DIGEST);
        require(
                info.getExtensions() == null || info.getExtensions().getCriticalExtensionOIDs().length == 0,
                Problem.MALFORMED);

        require(signed.getSignerInfos().size() == 1, Problem.MALFORMED);
        SignerInfo signer = SignerInfo.getInstance(signed.getSignerInfos().getObjectAt(0));
        require(
                Arrays.equals( // the library reads attributes under any tag
                                signer.getEncoded("DER"),
                                signed.getSignerInfos()
                                        .getObjectAt(0)
                                        .toASN1Primitive()
                                        .getEncoded("DER"))
                        && signer.getVersion().hasValue(SIGNER_VERSION)
                        && signed.getDigestAlgorithms().size() == 1
                        && AlgorithmIdentifier.getInstance(
                                        signed.getDigestAlgorithms().getObjectAt(0))
                                .getAlgorithm()
                                .equals(signer.getDigestAlgorithm().getAlgorithm()),
                Problem.MALFORMED);
        require(signer.getAuthenticatedAttributes() != null, Problem.ATTRIBUTES);
        Map<ASN1ObjectIdentifier, ASN1Encodable> attributes = attributes(signer.getAuthenticatedAttributes());
        List<X509Certificate> certificates = certificates(signed);
        X509Certificate authority = authority(signer, certificates, attributes);
        require(isForTimeStamping(authority), Problem.NOT_FOR_TIME_STAMPING);
        require(tsaIs(info.getTsa(), authority), Problem.ATTRIBUTES);
        algorithms(signer, authority);
        signature(structure, said, signer, attributes, authority);

        Instant time = time(info.getGenTime().getTimeString());
        require(
                !time.isBefore(authority.getNotBefore().toInstant())
                        && !time.isAfter(authority.getNotAfter().toInstant()),
                Problem.NOT_VALID_AT_TIME);
        certificates.remove(authority);
        return new TimeStamp(
                token,
                imprint,
                time,
                accuracy(info.getAccuracy()),
                info.getPolicy().getId(),
                info.getSerialNumber().getValue(),
                Optional.ofNullable(info.getNonce()).map(ASN1Integer::getValue),
                authority,
                certificates,
                revocationLists(signed));
    }

    private static byte[] said(SignedData signed) throws Refusal {
        require(
                PKCSObjectIdentifiers.id_ct_TSTInfo.equals(
                        signed.getEncapContentInfo().getContentType()),
                Problem.MALFORMED);
        require(signed.getEncapContentInfo().getContent() instanceof ASN1OctetString, Problem.MALFORMED);
        return ASN1OctetString.getInstance(signed.getEncapContentInfo().getContent())
                .getOctets();
    }

    private static Digest imprint(TSTInfo info) throws Refusal {
        AlgorithmIdentifier algorithm = info.getMessageImprint().getHashAlgorithm();
        byte[] digest = info.getMessageImprint().getHashedMessage();
        require(algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256) && bare(algorithm), Problem.ALGORITHM);
        require(digest.length == Digest.LENGTH, Problem.MALFORMED);
        return Digest.of(digest);
    }

    private static boolean bare(AlgorithmIdentifier algorithm) {
        return algorithm.getParameters() == null || algorithm.getParameters().equals(DERNull.INSTANCE);
    }

    private static Map<ASN1ObjectIdentifier, ASN1Encodable> attributes(ASN1Set set) throws Refusal {
        Map<ASN1ObjectIdentifier, ASN1Encodable> attributes =
                AttributeTable.of(set).orElseThrow(() -> new Refusal(Problem.ATTRIBUTES));
        require(
                PKCSObjectIdentifiers.id_ct_TSTInfo.equals(attributes.get(CMSAttributes.contentType))
                        && attributes.containsKey(CMSAttributes.messageDigest)
                        && attributes.containsKey(PKCSObjectIdentifiers.id_aa_signingCertificateV2),
                Problem.ATTRIBUTES);
        return attributes;
    }

    private static List<X509Certificate> certificates(SignedData signed) throws IOException, Refusal {
        ASN1Set set = signed.getCertificates();
        require(set != null && set.size() <= MAX_CERTIFICATES, Problem.CERTIFICATE);
        List<X509Certificate> certificates = new ArrayList<>();
        for (ASN1Encodable element : java.util.Objects.requireNonNull(set)) {
            certificates.add(ParsedCertificates.parse(element.toASN1Primitive().getEncoded("DER"))
                    .orElseThrow(() -> new Refusal(Problem.CERTIFICATE)));
        }
        return certificates;
    }

    private static List<X509CRL> revocationLists(SignedData signed) throws IOException, Refusal {
        List<X509CRL> lists = new ArrayList<>();
        ASN1Set set = signed.getCRLs();
        require(set == null || set.size() <= MAX_CERTIFICATES, Problem.MALFORMED);
        if (set != null) {
            for (ASN1Encodable element : set) {
                lists.add(ParsedCertificates.parseList(element.toASN1Primitive().getEncoded("DER"))
                        .orElseThrow(() -> new Refusal(Problem.MALFORMED)));
            }
        }
        return lists;
    }

    private static X509Certificate authority(
            SignerInfo signer, List<X509Certificate> certificates, Map<ASN1ObjectIdentifier, ASN1Encodable> attributes)
            throws IOException, Refusal {
        require(signer.getSID().getId() instanceof ASN1Sequence, Problem.MALFORMED);
        IssuerAndSerialNumber wanted =
                IssuerAndSerialNumber.getInstance(signer.getSID().getId());
        ESSCertIDv2[] named = SigningCertificateV2.getInstance(
                        attributes.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2))
                .getCerts();
        require(named.length >= 1, Problem.ATTRIBUTES);
        String digest = DIGESTS.get(named[0].getHashAlgorithm().getAlgorithm());
        require(digest != null, Problem.ALGORITHM);
        for (X509Certificate certificate : certificates) {
            boolean signerNamesIt = certificate
                            .getSerialNumber()
                            .equals(wanted.getSerialNumber().getValue())
                    && Arrays.equals(
                            wanted.getName().getEncoded("DER"),
                            certificate.getIssuerX500Principal().getEncoded());
            if (signerNamesIt
                    && MessageDigest.isEqual(
                            named[0].getCertHash(), hash(java.util.Objects.requireNonNull(digest), certificate))) {
                return certificate;
            }
        }
        throw new Refusal(Problem.CERTIFICATE);
    }

    private static byte[] hash(String algorithm, X509Certificate certificate) {
        try {
            return MessageDigest.getInstance(algorithm).digest(certificate.getEncoded());
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-2", e);
        }
    }

    private static boolean isForTimeStamping(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return CertificateJudge.isForTimeStampingAlone(certificate)
                && certificate.getBasicConstraints() < 0
                && (usage == null || usage[0] || usage[1]);
    }

    /** If the token names its authority, then by the subject of the certificate (RFC 3161 §2.4.2). */
    private static boolean tsaIs(@org.jspecify.annotations.Nullable GeneralName tsa, X509Certificate authority) {
        return tsa == null
                || tsa.getTagNo() != GeneralName.directoryName
                || X500Name.getInstance(tsa.getName())
                        .equals(X500Name.getInstance(
                                authority.getSubjectX500Principal().getEncoded()));
    }

    private static void algorithms(SignerInfo signer, X509Certificate authority) throws Refusal {
        ASN1ObjectIdentifier algorithm = signer.getDigestEncryptionAlgorithm().getAlgorithm();
        boolean rsa = RSA.contains(algorithm)
                && authority.getPublicKey() instanceof RSAPublicKey key
                && key.getModulus().bitLength() >= MIN_RSA_BITS
                && key.getModulus().bitLength() <= MAX_RSA_BITS;
        boolean ecdsa = ECDSA.contains(algorithm)
                && authority.getPublicKey() instanceof ECPublicKey key
                && CURVES.contains(key.getParams().getCurve().getField().getFieldSize());
        require(DIGESTS.containsKey(signer.getDigestAlgorithm().getAlgorithm()) && (rsa || ecdsa), Problem.ALGORITHM);
    }

    private static void signature(
            ASN1Primitive structure,
            byte[] said,
            SignerInfo signer,
            Map<ASN1ObjectIdentifier, ASN1Encodable> attributes,
            X509Certificate authority)
            throws Refusal {
        byte[] digest = ASN1OctetString.getInstance(attributes.get(CMSAttributes.messageDigest))
                .getOctets();
        try {
            byte[] actual = MessageDigest.getInstance(java.util.Objects.requireNonNull(
                            DIGESTS.get(signer.getDigestAlgorithm().getAlgorithm())))
                    .digest(said);
            require(MessageDigest.isEqual(digest, actual), Problem.SIGNATURE_VALUE);
            SignerInformation one = new CMSSignedData(ContentInfo.getInstance(structure))
                    .getSignerInfos()
                    .iterator()
                    .next();
            // by key and not by certificate: the signer's own signing-time is nothing to judge by
            require(
                    one.verify(new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(Providers.bouncyCastle())
                            .build(authority.getPublicKey())),
                    Problem.SIGNATURE_VALUE);
        } catch (CMSException | OperatorCreationException | java.security.NoSuchAlgorithmException wrong) {
            throw new Refusal(Problem.SIGNATURE_VALUE);
        }
    }

    private static Instant time(String generalized) throws Refusal {
        Matcher matcher = GENERALIZED.matcher(generalized);
        require(matcher.matches(), Problem.MALFORMED);
        String fraction = matcher.group(2);
        long millis = fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
        return LocalDateTime.parse(matcher.group(1), SECONDS)
                .toInstant(ZoneOffset.UTC)
                .plusMillis(millis);
    }

    private static Duration accuracy(@org.jspecify.annotations.Nullable Accuracy accuracy) throws Refusal {
        if (accuracy == null) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(number(accuracy.getSeconds()))
                .plusMillis(number(accuracy.getMillis()))
                .plusNanos(1000 * number(accuracy.getMicros()));
    }

    private static long number(@org.jspecify.annotations.Nullable ASN1Integer integer) throws Refusal {
        long number = integer == null ? 0 : integer.longValueExact();
        require(number >= 0 && number <= MAX_ACCURACY, Problem.MALFORMED);
        return number;
    }

    private static void require(boolean condition, Problem otherwise) throws Refusal {
        if (!condition) {
            throw new Refusal(otherwise);
        }
    }

    /** Leaves the check; never leaves this class. */
    private static final class Refusal extends Exception {
        private final Problem problem;

        Refusal(Problem problem) {
            super(problem.name(), null, false, false);
            this.problem = problem;
        }
    }
}
