package org.embassage.evidence;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.embassage.evidence.time.TimeStamp;

/** An authority that time-stamps (RFC 3161) for one test run, at whatever time it is told. SYNTHETIC. */
public final class TestTsa {

    public static final String POLICY = "1.3.6.1.4.1.99999.1.1";

    private final TestPki authority;
    private final TestPki.Holder holder;

    /** With a CA of its own. */
    public TestTsa(String name) {
        this(new TestPki(name + " CA"), name);
    }

    private TestTsa(TestPki authority, String name) {
        this(authority, authority.tsa(name));
    }

    /** With whatever certificate. */
    public TestTsa(TestPki authority, TestPki.Holder holder) {
        this.authority = authority;
        this.holder = holder;
    }

    /** The CA that issued the authority's certificate. */
    public TestPki authority() {
        return authority;
    }

    public X509Certificate certificate() {
        return holder.certificate();
    }

    public X509CRL crl(X509Certificate... revoked) {
        return authority.crl(revoked);
    }

    /** A token of now, in DER. */
    public byte[] stamp(Digest digest) {
        return stamp(digest, Chance.current().now());
    }

    public byte[] stamp(Digest digest, Instant time) {
        return stamp(digest.bytes(), NISTObjectIdentifiers.id_sha256, time);
    }

    public byte[] stamp(byte[] digest, ASN1ObjectIdentifier algorithm, Instant time) {
        try {
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            DigestCalculator sha256 = digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256));
            TimeStampTokenGenerator generator = new TimeStampTokenGenerator(
                    new JcaSignerInfoGeneratorBuilder(digests)
                            .build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .setProvider(Chance.current().provider())
                                            .build(holder.key()),
                                    holder.certificate()),
                    sha256,
                    new ASN1ObjectIdentifier(POLICY));
            generator.setAccuracySeconds(1);
            generator.addCertificates(new JcaCertStore(List.of(holder.certificate())));
            TimeStampRequestGenerator asking = new TimeStampRequestGenerator();
            asking.setCertReq(true);
            TimeStampRequest request = asking.generate(algorithm, digest);
            byte[] token = generator
                    .generate(request, Chance.current().serial(), Date.from(time))
                    .getEncoded();
            return TimeStamp.inDer(token).orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
