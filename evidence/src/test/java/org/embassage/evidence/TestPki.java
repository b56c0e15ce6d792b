package org.embassage.evidence;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.embassage.evidence.cms.CadesSigner;

/** A certificate authority that lives for one test run. */
public final class TestPki {

    private final X500Name name;
    private final KeyPair keys;
    private final X509Certificate certificate;

    public TestPki(String commonName) {
        this.name = new X500Name("CN=" + commonName + ",O=TEST ONLY");
        this.keys = Chance.current().ec(commonName);
        this.certificate =
                issue(name, keys, KeyUsage.keyCertSign | KeyUsage.cRLSign, true, start(), end(), Optional.empty());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The key that issues, for tests that issue what no authority would. */
    public PrivateKey key() {
        return keys.getPrivate();
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

    /** A gateway's certificate with another key usage. */
    public Holder gateway(GatewayId id, int usage) {
        return holder(id + " seal", usage, start(), end(), Optional.of("urn:embassage:gateway:" + id));
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
        KeyPair pair = Chance.current().ec(commonName);
        X500Name subject = new X500Name("CN=" + commonName + ",O=TEST ONLY");
        return new Holder(pair.getPrivate(), issue(subject, pair, usage, false, from, until, uri));
    }

    /** A key for time-stamping and its certificate. */
    public Holder tsa(String commonName) {
        return tsa(commonName, true, start(), end(), KeyPurposeId.id_kp_timeStamping);
    }

    public Holder tsa(String commonName, boolean critical, Instant from, Instant until, KeyPurposeId... purposes) {
        return tsa(commonName, Chance.current().ec(commonName), critical, from, until, purposes);
    }

    public Holder tsa(
            String commonName, KeyPair pair, boolean critical, Instant from, Instant until, KeyPurposeId... purposes) {
        X500Name subject = new X500Name("CN=" + commonName + ",O=TEST ONLY");
        Extension use = extension(critical, purposes);
        return new Holder(
                pair.getPrivate(),
                issue(
                        subject,
                        pair,
                        KeyUsage.digitalSignature,
                        false,
                        from,
                        until,
                        Optional.empty(),
                        purposes.length == 0 ? Optional.empty() : Optional.of(use)));
    }

    private static Extension extension(boolean critical, KeyPurposeId... purposes) {
        try {
            return new Extension(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes).getEncoded());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A list on which the certificates are revoked since yesterday. */
    public X509CRL crl(X509Certificate... revoked) {
        return crl(start(), end(), start(), revoked);
    }

    /** A list on which the certificates are revoked since an instant. */
    public X509CRL crlSince(Instant since, X509Certificate... revoked) {
        return crl(start(), end(), since, revoked);
    }

    public X509CRL crl(Instant thisUpdate, Instant nextUpdate, Instant since, X509Certificate... revoked) {
        try {
            X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(nextUpdate));
            for (X509Certificate one : revoked) {
                builder.addCRLEntry(one.getSerialNumber(), Date.from(since), CRLReason.keyCompromise);
            }
            return new JcaX509CRLConverter().getCRL(builder.build(contentSigner()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate issue(
            X500Name subject, KeyPair pair, int usage, boolean ca, Instant from, Instant until, Optional<String> uri) {
        return issue(subject, pair, usage, ca, from, until, uri, Optional.empty());
    }

    private X509Certificate issue(
            X500Name subject,
            KeyPair pair,
            int usage,
            boolean ca,
            Instant from,
            Instant until,
            Optional<String> uri,
            Optional<Extension> more) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name, Chance.current().serial(), Date.from(from), Date.from(until), subject, pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            if (uri.isPresent()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri.get())));
            }
            if (more.isPresent()) {
                builder.addExtension(more.get());
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static Instant start() {
        return Chance.current().now().minus(Duration.ofDays(1));
    }

    public static Instant end() {
        return Chance.current().now().plus(Duration.ofDays(30));
    }

    private ContentSigner contentSigner() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA")
                .setProvider(Chance.current().provider())
                .build(keys.getPrivate());
    }

    /** A key and its certificate. */
    public record Holder(PrivateKey key, X509Certificate certificate) {
        public CadesSigner signer() {
            return new CadesSigner(
                    key,
                    certificate,
                    Optional.of(Chance.current().provider()),
                    Chance.current().clock());
        }
    }
}
