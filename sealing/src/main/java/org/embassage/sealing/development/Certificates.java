package org.embassage.sealing.development;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.embassage.evidence.cms.Providers;

/** Makes key pairs, certificates and CRLs with the profiles of development. */
final class Certificates {

    /** Clocks of a laptop and a container differ; a certificate shall hold at once. */
    private static final Duration BACKDATED = Duration.ofHours(1);
    /** Less than certificates, so that a list is never older than one which it is about, even if it was made first. */
    private static final Duration LIST_BACKDATED = Duration.ofMinutes(30);

    private static final Duration CA_VALIDITY = Duration.ofDays(3 * 365);
    private static final Duration VALIDITY = Duration.ofDays(2 * 365);
    private static final Duration CRL_VALIDITY = Duration.ofDays(30);
    private static final int SERIAL_BITS = 126;

    private final Clock clock;
    private final SecureRandom random;

    Certificates(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A key pair and its certificate. */
    record Holder(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "[secret]";
        }
    }

    KeyPair p256() {
        return pair("EC");
    }

    KeyPair ed25519() {
        return pair("Ed25519");
    }

    private KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has P-256 and Ed25519", e);
        }
    }

    static X500Name name(String country, String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, country)
                .addRDN(BCStyle.OU, DevelopmentMark.UNIT)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    /** Signed by its own key: a CA, or a certificate that only carries a public key. */
    Holder selfSigned(X500Name subject, KeyPair pair, boolean authority) {
        return guarded(() -> {
            X509v3CertificateBuilder builder =
                    builder(subject, subject, pair.getPublic(), authority ? CA_VALIDITY : VALIDITY);
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    authority ? new BasicConstraints(0) : new BasicConstraints(false));
            int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            return new Holder(pair.getPrivate(), sign(builder, pair.getPrivate()));
        });
    }

    Holder issued(Holder authority, X500Name subject, KeyPair pair, Profile profile) {
        return issued(authority, subject, pair, profile::addTo);
    }

    /** For time-stamping alone (RFC 3161 §2.3). */
    Holder timeStamping(Holder authority, X500Name subject, KeyPair pair) {
        return issued(authority, subject, pair, builder -> {
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
            builder.addExtension(
                    Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
        });
    }

    /** What a certificate is for. */
    private interface Purpose {
        void addTo(X509v3CertificateBuilder builder) throws CertIOException;
    }

    private Holder issued(Holder authority, X500Name subject, KeyPair pair, Purpose purpose) {
        return guarded(() -> {
            X500Name issuer = X500Name.getInstance(
                    authority.certificate().getSubjectX500Principal().getEncoded());
            X509v3CertificateBuilder builder = builder(issuer, subject, pair.getPublic(), VALIDITY);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
            purpose.addTo(builder);
            return new Holder(pair.getPrivate(), sign(builder, authority.key()));
        });
    }

    X509CRL crl(Holder authority, Iterable<X509Certificate> revoked) {
        return guarded(() -> {
            Instant now = clock.instant();
            X509v2CRLBuilder builder = new X509v2CRLBuilder(
                    X500Name.getInstance(
                            authority.certificate().getSubjectX500Principal().getEncoded()),
                    Date.from(now.minus(LIST_BACKDATED)));
            builder.setNextUpdate(Date.from(now.plus(CRL_VALIDITY)));
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(now.toEpochMilli())));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
            for (X509Certificate one : revoked) {
                builder.addCRLEntry(one.getSerialNumber(), Date.from(now.minus(BACKDATED)), CRLReason.keyCompromise);
            }
            return new JcaX509CRLConverter().getCRL(builder.build(signer(authority.key())));
        });
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Duration validity)
            throws GeneralSecurityException, CertIOException {
        Instant now = clock.instant();
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(validity)),
                subject,
                key);
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
        return builder;
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(key)));
    }

    private static ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
        return new JcaContentSignerBuilder(algorithm)
                .setProvider(Providers.bouncyCastle())
                .build(key);
    }

    private static <T> T guarded(Making<T> making) {
        try {
            return making.make();
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("making a certificate", e);
        }
    }

    @FunctionalInterface
    private interface Making<T> {
        T make() throws GeneralSecurityException, OperatorCreationException, CertIOException;
    }

    /** What a certificate says its key is for. */
    record Profile(int keyUsage, String uri, boolean tls) {

        private void addTo(X509v3CertificateBuilder builder) throws CertIOException {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, uri);
            if (!tls) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
                return;
            }
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                name,
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
        }

        static Profile seal(String uri) {
            return new Profile(KeyUsage.digitalSignature | KeyUsage.nonRepudiation, uri, false);
        }

        static Profile decrypt(String uri) {
            return new Profile(KeyUsage.keyAgreement, uri, false);
        }

        static Profile tls(String uri) {
            return new Profile(KeyUsage.digitalSignature, uri, true);
        }
    }
}
