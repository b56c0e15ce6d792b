package org.embassage.evidence.cms;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.Attribute;

/** The attributes of a signer (RFC 5652 §5.3), read more strictly than the standard asks. */
public final class AttributeTable {

    private AttributeTable() {}

    /**
     * The value of each attribute.
     *
     * @return nothing if one is there twice, or has not exactly one value
     * @throws IllegalArgumentException if an element is no attribute
     */
    public static Optional<Map<ASN1ObjectIdentifier, ASN1Encodable>> of(ASN1Set set) {
        Map<ASN1ObjectIdentifier, ASN1Encodable> values = new HashMap<>();
        for (ASN1Encodable element : set) {
            Attribute attribute = Attribute.getInstance(element);
            if (attribute.getAttrValues().size() != 1
                    || values.put(
                                    attribute.getAttrType(),
                                    attribute.getAttrValues().getObjectAt(0))
                            != null) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
