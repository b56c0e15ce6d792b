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
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeySource.EpochKey;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.DevelopmentPki;
import org.embassage.sealing.development.GatewayKeys;
import org.junit.jupiter.api.Test;

/** What every key source does, wherever its keys live. */
interface KeySourceContract {

    DevelopmentPki PKI = new DevelopmentPki("QVL", Clock.systemUTC(), new SecureRandom());

    /** A source that holds these keys. */
    EpochKeeper holding(GatewayKeys keys) throws Exception;

    /** Another source at the same place, as another process has one. */
    EpochKeeper again();

    /** From now on the place can be read and not written. */
    void writeProtect() throws Exception;

    /** Every octet sequence that lies at the place now. */
    List<byte[]> everythingKept() throws Exception;

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

    @Test
    default void aNewEpochIsCurrentAtOnceAndForEverybody() throws Exception {
        EpochKeeper source = holding(keys());
        EpochKey old = source.currentEpoch();

        EpochKey fresh = source.beginEpoch("20261225");

        assertThat(fresh.key().getEncoded()).hasSize(32).isNotEqualTo(old.key().getEncoded());
        for (EpochKeeper any : List.of(source, again())) {
            assertThat(any.epochs()).containsExactly("20261125", "20261225");
            assertThat(any.currentEpoch().name()).isEqualTo("20261225");
            assertThat(any.currentEpoch().key()).isEqualTo(fresh.key());
            assertThat(any.epoch("20261125").key()).isEqualTo(old.key());
        }
    }

    @Test
    default void anotherProcessFindsTheNewEpochWithoutARestart() throws Exception {
        EpochKeeper source = holding(keys());
        EpochKeeper other = again();
        other.currentEpoch();

        EpochKey fresh = source.beginEpoch("20261225");

        assertThat(other.epoch("20261225").key()).isEqualTo(fresh.key());
    }

    @Test
    default void beginningAnEpochAgainChangesNothing() throws Exception {
        EpochKeeper source = holding(keys());
        EpochKey fresh = source.beginEpoch("20261225");

        assertThat(source.beginEpoch("20261225").key()).isEqualTo(fresh.key());
        assertThat(again().beginEpoch("20261225").key()).isEqualTo(fresh.key());
    }

    @Test
    default void anEpochThatWouldNotBeCurrentIsNotBegun() throws Exception {
        EpochKeeper source = holding(keys());

        assertThatThrownBy(() -> source.beginEpoch("20261124")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> source.beginEpoch("2026/12")).isInstanceOf(IllegalArgumentException.class);
        assertThat(source.epochs()).containsExactly("20261125");
    }

    @Test
    default void aDestroyedEpochIsNowhereAndEverythingElseIsThere() throws Exception {
        GatewayKeys keys = keys();
        EpochKeeper source = holding(keys);
        source.beginEpoch("20261225");

        source.destroyEpoch("20261125");

        for (EpochKeeper any : List.of(source, again())) {
            assertThat(any.epochs()).containsExactly("20261225");
            assertUnavailable(() -> any.epoch("20261125"));
            for (KeyUse use : KeyUse.values()) {
                assertThat(any.current(use).certificate()).isEqualTo(keys.certificate(use));
            }
            assertThat(any.intakeSecret()).isNotNull();
        }
        for (byte[] kept : everythingKept()) {
            assertThat(epochsIn(kept, keys.password())).doesNotContain("20261125");
        }
    }

    @Test
    default void destroyingAgainIsNoMistake() throws Exception {
        EpochKeeper source = holding(keys());
        source.beginEpoch("20261225");
        source.destroyEpoch("20261125");

        source.destroyEpoch("20261125");
        again().destroyEpoch("20261125");

        assertThat(source.epochs()).containsExactly("20261225");
    }

    @Test
    default void theCurrentEpochIsNeverDestroyed() throws Exception {
        EpochKeeper source = holding(keys());

        assertThatThrownBy(() -> source.destroyEpoch("20261125")).isInstanceOf(IllegalArgumentException.class);
        assertThat(source.currentEpoch().name()).isEqualTo("20261125");
    }

    @Test
    default void whereThePlaceCannotBeWrittenNothingIsBegunOrDestroyed() throws Exception {
        EpochKeeper source = holding(keys());
        source.beginEpoch("20261225");
        writeProtect();

        assertBroken(FaultCode.KEYS_NOT_WRITABLE, () -> source.beginEpoch("20270125"));
        assertBroken(FaultCode.KEYS_NOT_WRITABLE, () -> source.destroyEpoch("20261125"));
        assertThat(source.epochs()).containsExactly("20261125", "20261225");
    }

    /** The names of the epochs in a PKCS#12; none if it is none, or not under this password. */
    static List<String> epochsIn(byte[] pkcs12, String password) {
        try {
            return KeyRing.read(pkcs12, password.toCharArray()).epochs();
        } catch (Broken unreadable) {
            return List.of();
        }
    }

    static void assertNothingAvailable(KeySource source) {
        assertUnavailable(() -> source.current(KeyUse.SEAL));
        assertUnavailable(() -> source.all(KeyUse.DECRYPT));
        assertUnavailable(source::intakeSecret);
        assertUnavailable(source::currentEpoch);
        assertUnavailable(() -> source.epoch("20261125"));
    }

    static void assertUnavailable(ThrowingCallable call) {
        assertBroken(FaultCode.KEY_UNAVAILABLE, call);
    }

    static void assertBroken(FaultCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(code));
    }
}
