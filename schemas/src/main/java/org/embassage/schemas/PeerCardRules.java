package org.embassage.schemas;

import java.util.List;
import java.util.stream.Stream;
import org.embassage.schemas.peercard.PeerCardType;
import org.embassage.schemas.xml.Violation;

/**
 * PC-1: the gateway is of the country. PC-2: the card ends after it was issued. PC-3: the gateway can be reached by one
 * transport at least. PC-4: at least one seal and one encryption certificate are in use from the card's issue on.
 */
final class PeerCardRules {

    private PeerCardRules() {}

    static List<Violation> broken(PeerCardType card) {
        Findings findings = new Findings();
        findings.add(!card.getGateway().startsWith(card.getCountry() + "-"), "PC-1", "/PeerCard");
        findings.add(!card.getIssued().isBefore(card.getValidUntil()), "PC-2", "/PeerCard");
        findings.add(card.getJms() == null && card.getSftp() == null, "PC-3", "/PeerCard");
        boolean usable = Stream.of(card.getSealCertificate(), card.getEncryptionCertificate())
                .allMatch(certificates -> certificates.stream()
                        .anyMatch(certificate -> !certificate.getFrom().isAfter(card.getIssued())));
        findings.add(!usable, "PC-4", "/PeerCard");
        return findings.all();
    }
}
