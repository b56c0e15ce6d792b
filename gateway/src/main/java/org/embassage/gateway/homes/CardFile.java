package org.embassage.gateway.homes;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.embassage.exchange.port.KeyUse;
import org.embassage.schemas.SharedSchema;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.development.GatewayKeys;

/** Writes a peer card for development keys. */
final class CardFile {

    private static final int DAYS = 700;
    /** The first epoch of the ledger. */
    private static final String EPOCH = "1";

    private CardFile() {}

    static byte[] write(HomePlan plan, GatewayKeys keys, Instant now) {
        Instant issued = now.truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
        String ssh = KeyTexts.openSsh(keys.certificate(KeyUse.SSH).getPublicKey());
        String card = """
                <?xml version="1.0" encoding="UTF-8"?>
                <PeerCard xmlns="%s" number="1" gateway="%s" country="%s" issued="%s" validUntil="%s">
                  <Agency>SYNTHETIC: %s</Agency>
                  <SealCertificate from="%s">%s</SealCertificate>
                  <EncryptionCertificate from="%s">%s</EncryptionCertificate>
                  <TlsKey>%s</TlsKey>
                  <SshHostKey>%s</SshHostKey>
                  <SshUserKey>%s</SshUserKey>
                  <LedgerKey>%s</LedgerKey>
                  <WitnessKey>%s</WitnessKey>
                  <Jms host="127.0.0.1" port="%d"/>
                  <Sftp host="127.0.0.1" port="%d"/>
                  <SchemaVersion>%s</SchemaVersion>
                </PeerCard>
                """.formatted(
                        SharedSchema.PEER_CARD_NAMESPACE,
                        plan.gateway(),
                        plan.gateway().country(),
                        issued,
                        issued.plus(DAYS, ChronoUnit.DAYS),
                        plan.gateway(),
                        issued,
                        der(keys.certificate(KeyUse.SEAL)),
                        issued,
                        der(keys.certificate(KeyUse.DECRYPT)),
                        KeyTexts.spkiPin(keys.certificate(KeyUse.TLS)).hex(),
                        ssh,
                        ssh,
                        KeyTexts.ledgerKey(
                                plan.gateway() + "/receipts/" + EPOCH,
                                keys.certificate(KeyUse.LEDGER).getPublicKey()),
                        KeyTexts.witnessKey(
                                plan.gateway() + "/witness",
                                keys.certificate(KeyUse.WITNESS).getPublicKey()),
                        plan.jms(),
                        plan.sftp(),
                        SharedSchema.VERSION);
        return card.getBytes(StandardCharsets.UTF_8);
    }

    private static String der(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate without an encoding", e);
        }
    }
}
