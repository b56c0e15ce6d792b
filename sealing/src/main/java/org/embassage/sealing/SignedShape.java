package org.embassage.sealing;

import org.embassage.exchange.port.Opener.Detail;

/**
 * The shape of the SignedData inside a message (RFC 5652 §5.1, §5.3). A signature covers the content and the signed
 * attributes only; here the rest is pinned as well: versions, algorithms, one certificate, no CRLs, no unsigned
 * attributes. So nobody can make a second encoding with another digest by changing what no signature covers.
 */
final class SignedShape {

    /** id-signedData 1.2.840.113549.1.7.2. */
    private static final byte[] SIGNED_DATA = Der.hex("06092a864886f70d010702");
    /** INTEGER 1. */
    private static final byte[] VERSION_1 = Der.hex("020101");
    /** id-sha256 2.16.840.1.101.3.4.2.1, parameters absent (RFC 5754 §2). */
    private static final byte[] SHA256 = Der.hex("300b0609608648016503040201");
    /** The same with parameters NULL, which RFC 5754 wants accepted. */
    private static final byte[] SHA256_NULL = Der.hex("300d06096086480165030402010500");

    private SignedShape() {}

    static void check(byte[] signed) throws Unopenable {
        DerReader file = new DerReader(signed);
        DerReader contentInfo = file.enter(Der.SEQUENCE);
        file.finish();
        contentInfo.expect(SIGNED_DATA, Detail.NOT_SIGNED_DATA);
        DerReader explicit = contentInfo.enter(Der.CONTEXT_0);
        contentInfo.finish();
        DerReader body = explicit.enter(Der.SEQUENCE);
        explicit.finish();
        body.expect(VERSION_1, Detail.NOT_SIGNED_DATA);
        DerReader digests = body.enter(Der.SET);
        sha256(digests);
        digests.finish();
        body.next(Der.SEQUENCE);
        DerReader certificates = body.enter(Der.CONTEXT_0);
        certificates.next(Der.SEQUENCE);
        certificates.finish();
        signers(body.enter(Der.SET));
        body.finish();
    }

    private static void signers(DerReader signers) throws Unopenable {
        Unopenable.unless(!signers.atEnd(), Detail.SIGNER_COUNT);
        DerReader signer = signers.enter(Der.SEQUENCE);
        Unopenable.unless(signers.atEnd(), Detail.SIGNER_COUNT);
        signer.expect(VERSION_1, Detail.NOT_SIGNED_DATA);
        signer.next(Der.SEQUENCE);
        sha256(signer);
        signer.next(Der.CONTEXT_0);
        signer.next(Der.SEQUENCE);
        signer.next(Der.OCTET_STRING);
        Unopenable.unless(signer.atEnd(), Detail.ATTRIBUTES_WRONG);
    }

    private static void sha256(DerReader reader) throws Unopenable {
        reader.expect(reader.starts(SHA256_NULL) ? SHA256_NULL : SHA256, Detail.WRONG_ALGORITHM);
    }
}
