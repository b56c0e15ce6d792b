package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.exchange.document.Composed;
import org.embassage.exchange.document.SealedMessage;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Sealer.ToSeal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealerPortTest {

    private static final TwoGateways TWO = new TwoGateways();

    @Test
    void messagesAreSealedInOrderEachUnderItsExchange() {
        List<ToSeal> messages = List.of(toSeal(1), toSeal(2), toSeal(3));

        List<SealedMessage> sealed = TWO.sealer.seal(messages);

        assertThat(sealed).extracting(SealedMessage::exchange).containsExactly(exchange(1), exchange(2), exchange(3));
        for (int i = 0; i < 3; i++) {
            byte[] opened = SealAndOpenTest.opened(TWO.opener.open(sealed.get(i).octets()))
                    .content();
            assertThat(opened).isEqualTo(messages.get(i).message().message());
        }
    }

    @Test
    void aMessageWhoseHeaderNamesAnotherCertificateIsNotSealed() {
        ToSeal misdirected = new ToSeal(
                Composed.message(exchange(1), TwoGateways.CONTENT, Digest.sha256(new byte[] {2})),
                TWO.encryptionCertificate());

        assertThatThrownBy(() -> TWO.sealer.seal(List.of(misdirected))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutAKeyNothingIsSealedAndNothingOpened(@TempDir Path empty) {
        Pkcs12KeySource none = new Pkcs12KeySource(empty.resolve("gateway.p12"), empty.resolve("password"));
        CmsSealer sealer = new CmsSealer(none, TwoGateways.CLOCK, TwoGateways.RANDOM);
        CmsOpener opener = new CmsOpener(
                none,
                () -> TWO.judge(TWO.velmark.crl()),
                CmsOpener.Revocation.REQUIRED,
                TwoGateways.CLOCK,
                TwoGateways.RANDOM,
                CmsOpener.DEFAULT_MAX_OCTETS);
        byte[] good = TWO.seal(TwoGateways.CONTENT).octets();

        KeySourceContract.assertUnavailable(() -> sealer.seal(List.of(toSeal(1))));
        KeySourceContract.assertUnavailable(() -> opener.open(good));
    }

    @Test
    void whereTheSealKeyIsNoEcKeyItIsUnavailable() {
        CmsSealer sealer = new CmsSealer(
                new LedgerKeyForEverything(TwoGateways.ring(TWO.sender)), TwoGateways.CLOCK, TwoGateways.RANDOM);

        KeySourceContract.assertUnavailable(() -> sealer.seal(List.of(toSeal(1))));
    }

    private static ToSeal toSeal(int number) {
        byte[] content = ("SYNTHETIC " + number).getBytes(StandardCharsets.US_ASCII);
        Digest certificate = ParsedCertificates.digest(TWO.encryptionCertificate());
        return new ToSeal(Composed.message(exchange(number), content, certificate), TWO.encryptionCertificate());
    }

    private static ExchangeId exchange(int number) {
        return new ExchangeId(UUID.fromString("01890000-0000-7000-8000-00000000000" + number));
    }

    /** A key source that was filled by mistake. */
    private record LedgerKeyForEverything(org.embassage.exchange.port.KeySource source)
            implements org.embassage.exchange.port.KeySource {

        @Override
        public KeyEntry current(KeyUse use) {
            return source.current(KeyUse.LEDGER);
        }

        @Override
        public List<KeyEntry> all(KeyUse use) {
            return source.all(KeyUse.LEDGER);
        }

        @Override
        public javax.crypto.SecretKey intakeSecret() {
            return source.intakeSecret();
        }

        @Override
        public EpochKey currentEpoch() {
            return source.currentEpoch();
        }

        @Override
        public EpochKey epoch(String name) {
            return source.epoch(name);
        }
    }
}
