package org.embassage.evidence.vectors;

import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.embassage.evidence.Chance;
import org.embassage.evidence.TestPki;

/** Takes a signature apart and puts it together otherwise, as one who has the key can. */
final class Cms {

    private final SignedData data;
    private ASN1Set certificates;
    private final List<SignerInfo> signers = new ArrayList<>();

    private Cms(byte[] der) {
        this.data = SignedData.getInstance(ContentInfo.getInstance(der).getContent());
        this.certificates = data.getCertificates();
        data.getSignerInfos().forEach(one -> signers.add(SignerInfo.getInstance(one)));
    }

    static byte[] changed(byte[] der, Consumer<Cms> change) {
        Cms cms = new Cms(der);
        change.accept(cms);
        return cms.der();
    }

    /** The signed attributes changed, and signed by the key. */
    void attributes(TestPki.Holder holder, Consumer<List<ASN1Encodable>> change) {
        SignerInfo before = signers.get(0);
        List<ASN1Encodable> list = new ArrayList<>();
        before.getAuthenticatedAttributes().forEach(list::add);
        change.accept(list);
        ASN1Set attributes = new DERSet(list.toArray(ASN1Encodable[]::new));
        signers.set(
                0,
                new SignerInfo(
                        before.getSID(),
                        before.getDigestAlgorithm(),
                        attributes,
                        before.getDigestEncryptionAlgorithm(),
                        new DEROctetString(sign(holder, attributes)),
                        (ASN1Set) null));
    }

    void algorithm(AlgorithmIdentifier other) {
        SignerInfo before = signers.get(0);
        signers.set(
                0,
                new SignerInfo(
                        before.getSID(),
                        before.getDigestAlgorithm(),
                        before.getAuthenticatedAttributes(),
                        other,
                        before.getEncryptedDigest(),
                        (ASN1Set) null));
    }

    /** Another value of the signature, with all else as it was. */
    void value(UnaryOperator<byte[]> change) {
        SignerInfo before = signers.get(0);
        signers.set(
                0,
                new SignerInfo(
                        before.getSID(),
                        before.getDigestAlgorithm(),
                        before.getAuthenticatedAttributes(),
                        before.getDigestEncryptionAlgorithm(),
                        new DEROctetString(
                                change.apply(before.getEncryptedDigest().getOctets())),
                        (ASN1Set) null));
    }

    /** The same in BER, of indefinite length. */
    static byte[] indefinite(byte[] der) {
        try {
            SignedData data =
                    SignedData.getInstance(ContentInfo.getInstance(der).getContent());
            return new BERSequence(new ASN1Encodable[] {
                        CMSObjectIdentifiers.signedData, new BERTaggedObject(0, data.toASN1Primitive())
                    })
                    .getEncoded("BER");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void addSigner(byte[] other) {
        Cms more = new Cms(other);
        signers.addAll(more.signers);
        ASN1EncodableVector all = new ASN1EncodableVector();
        certificates.forEach(all::add);
        more.certificates.forEach(all::add);
        certificates = new DERSet(all);
    }

    void withoutCertificates() {
        certificates = new DERSet();
    }

    private byte[] der() {
        try {
            SignedData changed = new SignedData(
                    data.getDigestAlgorithms(),
                    data.getEncapContentInfo(),
                    certificates,
                    null,
                    new DERSet(signers.toArray(SignerInfo[]::new)));
            return new ContentInfo(CMSObjectIdentifiers.signedData, changed).getEncoded("DER");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(TestPki.Holder holder, ASN1Set attributes) {
        try {
            Signature signature =
                    Signature.getInstance("SHA256withECDSA", Chance.current().provider());
            signature.initSign(holder.key());
            signature.update(attributes.getEncoded("DER"));
            return signature.sign();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
