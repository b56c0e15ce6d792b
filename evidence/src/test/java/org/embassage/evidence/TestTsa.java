package org.embassage.evidence;

import java.security.PrivateKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.embassage.evidence.time.TimeStamp;

/** An authority that time-stamps (RFC 3161) for one test run, at whatever time it is told. SYNTHETIC. */
public final class TestTsa {

    public static final String POLICY = "1.3.6.1.4.1.99999.1.1";

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

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

    public PrivateKey key() {
        return holder.key();
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
        String signing = switch (holder.key().getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> holder.key().getAlgorithm();
        };
        try {
            TSTInfo info = new TSTInfo(
                    new ASN1ObjectIdentifier(POLICY),
                    new MessageImprint(new AlgorithmIdentifier(algorithm), digest),
                    new ASN1Integer(Chance.current().serial()),
                    new ASN1GeneralizedTime(SECONDS.format(time)),
                    new Accuracy(new ASN1Integer(1), null, null),
                    null,
                    null,
                    null,
                    null);
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(
                            new JcaDigestCalculatorProviderBuilder().build())
                    .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(named(time)))
                    .build(
                            new JcaContentSignerBuilder(signing)
                                    .setProvider(
                                            signing.endsWith("ECDSA")
                                                    ? Chance.current().provider()
                                                    : new BouncyCastleProvider())
                                    .build(holder.key()),
                            holder.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(holder.certificate())));
            byte[] token = generator
                    .generate(
                            new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded("DER")),
                            true)
                    .getEncoded();
            return TimeStamp.inDer(token).orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** signing-certificate-v2, which names the certificate by SHA-256 (RFC 5816 §2.2.1). */
    private AttributeTable named(Instant time) throws Exception {
        ESSCertIDv2 id =
                new ESSCertIDv2(Digest.sha256(holder.certificate().getEncoded()).bytes());
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(
                PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(id))));
        attributes.add(
                new Attribute(PKCSObjectIdentifiers.pkcs_9_at_signingTime, new DERSet(new Time(Date.from(time)))));
        return new AttributeTable(attributes);
    }
}
