package org.embassage.sealing;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Writes AuthEnvelopedData of the profile (RFC 5083, RFC 5084, RFC 5753): one recipient, AES-256-GCM, DER. */
final class EnvelopeWriter {

    private static final byte[] NO_UNUSED_BITS = {0};
    private static final byte[] TAG_HEADER = Der.header(Der.OCTET_STRING, Profile.TAG_OCTETS);

    private final SecureRandom random;

    EnvelopeWriter(SecureRandom random) {
        this.random = random;
    }

    /** Encrypts under a fresh key and a fresh nonce. */
    byte[] encrypt(byte[] content, Recipient recipient) {
        byte[] key = random(Profile.KEY_OCTETS);
        byte[] nonce = random(Profile.NONCE_OCTETS);
        KeyAgreement.Fresh agreed = KeyAgreement.agree(recipient.point(), random);
        byte[] wrapped = ContentCipher.wrap(agreed.key(), key);
        byte[] recipients = Der.tlv(Der.SET, recipientInfo(agreed.publicPoint(), wrapped, recipient));
        byte[] envelope = assemble(recipients, nonce, key, content);
        ContentCipher.wipe(agreed.key());
        ContentCipher.wipe(key);
        return envelope;
    }

    private static byte[] recipientInfo(byte[] publicPoint, byte[] wrapped, Recipient recipient) {
        byte[] originator = Der.tlv(
                Der.CONTEXT_0,
                Der.tlv(
                        Der.CONTEXT_1,
                        Profile.ORIGINATOR_ALGORITHM,
                        Der.tlv(Der.BIT_STRING, NO_UNUSED_BITS, publicPoint)));
        byte[] encryptedKeys = Der.tlv(
                Der.SEQUENCE, Der.tlv(Der.SEQUENCE, recipient.issuerAndSerial(), Der.tlv(Der.OCTET_STRING, wrapped)));
        return Der.tlv(Der.CONTEXT_1, Profile.VERSION_3, originator, Profile.KEY_AGREEMENT, encryptedKeys);
    }

    /** From the inside out: each header needs the length of what follows. The content is encrypted into its place. */
    private static byte[] assemble(byte[] recipients, byte[] nonce, byte[] key, byte[] content) {
        byte[] algorithm = Der.tlv(
                Der.SEQUENCE,
                Profile.AES256_GCM,
                Der.tlv(Der.SEQUENCE, Der.tlv(Der.OCTET_STRING, nonce), Profile.TAG_LENGTH));
        byte[] contentHeader = Der.header(Der.CONTEXT_0_PRIMITIVE, content.length);
        int encryptedLength = Profile.DATA.length + algorithm.length + contentHeader.length + content.length;
        byte[] encryptedHeader = Der.header(Der.SEQUENCE, encryptedLength);
        int bodyLength = Profile.VERSION_0.length
                + recipients.length
                + encryptedHeader.length
                + encryptedLength
                + TAG_HEADER.length
                + Profile.TAG_OCTETS;
        byte[] bodyHeader = Der.header(Der.SEQUENCE, bodyLength);
        byte[] explicitHeader = Der.header(Der.CONTEXT_0, bodyHeader.length + bodyLength);
        int length = Profile.AUTH_ENVELOPED_DATA.length + explicitHeader.length + bodyHeader.length + bodyLength;
        byte[] outerHeader = Der.header(Der.SEQUENCE, length);

        ByteBuffer out = ByteBuffer.allocate(outerHeader.length + length)
                .put(outerHeader)
                .put(Profile.AUTH_ENVELOPED_DATA)
                .put(explicitHeader)
                .put(bodyHeader)
                .put(Profile.VERSION_0)
                .put(recipients)
                .put(encryptedHeader)
                .put(Profile.DATA)
                .put(algorithm)
                .put(contentHeader);
        byte[] octets = out.array();
        ContentCipher.encrypt(key, nonce, content, octets, out.position());
        insertTagHeader(octets, out.position() + content.length);
        return octets;
    }

    /** The cipher leaves its tag right behind the ciphertext; the tag's header belongs between them. */
    private static void insertTagHeader(byte[] octets, int at) {
        System.arraycopy(octets, at, octets, at + TAG_HEADER.length, Profile.TAG_OCTETS);
        System.arraycopy(TAG_HEADER, 0, octets, at, TAG_HEADER.length);
    }

    private byte[] random(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }
}
