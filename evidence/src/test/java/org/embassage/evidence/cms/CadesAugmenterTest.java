package org.embassage.evidence.cms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.cms.SignatureCheck.Problem;
import org.junit.jupiter.api.Test;

class CadesAugmenterTest {

    private static final byte[] CONTENT = "SYNTHETIC".getBytes(StandardCharsets.UTF_8);
    private static final TestPki AUTHORITY = new TestPki("Test CA");
    private static final byte[] SIGNED = AUTHORITY.seal("seal").signer().signDetached(CONTENT, Commitment.NONE);
    private static final ASN1ObjectIdentifier TIME_STAMP = Oids.SIGNATURE_TIME_STAMP;
    private static final ASN1ObjectIdentifier OTHER = new ASN1ObjectIdentifier("1.2.840.113549.1.9.16.2.48");

    @Test
    void whatIsAddedIsHandedOutAndTheSignatureStays() throws Exception {
        byte[] token = new DERSequence().getEncoded();

        byte[] augmented = CadesAugmenter.augment(
                SIGNED, Optional.of(token), List.of(AUTHORITY.certificate()), List.of(AUTHORITY.crl()));

        SignatureCheck.Good good = good(augmented);
        assertThat(good.signatureValue()).isEqualTo(good(SIGNED).signatureValue());
        assertThat(good.signer()).isEqualTo(good(SIGNED).signer());
        assertThat(good.others()).containsExactly(AUTHORITY.certificate());
        assertThat(good.revocationLists()).hasSize(1);
        assertThat(good.timeStamp())
                .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(token));
        assertThat(signer(augmented).getEncodedSignedAttributes())
                .isEqualTo(signer(SIGNED).getEncodedSignedAttributes());
    }

    @Test
    void ofUnsignedAttributesOnlyOneTimeStampIsAccepted() throws Exception {
        assertThat(problem(unsigned(attribute(TIME_STAMP, DERNull.INSTANCE)))).isEmpty();
        assertThat(problem(unsigned(attribute(OTHER, DERNull.INSTANCE)))).contains(Problem.ATTRIBUTES);
        assertThat(problem(unsigned(attribute(TIME_STAMP, DERNull.INSTANCE), attribute(OTHER, DERNull.INSTANCE))))
                .contains(Problem.ATTRIBUTES);
        assertThat(problem(unsigned(attribute(TIME_STAMP, DERNull.INSTANCE), attribute(TIME_STAMP, new DERSequence()))))
                .contains(Problem.ATTRIBUTES);
        assertThat(problem(unsigned(attribute(TIME_STAMP, DERNull.INSTANCE, new DERSequence()))))
                .contains(Problem.ATTRIBUTES);
    }

    @Test
    void certificatesAndRevocationListsAreBounded() {
        List<X509Certificate> certificates = new ArrayList<>();
        List<X509CRL> lists = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            TestPki other = new TestPki("CA " + i);
            certificates.add(other.certificate());
            lists.add(other.crl());
        }

        assertThat(problem(add(certificates.subList(0, 15), lists))).isEmpty();
        assertThat(problem(add(certificates, List.of()))).contains(Problem.CERTIFICATE);
        lists.add(AUTHORITY.crl());
        assertThat(problem(add(List.of(), lists))).contains(Problem.CERTIFICATE);
    }

    @Test
    void revocationListsThatAreTooLargeTogetherAreLeftOut() {
        X509Certificate[] many = new X509Certificate[6000];
        java.util.Arrays.fill(many, AUTHORITY.certificate());
        X509CRL large = AUTHORITY.crl(many);

        SignatureCheck.Good good = good(add(List.of(), List.of(large, AUTHORITY.crl())));

        assertThat(good.revocationLists()).hasSize(1).doesNotContain(large);
    }

    @Test
    void whatIsNoSignatureIsNotAugmented() {
        assertThatThrownBy(() -> CadesAugmenter.augment(CONTENT, Optional.empty(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] add(List<X509Certificate> certificates, List<X509CRL> lists) {
        return CadesAugmenter.augment(SIGNED, Optional.empty(), certificates, lists);
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable... values) {
        return new Attribute(type, new DERSet(values));
    }

    private static byte[] unsigned(Attribute... attributes) throws Exception {
        CMSSignedData signed = new CMSSignedData(SIGNED);
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.addAll(attributes);
        SignerInformation changed =
                SignerInformation.replaceUnsignedAttributes(signer(SIGNED), new AttributeTable(all));
        return CMSSignedData.replaceSigners(signed, new SignerInformationStore(changed))
                .toASN1Structure()
                .getEncoded("DER");
    }

    private static SignerInformation signer(byte[] cms) throws Exception {
        return new CMSSignedData(cms).getSignerInfos().iterator().next();
    }

    private static SignatureCheck.Good good(byte[] cms) {
        return (SignatureCheck.Good) CadesVerifier.verifyDetached(cms, CONTENT);
    }

    private static Optional<Problem> problem(byte[] cms) {
        return CadesVerifier.verifyDetached(cms, CONTENT)
                .fold(good -> Optional.empty(), bad -> Optional.of(bad.problem()));
    }
}
