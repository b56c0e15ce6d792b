package org.embassage.gateway.assembly;

import java.util.Optional;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.KeyTexts;

/** What peers know of this gateway must be what it uses. */
final class OwnCard {

    private OwnCard() {}

    /**
     * Compares the own card with the own keys.
     *
     * @throws Broken CONFIGURATION_INVALID if a key in use is not on the card: peers would refuse all we send
     */
    static void mustFit(Peer self, KeySource keys) {
        boolean fits = self.sealCertificates()
                        .contains(keys.current(KeyUse.SEAL).certificate())
                && self.tlsPins()
                        .contains(KeyTexts.spkiPin(keys.current(KeyUse.TLS).certificate()))
                && self.sshUserKeys()
                        .contains(KeyTexts.openSsh(
                                keys.current(KeyUse.SSH).certificate().getPublicKey()))
                && NoteVerifier.parse(self.ledgerKey())
                        .map(ledger -> KeyTexts.ledgerKey(
                                        ledger.name(),
                                        keys.current(KeyUse.LEDGER)
                                                .certificate()
                                                .getPublicKey())
                                .equals(self.ledgerKey()))
                        .orElse(false)
                && self.encryptionCertificates().stream()
                        .anyMatch(active -> keys.all(KeyUse.DECRYPT).stream()
                                .anyMatch(entry -> entry.certificate().equals(active.certificate())));
        // a gateway whose card names no witness key does not cosign, whatever keys it has
        boolean witnesses = self.witnessKey()
                .map(named -> keys.find(KeyUse.WITNESS)
                        .map(entry -> KeyTexts.witnessKey(
                                self.id() + "/witness", entry.certificate().getPublicKey()))
                        .equals(Optional.of(named)))
                .orElse(true);
        if (!fits || !witnesses) {
            throw new Broken(FaultCode.CONFIGURATION_INVALID);
        }
    }
}
