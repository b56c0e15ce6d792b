package org.embassage.evidence.bundle;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.embassage.evidence.zip.StrictZip;

/**
 * What openssl needs as files of its own, because it cannot take it out of a receipt: the value of the signature, and the
 * time-stamp token over that value (RFC 3161 Appendix A, id-aa-signatureTimeStampToken). An extract says nothing that the
 * receipt does not say; a verifier holds the two against each other.
 */
public final class Extracts {

    private static final String SIGNATURE = "META-INF/signature001.p7s";
    private static final int MAX_BYTES = 512 * 1024;

    private final byte[] signature;
    private final Optional<byte[]> token;

    private Extracts(byte[] signature, Optional<byte[]> token) {
        this.signature = signature;
        this.token = token;
    }

    /** @return nothing if the container has no readable signature by one signer, or more than one token */
    public static Optional<Extracts> of(byte[] container) {
        return StrictZip.read(container, MAX_BYTES).flatMap(Extracts::of);
    }

    private static Optional<Extracts> of(Map<String, byte[]> entries) {
        byte[] cms = entries.get(SIGNATURE);
        if (cms == null) {
            return Optional.empty();
        }
        try {
            var signers = new CMSSignedData(cms).getSignerInfos().getSigners();
            if (signers.size() != 1) {
                return Optional.empty();
            }
            SignerInformation signer = signers.iterator().next();
            return Optional.of(new Extracts(signer.getSignature(), token(signer)));
        } catch (CMSException | IOException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> token(SignerInformation signer) throws IOException {
        AttributeTable unsigned = signer.getUnsignedAttributes();
        if (unsigned == null) {
            return Optional.empty();
        }
        var attributes = unsigned.getAll(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        if (attributes.size() == 0) {
            return Optional.empty();
        }
        Attribute attribute = Attribute.getInstance(attributes.get(0));
        if (attributes.size() > 1 || attribute.getAttrValues().size() != 1) {
            throw new IOException("more than one token");
        }
        return Optional.of(
                attribute.getAttrValues().getObjectAt(0).toASN1Primitive().getEncoded(ASN1Encoding.DER));
    }

    /** The octets of the signature value: DER of an ECDSA signature. */
    public byte[] signature() {
        return signature.clone();
    }

    /** A DER TimeStampToken, if the receipt has one. */
    public Optional<byte[]> token() {
        return token.map(byte[]::clone);
    }
}
