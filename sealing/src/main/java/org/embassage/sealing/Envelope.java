package org.embassage.sealing;

import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;
import org.embassage.exchange.port.Opener.Detail;

/** AuthEnvelopedData of the profile, taken apart but not yet decrypted. Everything about it is still untrusted. */
final class Envelope {

    private final byte[] issuerAndSerial;
    private final ECPoint originator;
    private final byte[] wrappedKey;
    private final byte[] nonce;
    private final byte[] encrypted;

    private Envelope(byte[] issuerAndSerial, ECPoint originator, byte[] wrappedKey, byte[] nonce, byte[] encrypted) {
        this.issuerAndSerial = issuerAndSerial;
        this.originator = originator;
        this.wrappedKey = wrappedKey;
        this.nonce = nonce;
        this.encrypted = encrypted;
    }

    /** Reads exactly the profile and nothing else. */
    static Envelope read(byte[] sealed) throws Unopenable {
        DerReader file = new DerReader(sealed);
        DerReader contentInfo = file.enter(Der.SEQUENCE);
        Unopenable.unless(file.atEnd(), Detail.NOT_DER);
        contentInfo.expect(Profile.AUTH_ENVELOPED_DATA, Detail.WRONG_STRUCTURE);
        DerReader explicit = contentInfo.enter(Der.CONTEXT_0);
        contentInfo.finish();
        DerReader body = explicit.enter(Der.SEQUENCE);
        explicit.finish();
        body.expect(Profile.VERSION_0, Detail.WRONG_STRUCTURE);
        DerReader recipients = body.enter(Der.SET);
        DerReader recipient = recipients.enter(Der.CONTEXT_1);
        recipients.finish();
        DerReader content = body.enter(Der.SEQUENCE);
        byte[] tag = body.content(Der.OCTET_STRING);
        body.finish();
        Unopenable.unless(tag.length == Profile.TAG_OCTETS, Detail.WRONG_ALGORITHM);
        return read(recipient, content, sealed, tag);
    }

    private static Envelope read(DerReader recipient, DerReader content, byte[] sealed, byte[] tag) throws Unopenable {
        recipient.expect(Profile.VERSION_3, Detail.WRONG_STRUCTURE);
        ECPoint originator = originator(recipient.enter(Der.CONTEXT_0));
        recipient.expect(Profile.KEY_AGREEMENT, Detail.WRONG_ALGORITHM);
        DerReader keys = recipient.enter(Der.SEQUENCE);
        recipient.finish();
        DerReader key = keys.enter(Der.SEQUENCE);
        keys.finish();
        byte[] issuerAndSerial = key.whole(Der.SEQUENCE);
        byte[] wrappedKey = key.content(Der.OCTET_STRING);
        key.finish();
        Unopenable.unless(wrappedKey.length == Profile.WRAPPED_KEY_OCTETS, Detail.WRONG_ALGORITHM);

        content.expect(Profile.DATA, Detail.WRONG_STRUCTURE);
        byte[] nonce = nonce(content.enter(Der.SEQUENCE));
        DerReader.Span ciphertext = content.next(Der.CONTEXT_0_PRIMITIVE);
        content.finish();
        byte[] encrypted = new byte[ciphertext.length() + Profile.TAG_OCTETS];
        System.arraycopy(sealed, ciphertext.start(), encrypted, 0, ciphertext.length());
        System.arraycopy(tag, 0, encrypted, ciphertext.length(), tag.length);
        return new Envelope(issuerAndSerial, originator, wrappedKey, nonce, encrypted);
    }

    private static ECPoint originator(DerReader explicit) throws Unopenable {
        DerReader key = explicit.enter(Der.CONTEXT_1);
        explicit.finish();
        key.expect(originatorAlgorithm(key), Detail.WRONG_ALGORITHM);
        byte[] bits = key.content(Der.BIT_STRING);
        key.finish();
        Unopenable.unless(bits.length == 1 + KeyAgreement.POINT_OCTETS && bits[0] == 0, Detail.WRONG_STRUCTURE);
        try {
            return KeyAgreement.point(Arrays.copyOfRange(bits, 1, bits.length));
        } catch (IllegalArgumentException notOnTheCurve) {
            throw new Unopenable(Detail.WRONG_STRUCTURE);
        }
    }

    /** One of the three forms that RFC 5753 §3.1.1 leaves to the sender. */
    private static byte[] originatorAlgorithm(DerReader key) {
        if (key.starts(Profile.ORIGINATOR_ALGORITHM_NULL)) {
            return Profile.ORIGINATOR_ALGORITHM_NULL;
        }
        return key.starts(Profile.ORIGINATOR_ALGORITHM_P256)
                ? Profile.ORIGINATOR_ALGORITHM_P256
                : Profile.ORIGINATOR_ALGORITHM;
    }

    private static byte[] nonce(DerReader algorithm) throws Unopenable {
        algorithm.expect(Profile.AES256_GCM, Detail.WRONG_ALGORITHM);
        DerReader parameters = algorithm.enter(Der.SEQUENCE);
        algorithm.finish();
        byte[] nonce = parameters.content(Der.OCTET_STRING);
        Unopenable.unless(nonce.length == Profile.NONCE_OCTETS, Detail.WRONG_ALGORITHM);
        parameters.expect(Profile.TAG_LENGTH, Detail.WRONG_ALGORITHM);
        parameters.finish();
        return nonce;
    }

    /** DER IssuerAndSerialNumber of the recipient. Not a copy. */
    byte[] issuerAndSerial() {
        return issuerAndSerial;
    }

    /** The sender's fresh public key, a point on P-256. */
    ECPoint originator() {
        return originator;
    }

    /** Not a copy. */
    byte[] wrappedKey() {
        return wrappedKey;
    }

    /** Not a copy. */
    byte[] nonce() {
        return nonce;
    }

    /** Ciphertext and tag. Not a copy. */
    byte[] encrypted() {
        return encrypted;
    }
}
