package org.embassage.evidence.cms;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;

/** What a signer commits to (EN 319 122-1 §5.2.3, commitment-type-indication). */
public enum Commitment {
    /** The signer made, approved and sent the content. */
    PROOF_OF_ORIGIN("1.2.840.113549.1.9.16.6.1"),
    /** The signer received the content. */
    PROOF_OF_RECEIPT("1.2.840.113549.1.9.16.6.2"),
    /** The signer delivered the content to where its recipient takes it. */
    PROOF_OF_DELIVERY("1.2.840.113549.1.9.16.6.3"),
    /** No commitment is stated. */
    NONE("");

    private final String oid;

    Commitment(String oid) {
        this.oid = oid;
    }

    ASN1ObjectIdentifier oid() {
        return new ASN1ObjectIdentifier(oid);
    }
}
