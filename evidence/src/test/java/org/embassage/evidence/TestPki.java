package org.embassage.evidence;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.embassage.evidence.cms.CadesSigner;

/** A certificate authority that lives for one test run. */
public final class TestPki {

    private static final AtomicLong SERIAL = new AtomicLong(1000);

    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    public TestPki(String commonName) {
        this.name = new X500Name("CN=" + commonName + ",O=TEST ONLY");
        this.certificate =
                issue(name, keys, KeyUsage.keyCertSign | KeyUsage.cRLSign, true, start(), end(), Optional.empty());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** A seal key and its certificate. */
    public Holder seal(String commonName) {
        return holder(commonName, KeyUsage.digitalSignature | KeyUsage.nonRepudiation, start(), end());
    }

    /** A seal key of a gateway, whose certificate names it. */
    public Holder gateway(GatewayId id) {
        return gateway(id, start(), end());
    }

    public Holder gateway(GatewayId id, Instant from, Instant until) {
        return named(id + " seal", "urn:embassage:gateway:" + id, from, until);
    }

    /** The party key of a country. */
    public Holder party(String country) {
        return named(country + " party", "urn:embassage:party:" + country, start(), end());
    }

    private Holder named(String commonName, String uri, Instant from, Instant until) {
        return holder(commonName, KeyUsage.digitalSignature | KeyUsage.nonRepudiation, from, until, Optional.of(uri));
    }

    public Holder holder(String commonName, int usage, Instant from, Instant until) {
        return holder(commonName, usage, from, until, Optional.empty());
    }

    private Holder holder(String commonName, int usage, Instant from, Instant until, Optional<String> uri) {
        KeyPair pair = newKeys();
        X500Name subject = new X500Name("CN=" + commonName + ",O=TEST ONLY");
        return new Holder(pair.getPrivate(), issue(subject, pair, usage, false, from, until, uri));
    }

    public X509CRL crl(X509Certificate... revoked) {
        try {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(start()));
            builder.setNextUpdate(Date.from(end()));
            for (X509Certificate one : revoked) {
                builder.addCRLEntry(one.getSerialNumber(), Date.from(start()), CRLReason.keyCompromise);
            }
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate issue(
            X500Name subject, KeyPair pair, int usage, boolean ca, Instant from, Instant until, Optional<String> uri) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (uri.isPresent()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri.get())));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static Instant start() {
        return Instant.now().minus(Duration.ofDays(1));
    }

    public static Instant end() {
        return Instant.now().plus(Duration.ofDays(30));
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key and its certificate. */
    public record Holder(PrivateKey key, X509Certificate certificate) {
        public CadesSigner signer() {
            return new CadesSigner(key, certificate, Optional.empty(), Clock.systemUTC());
        }
    }
}
