package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.GatewayKeys;
import org.junit.jupiter.api.Test;

class KeySourceEvidenceSignerTest {

    private static final TwoGateways TWO = new TwoGateways();

    private final KeySourceEvidenceSigner signer =
            new KeySourceEvidenceSigner(TwoGateways.ring(TWO.sender), TwoGateways.CLOCK);

    @Test
    void evidenceIsSignedInOrderByTheCurrentSealKey() {
        Digest seal = ParsedCertificates.digest(TWO.sender.certificate(KeyUse.SEAL));

        List<Receipt> receipts = signer.sign(List.of(evidence(1, signer.certificate()), evidence(2, seal)));

        assertThat(signer.certificate()).isEqualTo(seal);
        assertThat(receipts)
                .extracting(receipt -> receipt.evidence().id().toString().substring(35))
                .containsExactly("1", "2");
    }

    @Test
    void evidenceMadeJustBeforeARolloverIsSignedByTheKeyThatItNames() {
        GatewayKeys both = TWO.velmark.rollOver(TWO.sender, KeyUse.SEAL);
        KeySourceEvidenceSigner after = new KeySourceEvidenceSigner(TwoGateways.ring(both), TwoGateways.CLOCK);

        assertThat(after.certificate()).isNotEqualTo(signer.certificate());
        assertThat(after.sign(List.of(evidence(1, signer.certificate()), evidence(2, after.certificate()))))
                .hasSize(2);
    }

    @Test
    void evidenceThatNamesAKeyWeDoNotHoldIsNotSigned() {
        KeySourceContract.assertUnavailable(() -> signer.sign(List.of(evidence(1, Digest.sha256(new byte[] {1})))));
    }

    @Test
    void evidenceThatLacksAFieldOfItsEventIsNotSigned() {
        Evidence complete = evidence(1, signer.certificate());
        Evidence withoutReason = new Evidence(
                complete.id(),
                complete.event(),
                complete.time(),
                complete.issuer(),
                complete.issuerCertificate(),
                complete.sender(),
                complete.recipient(),
                complete.subject(),
                complete.terms(),
                complete.digests(),
                List.of(),
                complete.basis(),
                complete.previous(),
                complete.checkpoints());

        assertThatThrownBy(() -> signer.sign(List.of(withoutReason))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Evidence evidence(int number, Digest certificate) {
        GatewayId gateway = new GatewayId("QVL-BG");
        return new Evidence(
                EvidenceId.parse("01931f6e-0000-7000-8000-00000000000" + number),
                EvidenceEvent.SUBMISSION_REJECTION,
                Instant.parse("2026-11-25T08:00:00Z"),
                gateway,
                certificate,
                gateway,
                Optional.empty(),
                new Evidence.Subject.OfSubmission(new Evidence.SubmissionRef(
                        DropId.parse("01931f6e-0000-7000-8000-0000000000d0"), Optional.of(3))),
                Optional.empty(),
                Optional.empty(),
                List.of(Evidence.Reason.of("RECORD_MALFORMED")),
                Optional.empty(),
                Optional.empty(),
                new Evidence.Checkpoints("SYNTHETIC\n", Optional.empty()));
    }
}
