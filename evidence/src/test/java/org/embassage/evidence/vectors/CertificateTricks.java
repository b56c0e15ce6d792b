package org.embassage.evidence.vectors;

import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.embassage.evidence.Chance;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.World;

/** Certificates and revocation lists that look right. */
final class CertificateTricks {

    private static final String URI = "urn:embassage:gateway:";
    private static final int SEALING = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;

    private CertificateTricks() {}

    static List<Vector> all() {
        return List.of(
                Vector.receipt(
                        "signer-issued-by-a-seal",
                        Check.SIGNER_PATH,
                        Indication.NO_CERTIFICATE_CHAIN_FOUND,
                        "the signer's certificate was issued by a seal certificate, which is no authority",
                        () -> signed(world -> issued(
                                world.qosSeal
                                        .certificate()
                                        .getSubjectX500Principal()
                                        .getName(),
                                world.qosSeal.key(),
                                "SHA256withECDSA",
                                extensions(SEALING, URI + World.QOS)))),
                Vector.receipt(
                        "signer-with-unknown-critical-extension",
                        Check.SIGNER_PATH,
                        Indication.CHAIN_CONSTRAINTS_FAILURE,
                        "the signer's certificate has a critical extension that nobody knows",
                        () -> signed(world -> byAuthority(world, "SHA256withECDSA", unknownCritical()))),
                Vector.receipt(
                        "signer-certified-with-sha1",
                        Check.SIGNER_PATH,
                        Indication.CHAIN_CONSTRAINTS_FAILURE,
                        "the signer's certificate is signed with SHA-1",
                        () -> signed(
                                world -> byAuthority(world, "SHA1withECDSA", extensions(SEALING, URI + World.QOS)))),
                Vector.receipt(
                        "signer-of-two-gateways",
                        Check.SIGNER_GATEWAY,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "the signer's certificate names two gateways",
                        () -> signed(world -> byAuthority(
                                world, "SHA256withECDSA", extensions(SEALING, URI + World.QOS, URI + "QOS-BP")))),
                Vector.receipt(
                        "signer-is-an-authority",
                        Check.SIGNER_PATH,
                        Indication.CHAIN_CONSTRAINTS_FAILURE,
                        "the signer's certificate says that it is an authority",
                        () -> signed(world -> {
                            List<Extension> all = extensions(SEALING | KeyUsage.keyCertSign, URI + World.QOS);
                            all.set(0, extension(Extension.basicConstraints, true, new BasicConstraints(true)));
                            return byAuthority(world, "SHA256withECDSA", all);
                        })),
                lists(
                        "revocation-list-by-another-key",
                        "the revocation list of QOS is signed by another key of its authority's name",
                        world -> new TestPki("QOS CA").crl()),
                lists(
                        "revocation-list-expired",
                        "the revocation list of QOS says that a newer one was due an hour ago",
                        world -> world.qosAuthority.crl(
                                TestPki.start(), Vector.NOW.minusSeconds(3600), TestPki.start())),
                lists(
                        "revocation-list-of-authorities-only",
                        "the revocation list of QOS is about certificates of authorities alone",
                        CertificateTricks::ofAuthoritiesOnly));
    }

    /** The RelayAcceptance, signed by another certificate. */
    private static byte[] signed(Function<World, TestPki.Holder> signer) {
        World world = new World();
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.qosSeal = signer.apply(world);
        Receipt receipt = world.say(EvidenceEvent.RELAY_ACCEPTANCE);
        return ReceiptReader.withProof(receipt.container(), world.proof(receipt).orElseThrow());
    }

    /** The usual bundle with another revocation list of QOS, exported so. */
    private static Vector lists(String name, String done, Function<World, X509CRL> list) {
        return Vector.bundle(name, Check.REVOCATION, Indication.TRY_LATER, done, () -> {
            Scene scene = new Scene();
            byte[] der = list.apply(scene.world).getEncoded();
            String usual = "crls/"
                    + Digest.sha256(scene.world.qosAuthority.crl().getEncoded()).hex() + ".pem";
            return scene.reexport(files -> {
                if (files.remove(usual) == null) {
                    throw new IllegalStateException("the usual list is elsewhere");
                }
                files.put("crls/" + Digest.sha256(der).hex() + ".pem", World.text(VectorFolder.pem("X509 CRL", der)));
            });
        });
    }

    private static TestPki.Holder byAuthority(World world, String algorithm, List<Extension> extensions) {
        return issued(
                world.qosAuthority.certificate().getSubjectX500Principal().getName(),
                world.qosAuthority.key(),
                algorithm,
                extensions);
    }

    private static List<Extension> unknownCritical() {
        List<Extension> all = extensions(SEALING, URI + World.QOS);
        all.add(extension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2.1"), true, DERNull.INSTANCE));
        return all;
    }

    private static List<Extension> extensions(int usage, String... names) {
        List<GeneralName> uris = new ArrayList<>();
        for (String name : names) {
            uris.add(new GeneralName(GeneralName.uniformResourceIdentifier, name));
        }
        return new ArrayList<>(List.of(
                extension(Extension.basicConstraints, true, new BasicConstraints(false)),
                extension(Extension.keyUsage, true, new KeyUsage(usage)),
                extension(
                        Extension.subjectAlternativeName, false, new GeneralNames(uris.toArray(GeneralName[]::new)))));
    }

    private static Extension extension(
            ASN1ObjectIdentifier type, boolean critical, org.bouncycastle.asn1.ASN1Encodable value) {
        try {
            return new Extension(type, critical, value.toASN1Primitive().getEncoded());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestPki.Holder issued(String issuer, PrivateKey key, String algorithm, List<Extension> extensions) {
        try {
            KeyPair pair = Chance.current().ec("QOS-POL seal");
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name(reversed(issuer)),
                    Chance.current().serial(),
                    Date.from(TestPki.start()),
                    Date.from(TestPki.end()),
                    new X500Name("CN=QOS-POL seal,O=TEST ONLY"),
                    pair.getPublic());
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            X509Certificate certificate =
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer(algorithm, key)));
            return new TestPki.Holder(pair.getPrivate(), certificate);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 2253 tells a name from its end. */
    private static String reversed(String name) {
        List<String> parts = new ArrayList<>(List.of(name.split(",", -1)));
        java.util.Collections.reverse(parts);
        return String.join(",", parts);
    }

    private static ContentSigner signer(String algorithm, PrivateKey key) throws Exception {
        return new JcaContentSignerBuilder(algorithm)
                .setProvider(Chance.current().provider())
                .build(key);
    }

    private static X509CRL ofAuthoritiesOnly(World world) {
        try {
            Instant since = TestPki.start();
            X509v2CRLBuilder builder = new X509v2CRLBuilder(
                    new X500Name(reversed(world.qosAuthority
                            .certificate()
                            .getSubjectX500Principal()
                            .getName())),
                    Date.from(since));
            builder.setNextUpdate(Date.from(TestPki.end()));
            builder.addExtension(
                    Extension.issuingDistributionPoint,
                    true,
                    new IssuingDistributionPoint(null, false, true, null, false, false));
            return new JcaX509CRLConverter().getCRL(builder.build(signer("SHA256withECDSA", world.qosAuthority.key())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
