package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.DevelopmentPki;
import org.embassage.sealing.development.GatewayKeys;
import org.junit.jupiter.api.Test;

/** What every key source does, wherever its keys live. */
interface KeySourceContract {

    DevelopmentPki PKI = new DevelopmentPki("QVL", Clock.systemUTC(), new SecureRandom());

    /** A source that holds these keys. */
    KeySource holding(GatewayKeys keys) throws Exception;

    /** A source whose keys cannot be had at the moment. */
    KeySource unreachable() throws Exception;

    /** A source whose place answers, but with something that is no key store. */
    KeySource damaged() throws Exception;

    static GatewayKeys keys() {
        return PKI.gateway(new GatewayId("QVL-BG"), "20261125");
    }

    @Test
    default void theKeyOfEachUseIsThereWithItsCertificateFirst() throws Exception {
        GatewayKeys keys = keys();
        KeySource source = holding(keys);

        for (KeyUse use : KeyUse.values()) {
            assertThat(source.current(use).certificate()).isEqualTo(keys.certificate(use));
            assertThat(source.current(use).chain()).hasSize(1);
        }
    }

    @Test
    default void aKeyBelongsToItsCertificate() throws Exception {
        KeyEntry entry = holding(keys()).current(KeyUse.SEAL);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(entry.key());
        signature.update((byte) 1);
        byte[] value = signature.sign();

        signature.initVerify(entry.certificate());
        signature.update((byte) 1);

        assertThat(signature.verify(value)).isTrue();
    }

    @Test
    default void afterARolloverTheNewestKeyIsFirst() throws Exception {
        GatewayKeys first = keys();
        GatewayKeys second = PKI.rollOver(first, KeyUse.DECRYPT);

        List<KeyEntry> entries = holding(second).all(KeyUse.DECRYPT);

        assertThat(entries)
                .extracting(KeyEntry::certificate)
                .containsExactly(second.certificate(KeyUse.DECRYPT), first.certificate(KeyUse.DECRYPT));
    }

    @Test
    default void theSameListIsHandedOutAgain() throws Exception {
        KeySource source = holding(keys());

        assertThat(source.all(KeyUse.SEAL)).isSameAs(source.all(KeyUse.SEAL));
    }

    @Test
    default void theSecretsHave256Bits() throws Exception {
        KeySource source = holding(keys());

        assertThat(source.intakeSecret().getEncoded()).hasSize(32);
        assertThat(source.intakeSecret().getAlgorithm()).isEqualTo("HmacSHA256");
        assertThat(source.currentEpoch().key().getEncoded()).hasSize(32);
        assertThat(source.currentEpoch().key().getAlgorithm()).isEqualTo("AES");
    }

    @Test
    default void anEpochIsFoundByItsNameAndADestroyedOneIsNot() throws Exception {
        KeySource source = holding(keys());

        assertThat(source.epoch("20261125").key().getEncoded())
                .isEqualTo(source.currentEpoch().key().getEncoded());
        assertUnavailable(() -> source.epoch("20250101"));
    }

    @Test
    default void withoutAccessEveryKeyIsUnavailable() throws Exception {
        assertNothingAvailable(unreachable());
    }

    @Test
    default void fromADamagedStoreEveryKeyIsUnavailable() throws Exception {
        assertNothingAvailable(damaged());
    }

    @Test
    default void noKeyIsEverPrinted() throws Exception {
        KeySource source = holding(keys());

        assertThat(source.current(KeyUse.SEAL).toString()).isEqualTo("[secret]");
        assertThat(source.currentEpoch().toString()).isEqualTo("epoch 20261125");
    }

    static void assertNothingAvailable(KeySource source) {
        assertUnavailable(() -> source.current(KeyUse.SEAL));
        assertUnavailable(() -> source.all(KeyUse.DECRYPT));
        assertUnavailable(source::intakeSecret);
        assertUnavailable(source::currentEpoch);
        assertUnavailable(() -> source.epoch("20261125"));
    }

    static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.KEY_UNAVAILABLE));
    }
}
