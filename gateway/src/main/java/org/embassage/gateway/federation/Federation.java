package org.embassage.gateway.federation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.Digest;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.peer.CardDirectory;
import org.embassage.exchange.trust.Trust;

/**
 * Authorities, peers and agreements that were read and verified.
 *
 * @param cards the files of the cards that count, by the cards' digests; beside each lies its signature
 * @param agreementFiles the files of the agreements that count
 * @param warnings what was left out and why; the gateway works without it
 */
public record Federation(
        Trust trust,
        CardDirectory peers,
        AgreementBook agreements,
        Map<Digest, Path> cards,
        Map<AgreementRef, Path> agreementFiles,
        List<String> warnings) {

    public Federation {
        cards = Map.copyOf(cards);
        agreementFiles = Map.copyOf(agreementFiles);
        warnings = List.copyOf(warnings);
    }
}
