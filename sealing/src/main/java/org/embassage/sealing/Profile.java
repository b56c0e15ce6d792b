package org.embassage.sealing;

/** The octets that are the same in every GW-CMS-1 message (docs/formats/sealed-message.md). */
final class Profile {

    /** id-ct-authEnvelopedData 1.2.840.113549.1.9.16.1.23 (RFC 5083 §2). */
    static final byte[] AUTH_ENVELOPED_DATA = Der.hex("060b2a864886f70d0109100117");
    /** id-data 1.2.840.113549.1.7.1 (RFC 5652 §4). */
    static final byte[] DATA = Der.hex("06092a864886f70d010701");
    /** INTEGER 0, the version of AuthEnvelopedData. */
    static final byte[] VERSION_0 = Der.hex("020100");
    /** INTEGER 3, the version of KeyAgreeRecipientInfo. */
    static final byte[] VERSION_3 = Der.hex("020103");

    /** id-ecPublicKey 1.2.840.10045.2.1. */
    private static final byte[] EC_PUBLIC_KEY = Der.hex("06072a8648ce3d0201");
    /** Of the originator's key, as we write it: parameters absent (RFC 5753 §3.1.1). */
    static final byte[] ORIGINATOR_ALGORITHM = Der.tlv(Der.SEQUENCE, EC_PUBLIC_KEY);
    /** As others write it: parameters NULL. */
    static final byte[] ORIGINATOR_ALGORITHM_NULL = Der.tlv(Der.SEQUENCE, EC_PUBLIC_KEY, Der.hex("0500"));
    /** As others write it: the curve P-256 named. */
    static final byte[] ORIGINATOR_ALGORITHM_P256 =
            Der.tlv(Der.SEQUENCE, EC_PUBLIC_KEY, Der.hex("06082a8648ce3d030107"));

    /** id-aes256-wrap 2.16.840.1.101.3.4.1.45, parameters absent (RFC 3565 §2.3.2). */
    static final byte[] AES256_WRAP = Der.tlv(Der.SEQUENCE, Der.hex("060960864801650304012d"));
    /** dhSinglePass-stdDH-sha256kdf-scheme 1.3.132.1.11.1 with AES-256 key wrap (RFC 5753 §7.1.4). */
    static final byte[] KEY_AGREEMENT = Der.tlv(Der.SEQUENCE, Der.hex("06062b8104010b01"), AES256_WRAP);

    /** ECC-CMS-SharedInfo (RFC 5753 §7.2): the wrap algorithm, no ukm, 256 bits. */
    static final byte[] SHARED_INFO =
            Der.tlv(Der.SEQUENCE, AES256_WRAP, Der.tlv(Der.CONTEXT_2, Der.hex("040400000100")));

    /** id-aes256-GCM 2.16.840.1.101.3.4.1.46 (RFC 5084 §3.2). */
    static final byte[] AES256_GCM = Der.hex("060960864801650304012e");
    /** INTEGER 16: the tag has 16 octets. */
    static final byte[] TAG_LENGTH = Der.hex("020110");

    static final int KEY_OCTETS = 32;
    static final int WRAPPED_KEY_OCTETS = KEY_OCTETS + 8;
    static final int NONCE_OCTETS = 12;
    static final int TAG_OCTETS = 16;

    private Profile() {}
}
