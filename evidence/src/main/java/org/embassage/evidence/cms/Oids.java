package org.embassage.evidence.cms;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** The object identifiers of the profile. */
final class Oids {

    static final ASN1ObjectIdentifier DATA = oid("1.2.840.113549.1.7.1");
    static final ASN1ObjectIdentifier SIGNED_DATA = oid("1.2.840.113549.1.7.2");
    static final ASN1ObjectIdentifier CONTENT_TYPE = oid("1.2.840.113549.1.9.3");
    static final ASN1ObjectIdentifier MESSAGE_DIGEST = oid("1.2.840.113549.1.9.4");
    static final ASN1ObjectIdentifier SIGNING_TIME = oid("1.2.840.113549.1.9.5");
    static final ASN1ObjectIdentifier ALGORITHM_PROTECTION = oid("1.2.840.113549.1.9.52");
    static final ASN1ObjectIdentifier SIGNING_CERTIFICATE_V2 = oid("1.2.840.113549.1.9.16.2.47");
    static final ASN1ObjectIdentifier COMMITMENT_TYPE = oid("1.2.840.113549.1.9.16.2.16");
    static final ASN1ObjectIdentifier SIGNATURE_TIME_STAMP = oid("1.2.840.113549.1.9.16.2.14");
    static final ASN1ObjectIdentifier SHA256_OID = oid("2.16.840.1.101.3.4.2.1");
    static final ASN1ObjectIdentifier ECDSA_SHA256_OID = oid("1.2.840.10045.4.3.2");

    /** Parameters absent (RFC 5754 §2). */
    static final AlgorithmIdentifier SHA256 = new AlgorithmIdentifier(SHA256_OID);
    /** Parameters absent (RFC 5754 §3.3). */
    static final AlgorithmIdentifier ECDSA_SHA256 = new AlgorithmIdentifier(ECDSA_SHA256_OID);

    private Oids() {}

    private static ASN1ObjectIdentifier oid(String dotted) {
        return new ASN1ObjectIdentifier(dotted);
    }
}
