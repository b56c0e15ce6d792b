package org.embassage.sealing.timestamp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.Providers;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.TimeStamper;
import org.embassage.sealing.development.DevelopmentMark;

/**
 * A time-stamping authority inside the process, for development alone: its clock is the gateway's own, so its tokens prove
 * nothing to anybody else. It goes the whole way all the same: request, response, verification. Thread-safe.
 */
public final class DevelopmentTsa implements TimeStamper {

    /** The policy of its tokens, below the UUID arc of ITU-T X.667: time-stamps of development. */
    public static final String POLICY = "2.25.186254388041892923439569233291755316756";

    private static final String ALIAS = "tsa-1";
    private static final Set<String> ACCEPTED = Set.of(TSPAlgorithms.SHA256.getId());
    private static final int SERIAL_BITS = 128;

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final TimeStampAnchors anchors;
    private final Clock clock;
    private final SecureRandom random;

    /** @param anchors by which its own tokens are judged, as any authority's */
    public DevelopmentTsa(
            PrivateKey key, X509Certificate certificate, TimeStampAnchors anchors, Clock clock, SecureRandom random) {
        this.key = key;
        this.certificate = certificate;
        this.anchors = anchors;
        this.clock = clock;
        this.random = random;
    }

    /**
     * The authority whose key has the alias {@code tsa-1} in a development home's key store.
     *
     * @throws Broken KEY_UNAVAILABLE if there is none, or it is not marked as made for development
     */
    public static DevelopmentTsa read(
            Path pkcs12, Path password, TimeStampAnchors anchors, Clock clock, SecureRandom random) {
        try {
            char[] secret = Files.readString(password, StandardCharsets.UTF_8)
                    .stripTrailing()
                    .toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Files.readAllBytes(pkcs12)), secret);
            if (store.getKey(ALIAS, secret) instanceof PrivateKey key
                    && store.getCertificate(ALIAS) instanceof X509Certificate certificate
                    && DevelopmentMark.isOn(certificate)) {
                return new DevelopmentTsa(key, certificate, anchors, clock, random);
            }
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    @Override
    public byte[] stamp(Digest sha256) {
        Question question = new Question(sha256, random);
        return question.token(answer(question.octets()), anchors, clock);
    }

    /**
     * Answers a request (RFC 3161 §2.4.2): over SHA-256, accuracy one second. What is no such request is rejected in the
     * answer.
     *
     * @param question TimeStampReq
     * @return TimeStampResp, DER
     * @throws Broken KEY_UNAVAILABLE
     */
    public byte[] answer(byte[] question) {
        try {
            TimeStampResponseGenerator generator = new TimeStampResponseGenerator(tokens(), ACCEPTED);
            TimeStampRequest request;
            try {
                request = new TimeStampRequest(question);
            } catch (IOException | RuntimeException malformed) {
                return generator
                        .generateFailResponse(
                                PKIStatus.REJECTION, PKIFailureInfo.badDataFormat, "no time-stamp request")
                        .getEncoded();
            }
            BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
            return generator
                    .generate(request, serial, Date.from(clock.instant()))
                    .getEncoded();
        } catch (TSPException
                | OperatorCreationException
                | CertificateEncodingException
                | IOException
                | RuntimeException unusable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    /** A generator serves one answer: it is not thread-safe. */
    private TimeStampTokenGenerator tokens()
            throws OperatorCreationException, CertificateEncodingException, TSPException {
        SignerInfoGenerator signer = new JcaSimpleSignerInfoGeneratorBuilder()
                .setProvider(Providers.bouncyCastle())
                .build("SHA256withECDSA", key, certificate);
        DigestCalculator sha256 = new JcaDigestCalculatorProviderBuilder()
                .build()
                .get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(signer, sha256, new ASN1ObjectIdentifier(POLICY));
        tokens.setAccuracySeconds(1);
        tokens.addCertificates(new JcaCertStore(List.of(certificate)));
        return tokens;
    }
}
