package org.embassage.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import org.embassage.evidence.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpochBeginningTest {

    private static final String OLD = "QVL-BG/receipts/1";
    private static final String NEW = "QVL-BG/receipts/2";
    private static final Instant LOST = Instant.parse("2031-06-01T12:00:00Z");
    private static final Instant STOOD = Instant.parse("2031-06-01T13:00:00Z");

    private NoteSigner signer;
    private String held;
    private EpochBeginning epoch;

    @BeforeEach
    void begin() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = new NoteSigner(OLD, pair.getPrivate(), pair.getPublic());
        held = signer.sign(new Checkpoint(OLD, 300, Digest.sha256(new byte[] {1})).text());
        epoch = EpochBeginning.of(signer.under(NEW), OLD, LOST, STOOD, List.of(held));
    }

    @Test
    void itIsReadAsItWasWrittenAndSignedByTheLedgersKeyUnderAnyOfItsNames() {
        EpochBeginning read = EpochBeginning.parse(epoch.text()).orElseThrow();

        assertThat(read).isEqualTo(epoch);
        assertThat(read.isSignedBy(signer.verifier())).isTrue();
        assertThat(read.isSignedBy(signer.verifier().under(NEW))).isTrue();
        assertThat(read.binds(Checkpoint.unverified(held).orElseThrow())).isTrue();
        assertThat(read.leaf().text()).startsWith("embassage-leaf/v1\nepoch\n" + NEW + "\n");
    }

    @Test
    void whateverIsChangedInItIsNotSigned() {
        List<String> changed = List.of(
                epoch.text().replace("12:00:00Z", "12:30:00Z"),
                epoch.text().replace("13:00:00Z", "13:30:00Z"),
                epoch.text().replace("follows " + OLD, "follows QVL-BG/receipts/0"));

        assertThat(changed)
                .allSatisfy(text -> assertThat(EpochBeginning.parse(text)
                                .map(read -> read.isSignedBy(signer.verifier()))
                                .orElse(false))
                        .isFalse());
        assertThat(EpochBeginning.parse(epoch.text() + "\n")).isEmpty();
        assertThat(EpochBeginning.parse(epoch.text().replace("held 5", "held 4")))
                .isEmpty();
    }

    @Test
    void aNoteOfAnotherKeyIsBoundByNobody() throws GeneralSecurityException {
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        String foreign = new NoteSigner(OLD, other.getPrivate(), other.getPublic())
                .sign(new Checkpoint(OLD, 400, Digest.sha256(new byte[] {2})).text());
        EpochBeginning forged = EpochBeginning.of(signer.under(NEW), OLD, LOST, STOOD, List.of(foreign));

        assertThat(forged.isSignedBy(signer.verifier())).isFalse();
        assertThat(epoch.binds(Checkpoint.unverified(foreign).orElseThrow())).isFalse();
        assertThat(epoch.isSignedBy(NoteVerifier.of(OLD, other.getPublic()))).isFalse();
    }

    @Test
    void itFollowsAnEarlierEpochOfTheSameGateway() {
        EpochBeginning backwards = EpochBeginning.of(signer.under(OLD), NEW, LOST, STOOD, List.of());
        EpochBeginning another = EpochBeginning.of(signer.under("QOS-POL/receipts/2"), OLD, LOST, STOOD, List.of(held));

        assertThat(backwards.isSignedBy(signer.verifier())).isFalse();
        assertThat(another.isSignedBy(signer.verifier())).isFalse();
        assertThat(EpochBeginning.after(OLD)).isEqualTo(NEW);
        assertThat(EpochBeginning.numberOf("QVL-BG/receipts/x")).isEmpty();
        assertThatThrownBy(() -> EpochBeginning.after("QVL-BG/receipts/x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
