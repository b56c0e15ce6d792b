package org.embassage.evidence.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.receipt.ReceiptReader.Problem;
import org.embassage.evidence.receipt.ReceiptReader.Reading;
import org.embassage.evidence.zip.StrictZip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiptTest {

    private static final TestPki.Holder SEAL = new TestPki("Test CA").seal("seal");
    private static final Digest CERTIFICATE = ParsedCertificates.digest(SEAL.certificate());

    @ParameterizedTest
    @EnumSource
    void aReceiptSaysWhatWasSignedWhenItIsReadBack(EvidenceEvent event) {
        Evidence evidence = SampleEvidence.of(event, CERTIFICATE);

        Reading reading = ReceiptReader.read(receipt(event).container());

        assertThat(reading).isInstanceOfSatisfying(Reading.Read.class, read -> {
            assertThat(read.receipt().evidence()).isEqualTo(evidence);
            assertThat(read.signer()).isEqualTo(SEAL.certificate());
        });
    }

    @Test
    void anEditedEvidenceIsNamedAsTheEntryThatChanged() {
        byte[] edited = edit(entries -> entries.computeIfPresent(
                Entries.EVIDENCE, (name, xml) -> text(xml).replace("R1", "R2").getBytes(StandardCharsets.UTF_8)));

        assertThat(ReceiptReader.read(edited))
                .isEqualTo(new Reading.Unreadable(Problem.ENTRY_CHANGED, Entries.EVIDENCE));
    }

    @Test
    void anEditedManifestBreaksTheSignature() {
        byte[] edited = edit(entries -> entries.computeIfPresent(
                Entries.MANIFEST,
                (name, xml) -> text(xml).replace("text/plain", "text/html ").getBytes(StandardCharsets.UTF_8)));

        assertThat(ReceiptReader.read(edited)).isEqualTo(new Reading.Unreadable(Problem.SIGNATURE, Entries.MANIFEST));
    }

    @Test
    void anEntryThatNobodySignedIsRefusedButALaterProofIsNot() {
        byte[] extra = edit(entries -> entries.put("remark.txt", new byte[1]));
        byte[] proven =
                ReceiptReader.withProof(receipt(EvidenceEvent.RELAY_ACCEPTANCE).container(), "proof");

        assertThat(ReceiptReader.read(extra)).isEqualTo(new Reading.Unreadable(Problem.ENTRY_EXTRA, "remark.txt"));
        assertThat(ReceiptReader.read(proven)).isInstanceOfSatisfying(Reading.Read.class, read -> {
            assertThat(read.receipt()).isEqualTo(receiptReadFrom(proven));
            assertThat(read.proof()).contains("proof");
        });
    }

    @Test
    void aRemovedEntryIsNamed() {
        byte[] edited = edit(entries -> entries.remove(Entries.OWN_CHECKPOINT));

        assertThat(ReceiptReader.read(edited))
                .isEqualTo(new Reading.Unreadable(Problem.ENTRY_MISSING, Entries.OWN_CHECKPOINT));
    }

    @Test
    void evidenceSignedByAnotherCertificateThanItNamesIsRefused() {
        TestPki.Holder other = new TestPki("Other CA").seal("other");
        byte[] edited = edit(entries -> entries.put(
                Entries.SIGNATURE,
                other.signer().signDetached(entries.get(Entries.MANIFEST), Commitment.PROOF_OF_RECEIPT)));

        assertThat(ReceiptReader.read(edited))
                .isEqualTo(new Reading.Unreadable(Problem.SIGNER_NOT_ISSUER, Entries.EVIDENCE));
    }

    @Test
    void everyFlippedByteIsNoticed() {
        byte[] container = receipt(EvidenceEvent.RELAY_ACCEPTANCE).container();
        for (int i = 0; i < container.length; i++) {
            byte[] flipped = container.clone();
            flipped[i] ^= 1;

            assertThat(ReceiptReader.read(flipped)).as("byte %d", i).isInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void aTruncatedContainerIsNoReceipt() {
        byte[] container = receipt(EvidenceEvent.RELAY_ACCEPTANCE).container();
        for (int length = 0; length < container.length; length += 7) {
            assertThat(ReceiptReader.read(java.util.Arrays.copyOf(container, length)))
                    .isInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void evidenceWithoutAFieldOfItsEventIsNotSigned() {
        Evidence good = SampleEvidence.of(EvidenceEvent.RELAY_REJECTION, CERTIFICATE);
        Evidence unreasoned = new Evidence(
                good.id(),
                good.event(),
                good.time(),
                good.issuer(),
                good.issuerCertificate(),
                good.sender(),
                good.recipient(),
                good.subject(),
                good.terms(),
                good.digests(),
                List.of(),
                good.basis(),
                good.previous(),
                good.checkpoints());

        assertThatThrownBy(() -> new ReceiptSigner(SEAL.signer()).sign(List.of(unreasoned)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Receipt receipt(EvidenceEvent event) {
        return new ReceiptSigner(SEAL.signer())
                .sign(List.of(SampleEvidence.of(event, CERTIFICATE)))
                .get(0);
    }

    private static Receipt receiptReadFrom(byte[] container) {
        return ((Reading.Read) ReceiptReader.read(container)).receipt();
    }

    private static byte[] edit(Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> entries = new LinkedHashMap<>(
                StrictZip.read(receipt(EvidenceEvent.RELAY_ACCEPTANCE).container(), 1 << 20)
                        .orElseThrow());
        change.accept(entries);
        return StrictZip.write(entries);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
