package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.exchange.agreement.AgreementReader;
import org.embassage.exchange.peer.PeerCardReader;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.trust.Trust;
import org.embassage.sealing.development.DevelopmentPki;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Terms and keys count only with the right signatures: every nearest miss is unusable. */
class TermsAndCardsTest {

    @TempDir
    Path folder;

    private Federation federation;
    private DevelopmentPki velmark;
    private DevelopmentPki ostrana;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        velmark = federation.countries.get("QVL");
        ostrana = federation.countries.get("QOS");
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private List<String> agreementProblems(byte[] file, Map<String, byte[]> signatures) {
        return new AgreementReader(federation.trust)
                .read(file, signatures, federation.clock.instant())
                .fold(signed -> List.of(), unusable -> unusable.problems());
    }

    private byte[] agreement() {
        return federation.agreementText().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] byGatewayKey(byte[] file) {
        KeyEntry seal = federation.gateway(BORDER_GUARD).keys.current(KeyUse.SEAL);
        return new CadesSigner(seal.key(), seal.certificate(), Optional.empty(), federation.clock)
                .signDetached(file, Commitment.NONE);
    }

    @Test
    void anAgreementCountsWithTheSignaturesOfAllPartiesOverItsBytes() {
        byte[] file = agreement();

        assertThat(agreementProblems(
                        file, Map.of("QVL", velmark.signDetached(file), "QOS", ostrana.signDetached(file))))
                .isEmpty();
    }

    @Test
    void anAgreementThatOnePartyDidNotSignIsUnusable() {
        byte[] file = agreement();

        assertThat(agreementProblems(file, Map.of("QVL", velmark.signDetached(file))))
                .containsExactly("the signature of party QOS is missing");
    }

    @Test
    void aSignatureOverOtherBytesOrByAnotherCountryOrByAGatewayIsNone() {
        byte[] file = agreement();
        byte[] good = ostrana.signDetached(file);
        byte[] other = federation.agreementText().replace("1461", "1462").getBytes(StandardCharsets.UTF_8);

        assertThat(agreementProblems(other, Map.of("QVL", velmark.signDetached(other), "QOS", good)))
                .hasSize(1);
        assertThat(agreementProblems(file, Map.of("QVL", good, "QOS", good))).hasSize(1);
        assertThat(agreementProblems(file, Map.of("QVL", byGatewayKey(file), "QOS", good)))
                .hasSize(1);
    }

    @Test
    void aPartyKeyUnderAnotherAuthorityThanTheAgreementNamesIsNone() {
        DevelopmentPki second = new DevelopmentPki("QVL", federation.clock, new SecureRandom());
        Trust both = new Trust(
                Map.of(
                        "QVL", List.of(velmark.authority(), second.authority()),
                        "QOS", List.of(ostrana.authority())),
                List.of(velmark.crl(), second.crl(), ostrana.crl()));
        byte[] file = agreement();
        List<String> problems = new AgreementReader(both)
                .read(
                        file,
                        Map.of("QVL", second.signDetached(file), "QOS", ostrana.signDetached(file)),
                        federation.clock.instant())
                .fold(signed -> List.of(), unusable -> unusable.problems());

        assertThat(problems).hasSize(1);
    }

    @Test
    void anAgreementWhosePathsMeanNothingIsUnusable() {
        byte[] file = federation
                .agreementText()
                .replace("Vehicle/EngineNumberID", "Vehicle/Nothing")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(agreementProblems(
                        file, Map.of("QVL", velmark.signDetached(file), "QOS", ostrana.signDetached(file))))
                .hasSize(1)
                .allMatch(problem -> problem.startsWith("AG-4"));
    }

    private List<String> cardProblems(String text, DevelopmentPki signer) {
        byte[] card = text.getBytes(StandardCharsets.UTF_8);
        return new PeerCardReader(federation.trust)
                .read(card, signer.signDetached(card), federation.clock.instant())
                .fold(known -> List.of(), unusable -> unusable.problems());
    }

    private String card() {
        return Federation.cardText(POLICE, federation.keys.get(POLICE), 2);
    }

    @Test
    void aCardCountsOnlyUnderItsOwnCountrysPartyKey() {
        assertThat(cardProblems(card(), ostrana)).isEmpty();
        assertThat(cardProblems(card(), velmark)).hasSize(1);
        byte[] octets = card().getBytes(StandardCharsets.UTF_8);
        assertThat(new PeerCardReader(federation.trust).read(octets, byGatewayKey(octets), federation.clock.instant()))
                .isInstanceOf(PeerCardReader.Outcome.Unusable.class);
    }

    @Test
    void aCardThatEndedOrIsNotYetIssuedIsUnusable() {
        assertThat(cardProblems(card().replace("validUntil=\"2032-01-01", "validUntil=\"2031-06-01"), ostrana))
                .isNotEmpty();
        assertThat(cardProblems(card().replace("issued=\"2031-06-01", "issued=\"2031-07-01"), ostrana))
                .isNotEmpty();
    }

    @Test
    void aCardWithAnotherGatewaysKeysIsUnusable() {
        String mixed = Federation.cardText(POLICE, federation.keys.get(BORDER_POLICE), 2);

        assertThat(cardProblems(mixed, ostrana)).hasSize(2);
    }

    @Test
    void aCardWhoseLedgerKeyIsNamedForAnotherGatewayIsUnusable() {
        String other = Federation.cardText(BORDER_POLICE, federation.keys.get(POLICE), 2);
        String vkey = other.substring(other.indexOf("<LedgerKey>"), other.indexOf("</LedgerKey>"));
        String mine = card().substring(card().indexOf("<LedgerKey>"), card().indexOf("</LedgerKey>"));

        assertThat(cardProblems(card().replace(mine, vkey), ostrana)).hasSize(1);
    }

    @Test
    void theRevokedKeyOfAGatewayMakesItsCardUnusable() {
        Trust revoked = new Trust(
                Map.of("QVL", List.of(velmark.authority()), "QOS", List.of(ostrana.authority())),
                List.of(velmark.crl(), ostrana.crl(federation.keys.get(POLICE).certificate(KeyUse.SEAL))));
        byte[] octets = card().getBytes(StandardCharsets.UTF_8);

        assertThat(new PeerCardReader(revoked).read(octets, ostrana.signDetached(octets), federation.clock.instant()))
                .isInstanceOf(PeerCardReader.Outcome.Unusable.class);
    }
}
