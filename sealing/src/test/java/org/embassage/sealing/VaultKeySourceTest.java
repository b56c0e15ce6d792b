package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.GatewayKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeySourceTest implements KeySourceContract {

    private static final Duration REFRESH = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private VaultApiDouble vault;
    private final SetClock clock = new SetClock();

    @BeforeEach
    void start() throws IOException {
        vault = new VaultApiDouble();
        Files.writeString(folder.resolve("token"), VaultApiDouble.TOKEN + "\n");
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Override
    public EpochKeeper holding(GatewayKeys keys) {
        vault.put(keys.pkcs12(), keys.password());
        return source();
    }

    @Override
    public KeySource unreachable() {
        vault.close();
        return source();
    }

    @Override
    public KeySource damaged() {
        vault.put("SYNTHETIC".getBytes(StandardCharsets.US_ASCII), "SYNTHETIC");
        return source();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 429, 500, 503})
    void whateverVaultAnswersInsteadOfTheSecretTheKeysAreUnavailable(int status) {
        KeySource source = holding(KeySourceContract.keys());
        vault.refuseWith(status);

        KeySourceContract.assertNothingAvailable(source);
    }

    @Test
    void anAnswerThatIsNotJsonMakesTheKeysUnavailable() {
        vault.putGarbage();

        KeySourceContract.assertNothingAvailable(source());
    }

    @Test
    void withAWrongTokenTheKeysAreUnavailable() throws IOException {
        KeySource source = holding(KeySourceContract.keys());
        Files.writeString(folder.resolve("token"), "s.wrong");

        KeySourceContract.assertNothingAvailable(source);
    }

    @Test
    void withoutATokenFileTheKeysAreUnavailable() throws IOException {
        KeySource source = holding(KeySourceContract.keys());
        Files.delete(folder.resolve("token"));

        KeySourceContract.assertNothingAvailable(source);
    }

    @Test
    void aRolloverInVaultTakesEffectWhenTheSecretIsDue() {
        GatewayKeys first = KeySourceContract.keys();
        KeySource source = holding(first);
        assertThat(source.current(KeyUse.SEAL).certificate()).isEqualTo(first.certificate(KeyUse.SEAL));
        GatewayKeys second = PKI.rollOver(first, KeyUse.SEAL);
        vault.put(second.pkcs12(), second.password());

        clock.advance(REFRESH.minusSeconds(1));
        assertThat(source.current(KeyUse.SEAL).certificate()).isEqualTo(first.certificate(KeyUse.SEAL));
        assertThat(vault.reads()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(1));

        assertThat(source.current(KeyUse.SEAL).certificate()).isEqualTo(second.certificate(KeyUse.SEAL));
        assertThat(source.all(KeyUse.SEAL)).hasSize(2);
    }

    @Test
    void whenVaultIsSealedTheKeysAreGoneWhenDueAndBackWhenItIsUnsealed() {
        KeySource source = holding(KeySourceContract.keys());
        assertThat(source.current(KeyUse.SEAL)).isNotNull();
        vault.refuseWith(503);
        clock.advance(REFRESH);
        KeySourceContract.assertNothingAvailable(source);
        int readsWhileSealed = vault.reads();
        KeySourceContract.assertNothingAvailable(source);
        assertThat(vault.reads()).isEqualTo(readsWhileSealed);

        vault.refuseWith(0);
        clock.advance(Duration.ofSeconds(2));

        assertThat(source.current(KeyUse.SEAL)).isNotNull();
    }

    @Test
    void aChangeThatSomebodyElseMadeMeanwhileIsNotLost() {
        GatewayKeys keys = KeySourceContract.keys();
        EpochKeeper source = holding(keys);
        vault.betweenReadAndWrite(() -> vault.put(keys.pkcs12(), keys.password()));

        KeySourceContract.assertBroken(FaultCode.KEYS_NOT_WRITABLE, () -> source.beginEpoch("20261225"));

        assertThat(source.beginEpoch("20261225").name()).isEqualTo("20261225");
    }

    @Override
    public EpochKeeper again() {
        return source();
    }

    @Override
    public void writeProtect() {
        vault.refuseWritesWith(403);
    }

    @Override
    public List<byte[]> everythingKept() {
        return vault.kept().stream()
                .map(json -> json.replaceAll(".*\"pkcs12\":\"([^\"]*)\".*", "$1"))
                .map(Base64.getDecoder()::decode)
                .toList();
    }

    private EpochKeeper source() {
        return new VaultKeySource(
                new VaultKeySource.Location(
                        vault.address(), VaultApiDouble.PATH, this::token, Optional.empty(), REFRESH),
                clock);
    }

    private String token() {
        try {
            return Files.readString(folder.resolve("token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-11-25T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
