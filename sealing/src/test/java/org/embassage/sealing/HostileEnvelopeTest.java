package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.cms.Providers;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Opener.Detail;
import org.embassage.exchange.port.Opener.Opening;
import org.embassage.sealing.development.GatewayKeys;
import org.junit.jupiter.api.Test;

/** Whatever was done to the outer layer, the message is not opened. */
class HostileEnvelopeTest {

    private static final TwoGateways TWO = new TwoGateways();
    private final byte[] good = TWO.seal(TwoGateways.CONTENT).octets();

    @Test
    void oneFlippedBitAnywhereMakesItUnopenable() {
        int structure = SealAndOpenTest.indexOf(good, Profile.TAG_LENGTH) + 8;
        for (int i = 0; i < good.length; i++) {
            boolean everyBit = i < structure || i >= good.length - Profile.TAG_OCTETS - 2;
            for (int bit = everyBit ? 0 : i % 8; bit < (everyBit ? 8 : i % 8 + 1); bit++) {
                byte[] flipped = good.clone();
                flipped[i] ^= (byte) (1 << bit);

                assertThat(TWO.opener.open(flipped))
                        .as("octet %d bit %d", i, bit)
                        .isInstanceOf(Opening.Unopenable.class);
            }
        }
        assertThat(TWO.opener.open(good)).isInstanceOf(Opening.Opened.class);
    }

    @Test
    void aTruncatedMessageIsUnopenable() {
        for (int length = 0; length < good.length; length += length < 400 ? 1 : 13) {
            assertThat(TWO.opener.open(Arrays.copyOf(good, length)))
                    .as("%d octets", length)
                    .isInstanceOf(Opening.Unopenable.class);
        }
    }

    @Test
    void anOctetBehindTheMessageMakesItUnopenable() {
        assertThat(TWO.detail(Arrays.copyOf(good, good.length + 1))).isEqualTo(Detail.NOT_DER);
    }

    @Test
    void itsBerTwinIsUnopenable() {
        assertThat(TWO.detail(Surgery.indefinite(good))).isEqualTo(Detail.NOT_DER);
        assertThat(TWO.detail(Surgery.longerLength(good))).isEqualTo(Detail.NOT_DER);
    }

    @Test
    void aMessageAboveTheLimitIsNotEvenLookedAt() {
        CmsOpener narrow = new CmsOpener(
                TwoGateways.ring(TWO.recipient),
                () -> TWO.judge(TWO.velmark.crl()),
                CmsOpener.Revocation.REQUIRED,
                TwoGateways.CLOCK,
                TwoGateways.RANDOM,
                good.length);

        assertThat(narrow.open(good)).isInstanceOf(Opening.Opened.class);
        assertThat(TwoGateways.detail(narrow.open(Arrays.copyOf(good, good.length + 1))))
                .isEqualTo(Detail.TOO_LARGE);
    }

    @Test
    void aHugeLengthInASmallMessageCostsNothing() {
        assertThat(TWO.detail(Der.hex("30847fffffff060b2a864886f70d0109100117")))
                .isEqualTo(Detail.NOT_DER);
        assertThat(TWO.detail(Der.hex("3084ffffffff060b2a864886f70d0109100117")))
                .isEqualTo(Detail.NOT_DER);
    }

    @Test
    void deepNestingIsUnopenable() {
        byte[] nested = new byte[100_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }

        assertThat(TWO.opener.open(nested)).isInstanceOf(Opening.Unopenable.class);
        assertThat(TWO.detail(TWO.encrypt(nested))).isEqualTo(Detail.NOT_SIGNED_DATA);
    }

    @Test
    void noiseIsUnopenable() {
        Random noise = new Random(4711);
        for (int i = 0; i < 500; i++) {
            byte[] octets = new byte[noise.nextInt(2000)];
            noise.nextBytes(octets);

            assertThat(TWO.opener.open(octets)).isInstanceOf(Opening.Unopenable.class);
        }
    }

    @Test
    void aMessageForAnotherRecipientIsNotForUs() {
        GatewayKeys other = TWO.ostrana.gateway(new GatewayId("QOS-BP"), "20261125");
        byte[] toOther = TWO.sealer
                .seal(TWO.seal(new byte[0]).exchange(), TwoGateways.CONTENT, other.certificate(KeyUse.DECRYPT))
                .octets();

        assertThat(TWO.detail(toOther)).isEqualTo(Detail.NOT_FOR_US);
    }

    @Test
    void envelopedDataWithCbcIsRefused() throws Exception {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(keyAgreement());
        byte[] signed = TWO.signer().signEncapsulated(TwoGateways.CONTENT, Commitment.PROOF_OF_ORIGIN);
        byte[] cbc = generator
                .generate(
                        new CMSProcessableByteArray(signed),
                        new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_CBC)
                                .setProvider(Providers.bouncyCastle())
                                .build())
                .toASN1Structure()
                .getEncoded("DER");

        assertThat(TWO.detail(cbc)).isEqualTo(Detail.WRONG_STRUCTURE);
    }

    @Test
    void aBareSignedMessageIsRefused() {
        byte[] signed = TWO.signer().signEncapsulated(TwoGateways.CONTENT, Commitment.PROOF_OF_ORIGIN);

        assertThat(TWO.detail(signed)).isEqualTo(Detail.WRONG_STRUCTURE);
    }

    @Test
    void aShortTagIsRefused() throws Exception {
        byte[] shortTag = Surgery.changed(good, body -> {
            ASN1Sequence content = (ASN1Sequence) body[2];
            ASN1Sequence algorithm = (ASN1Sequence) content.getObjectAt(1);
            ASN1Sequence parameters = (ASN1Sequence) algorithm.getObjectAt(1);
            body[2] = Surgery.with(content, 1, Surgery.with(algorithm, 1, new DERSequence(parameters.getObjectAt(0))));
            byte[] tag = ((ASN1OctetString) body[3]).getOctets();
            body[3] = new DEROctetString(Arrays.copyOf(tag, 12));
        });
        byte[] onlyTheTag = Surgery.changed(good, body -> {
            byte[] tag = ((ASN1OctetString) body[3]).getOctets();
            body[3] = new DEROctetString(Arrays.copyOf(tag, 12));
        });

        assertThat(TWO.detail(shortTag)).isEqualTo(Detail.WRONG_ALGORITHM);
        assertThat(TWO.detail(onlyTheTag)).isEqualTo(Detail.WRONG_ALGORITHM);
    }

    @Test
    void authenticatedAttributesAreRefused() throws Exception {
        byte[] withAttributes = Surgery.rebuilt(good, body -> {
            ASN1Encodable[] more = Arrays.copyOf(body, 5);
            more[4] = body[3];
            more[3] = new DERTaggedObject(false, 1, new DERSet());
            return more;
        });

        assertThat(TWO.opener.open(withAttributes)).isInstanceOf(Opening.Unopenable.class);
    }

    @Test
    void twoRecipientsAreRefused() throws Exception {
        byte[] twice = Surgery.changed(good, body -> {
            ASN1Encodable recipient = ((ASN1Set) body[1]).getObjectAt(0);
            body[1] = new DERSet(new ASN1Encodable[] {recipient, recipient});
        });

        assertThat(TWO.detail(twice)).isEqualTo(Detail.WRONG_STRUCTURE);
    }

    private JceKeyAgreeRecipientInfoGenerator keyAgreement() throws Exception {
        var pair = java.security.KeyPairGenerator.getInstance("EC");
        pair.initialize(new java.security.spec.ECGenParameterSpec("secp256r1"));
        var keys = pair.generateKeyPair();
        return new JceKeyAgreeRecipientInfoGenerator(
                        CMSAlgorithm.ECDH_SHA256KDF, keys.getPrivate(), keys.getPublic(), CMSAlgorithm.AES256_WRAP)
                .addRecipient(TWO.encryptionCertificate())
                .setProvider(Providers.bouncyCastle());
    }
}
