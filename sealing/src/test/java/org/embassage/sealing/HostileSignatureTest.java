package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.Commitment;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Opener.Detail;
import org.embassage.exchange.port.Opener.Opening;
import org.embassage.sealing.development.DevelopmentPki;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with the inner layer under a right tag, the message is not opened. */
class HostileSignatureTest {

    private static final TwoGateways TWO = new TwoGateways();
    private final byte[] good = TWO.seal(TwoGateways.CONTENT).octets();

    @Test
    void oneFlippedBitInTheSignedBytesIsFoundEvenUnderARightTag() {
        byte[] signed = TWO.signer().signEncapsulated(TwoGateways.CONTENT, Commitment.PROOF_OF_ORIGIN);
        for (int i = 0; i < signed.length; i += 3) {
            byte[] flipped = signed.clone();
            flipped[i] ^= (byte) (1 << i % 8);

            assertThat(TWO.opener.open(TWO.encrypt(flipped))).as("octet %d", i).isInstanceOf(Opening.Unopenable.class);
        }
    }

    @Test
    void anOctetBehindTheSignedBytesMakesItUnopenable() {
        byte[] signed = TWO.signer().signEncapsulated(TwoGateways.CONTENT, Commitment.PROOF_OF_ORIGIN);

        assertThat(TWO.detail(TWO.encrypt(Arrays.copyOf(signed, signed.length + 1))))
                .isEqualTo(Detail.NOT_SIGNED_DATA);
    }

    @Test
    void aBerTwinOfTheSignedBytesIsUnopenable() {
        byte[] signed = TWO.signer().signEncapsulated(TwoGateways.CONTENT, Commitment.PROOF_OF_ORIGIN);

        assertThat(TWO.detail(TWO.encrypt(Surgery.indefinite(signed)))).isEqualTo(Detail.NOT_SIGNED_DATA);
        assertThat(TWO.detail(TWO.encrypt(Surgery.longerLength(signed)))).isEqualTo(Detail.NOT_SIGNED_DATA);
    }

    @Test
    void contentThatNobodySignedIsRefused() {
        assertThat(TWO.detail(TWO.encrypt(TwoGateways.CONTENT))).isEqualTo(Detail.NOT_SIGNED_DATA);
        assertThat(TWO.detail(TWO.encrypt(new byte[0]))).isEqualTo(Detail.NOT_SIGNED_DATA);
    }

    @Test
    void aSignatureWithoutSignerIsRefused() throws Exception {
        assertThat(TWO.detail(TWO.encrypt(withSigners(0)))).isEqualTo(Detail.SIGNER_COUNT);
    }

    @Test
    void twoSignersAreRefused() throws Exception {
        assertThat(TWO.detail(TWO.encrypt(withSigners(2)))).isEqualTo(Detail.SIGNER_COUNT);
        assertThat(TWO.opener.open(TWO.encrypt(withSigners(1)))).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void aSignerUnderAnUnknownAuthorityIsUntrusted() {
        DevelopmentPki stranger = new DevelopmentPki("QVL", TwoGateways.CLOCK, TwoGateways.RANDOM);
        CmsSealer forger = new CmsSealer(
                TwoGateways.ring(stranger.gateway(new GatewayId("QVL-BG"), "20261125")),
                TwoGateways.CLOCK,
                TwoGateways.RANDOM);

        byte[] forged = forger.seal(TWO.seal(new byte[0]).exchange(), TwoGateways.CONTENT, TWO.encryptionCertificate())
                .octets();

        assertThat(TWO.detail(forged)).isEqualTo(Detail.SIGNER_UNTRUSTED);
    }

    @Test
    void aSignerWhoseCertificateIsForAnotherUseIsUntrusted() {
        var entry = TwoGateways.ring(TWO.sender).current(KeyUse.TLS);
        byte[] signed = new CadesSigner(entry.key(), entry.certificate(), java.util.Optional.empty(), TwoGateways.CLOCK)
                .signEncapsulated(TwoGateways.CONTENT, Commitment.PROOF_OF_ORIGIN);

        assertThat(TWO.detail(TWO.encrypt(signed))).isEqualTo(Detail.SIGNER_UNTRUSTED);
    }

    @Test
    void aRevokedSignerIsRefused() {
        CertificateJudge judge = TWO.judge(TWO.velmark.crl(TWO.sender.certificate(KeyUse.SEAL)));

        assertThat(TwoGateways.detail(TwoGateways.opener(TWO.recipient, judge).open(good)))
                .isEqualTo(Detail.SIGNER_REVOKED);
    }

    @Test
    void withoutARevocationListOnlyALenientGatewayOpens() {
        CertificateJudge noLists = new CertificateJudge(List.of(TWO.velmark.authority()), List.of(), List.of());
        CmsOpener lenient = new CmsOpener(
                TwoGateways.ring(TWO.recipient),
                () -> noLists,
                CmsOpener.Revocation.IF_KNOWN,
                TwoGateways.CLOCK,
                TwoGateways.RANDOM,
                CmsOpener.DEFAULT_MAX_OCTETS);

        assertThat(TwoGateways.detail(TwoGateways.opener(TWO.recipient, noLists).open(good)))
                .isEqualTo(Detail.REVOCATION_UNKNOWN);
        assertThat(lenient.open(good)).isInstanceOf(Opening.Opened.class);
    }

    /** SignedData with the true signer, without, or with TWO. */
    private byte[] withSigners(int count) throws IOException {
        byte[] first = TWO.signer().signEncapsulated(TwoGateways.CONTENT, Commitment.PROOF_OF_ORIGIN);
        byte[] second = TWO.signer().signEncapsulated(TwoGateways.CONTENT, Commitment.NONE);
        ASN1EncodableVector signers = new ASN1EncodableVector();
        if (count > 0) {
            signers.add(signerInfo(first));
        }
        if (count > 1) {
            signers.add(signerInfo(second));
        }
        ASN1Sequence contentInfo = (ASN1Sequence) ASN1Primitive.fromByteArray(first);
        ASN1Sequence signedData = Surgery.body(contentInfo);
        ASN1Sequence rebuilt = Surgery.with(signedData, signedData.size() - 1, new DERSet(signers));
        return new DERSequence(new ASN1Encodable[] {contentInfo.getObjectAt(0), new DERTaggedObject(true, 0, rebuilt)})
                .getEncoded("DER");
    }

    private static ASN1Encodable signerInfo(byte[] signed) throws IOException {
        ASN1Sequence signedData = Surgery.body((ASN1Sequence) ASN1Primitive.fromByteArray(signed));
        return ((ASN1Set) signedData.getObjectAt(signedData.size() - 1)).getObjectAt(0);
    }
}
