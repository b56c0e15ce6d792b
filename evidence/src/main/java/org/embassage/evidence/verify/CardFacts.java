package org.embassage.evidence.verify;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;

/**
 * What the verifier needs of a peer card.
 *
 * @param gateway whose card
 * @param number of the card
 * @param country that signs it
 * @param sealCertificates with which the gateway signs receipts, old ones included
 * @param ledgerKey of its checkpoints
 * @param witnessKey of its cosignatures, where it cosigns
 */
record CardFacts(
        GatewayId gateway,
        long number,
        String country,
        List<X509Certificate> sealCertificates,
        NoteVerifier ledgerKey,
        Optional<CosignatureVerifier> witnessKey) {

    private static final String NAMESPACE = "urn:embassage:peer-card:1";

    /** @return nothing if it is no card */
    static Optional<CardFacts> read(byte[] xml) {
        return XmlFacts.read(xml, NAMESPACE).flatMap(CardFacts::read);
    }

    private static Optional<CardFacts> read(List<XmlFacts.Element> elements) {
        try {
            XmlFacts.Element root = elements.get(0);
            List<X509Certificate> seals = new ArrayList<>();
            Optional<NoteVerifier> ledgerKey = Optional.empty();
            Optional<String> witnessKey = Optional.empty();
            for (XmlFacts.Element element : elements) {
                if (element.name.equals("SealCertificate")) {
                    byte[] der = Base64.getMimeDecoder().decode(element.text.toString());
                    seals.add(ParsedCertificates.parse(der).orElseThrow());
                } else if (element.name.equals("LedgerKey")) {
                    ledgerKey = NoteVerifier.parse(element.text.toString().strip());
                } else if (element.name.equals("WitnessKey")) {
                    witnessKey = Optional.of(element.text.toString().strip());
                }
            }
            GatewayId gateway = new GatewayId(root.attribute("gateway"));
            String country = root.attribute("country");
            Optional<CosignatureVerifier> witness = witnessKey
                    .flatMap(CosignatureVerifier::parse)
                    .filter(key -> key.name().equals(gateway + "/witness"));
            boolean sound = root.name.equals("PeerCard")
                    && gateway.country().equals(country)
                    && ledgerKey
                            .map(key -> key.name().startsWith(gateway + "/receipts/"))
                            .orElse(false)
                    && witnessKey.isPresent() == witness.isPresent();
            return sound
                    ? Optional.of(new CardFacts(
                            gateway,
                            Long.parseLong(root.attribute("number")),
                            country,
                            seals,
                            ledgerKey.orElseThrow(),
                            witness))
                    : Optional.empty();
        } catch (RuntimeException incomplete) {
            return Optional.empty();
        }
    }
}
