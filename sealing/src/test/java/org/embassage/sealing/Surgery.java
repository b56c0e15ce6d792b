package org.embassage.sealing;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

/** Changes DER structures as an attacker would. */
final class Surgery {

    private Surgery() {}

    static ASN1Sequence body(ASN1Sequence contentInfo) {
        return (ASN1Sequence) ((ASN1TaggedObject) contentInfo.getObjectAt(1)).getExplicitBaseObject();
    }

    interface Rebuilding {
        ASN1Encodable[] on(ASN1Encodable[] body);
    }

    interface InPlace {
        void on(ASN1Encodable[] body);
    }

    static byte[] changed(byte[] sealed, InPlace surgery) throws IOException {
        Rebuilding whole = body -> {
            surgery.on(body);
            return body;
        };
        return rebuilt(sealed, whole);
    }

    static byte[] rebuilt(byte[] sealed, Rebuilding surgery) throws IOException {
        ASN1Sequence contentInfo = (ASN1Sequence) ASN1Primitive.fromByteArray(sealed);
        ASN1Encodable[] body = surgery.on(body(contentInfo).toArray());
        return new DERSequence(new ASN1Encodable[] {
                    contentInfo.getObjectAt(0), new DERTaggedObject(true, 0, new DERSequence(body))
                })
                .getEncoded("DER");
    }

    static ASN1Sequence with(ASN1Sequence sequence, int index, ASN1Encodable element) {
        ASN1Encodable[] elements = sequence.toArray();
        elements[index] = element;
        return new DERSequence(elements);
    }

    /** The outermost length in the indefinite form. */
    static byte[] indefinite(byte[] der) {
        byte[] ber = new byte[der.length];
        ber[0] = der[0];
        ber[1] = (byte) 0x80;
        System.arraycopy(der, 4, ber, 2, der.length - 4);
        return ber;
    }

    /** The outermost length with an octet more than it needs. */
    static byte[] longerLength(byte[] der) {
        byte[] ber = new byte[der.length + 1];
        ber[0] = der[0];
        ber[1] = (byte) 0x83;
        System.arraycopy(der, 2, ber, 3, der.length - 2);
        return ber;
    }
}
