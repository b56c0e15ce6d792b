package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.TestTsa;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.cms.CadesAugmenter;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.time.ReceiptAugmenter;
import org.embassage.evidence.time.RecordBatch;
import org.embassage.evidence.time.StampRequest;
import org.embassage.evidence.verify.TrustAnchors.TimeStamping;
import org.embassage.evidence.zip.StrictZip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks 22 and 25, and what a proven time does for the signers. */
class ProvenTimeTest {

    /** All but time-stamps may be left open. */
    private static final VerifyPolicy STAMPED =
            new VerifyPolicy(EnumSet.complementOf(EnumSet.of(Check.TIME_STAMP, Check.ARCHIVE)));

    private final World world = World.handedOver();
    private final Receipt accepted = world.receipts.get(0);
    private final Receipt relayed = world.receipts.get(1);

    // ---- tokens of receipts

    @Test
    void aBundleOfTimeStampedReceiptsPassesWithTheTimeOfEach() {
        VerificationReport report = verify(world.bundleOf(world::longTerm, writer -> {}));

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.TIME_STAMP).findings())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding.sentence())
                        .contains("1 second after the time that")
                        .contains("CN=SYNTHETIC TSA"));
        assertThat(report.receipts())
                .allSatisfy(receipt -> assertThat(receipt.proven()).isPresent());
        assertThat(report.facts()).allSatisfy(fact -> assertThat(fact).contains("; existed by "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    any clock,OU=DEVELOPMENT ONLY            | Time-stamped by a development authority: that proves nothing
                    QVL-BG time-stamping,OU=DEVELOPMENT ONLY | by a development authority in the name of QVL-BG: that proves
                    QOS-POL time-stamping                    | in the name of QOS-POL, which is a party itself: that proves
                    """)
    void anAuthorityThatIsADevelopmentOneOrAPartyIsCalledSo(String name, String words) {
        TestTsa clock = new TestTsa(world.tsa.authority(), world.tsa.authority().tsa(name));

        VerificationReport report =
                verify(world.bundleOf(receipt -> with(receipt, clock.stamp(receipt.signature())), this::material));

        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.sentence()).contains(words);
        assertThat(report.doubtfulTime()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"XQVL-BG clock", "QVL-BG2 clock", "clock,OU=DEVELOPMENT ONLY AT NIGHT"})
    void anAuthorityOfAnotherNameIsNot(String name) {
        TestTsa clock = new TestTsa(world.tsa.authority(), world.tsa.authority().tsa(name));

        VerificationReport report =
                verify(world.bundleOf(receipt -> with(receipt, clock.stamp(receipt.signature())), this::material));

        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.doubtfulTime()).isEmpty();
        assertThat(report.sentence()).doesNotContain("ime-stamped");
    }

    private void material(BundleWriter writer) {
        writer.crl(world.tsa.crl());
    }

    @Test
    void withoutAnAuthorityOfTheAuditorATokenProvesNothing() {
        byte[] bundle = world.bundleOf(world::longTerm, writer -> {});

        VerificationReport none = EvidenceVerifier.verify(bundle, world.trust(), STAMPED, Instant.now());
        VerificationReport other = EvidenceVerifier.verify(
                bundle, world.trust().with(authorities(new TestTsa("another"))), STAMPED, Instant.now());

        assertThat(List.of(none, other)).allSatisfy(report -> {
            assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
            assertThat(report.indication()).isEqualTo(Indication.NO_CERTIFICATE_CHAIN_FOUND);
            assertThat(report.of(Check.TIME_STAMP).status()).isEqualTo(Status.NOT_CHECKED);
            assertThat(report.receipts())
                    .allSatisfy(receipt -> assertThat(receipt.proven()).isEmpty());
        });
    }

    @Test
    void aCountrysCaIsNotBelievedAboutTimes() {
        TestTsa ofQvl = new TestTsa(world.qvlAuthority, world.qvlAuthority.tsa("QVL clock"));
        byte[] bundle = world.bundleOf(receipt -> with(receipt, ofQvl.stamp(receipt.signature())), writer -> {});

        VerificationReport report = verify(bundle);

        assertThat(report.of(Check.TIME_STAMP).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
    }

    @Test
    void aTokenOfAnotherReceiptIsCaught() {
        byte[] swapped = world.stamped(accepted, Instant.now());
        byte[] bundle = world.bundleOf(
                receipt -> receipt.equals(relayed)
                        ? with(receipt, read(swapped).later().timeStamp().orElseThrow())
                        : world.longTerm(receipt),
                writer -> {});

        caught(verify(bundle), Check.TIME_STAMP, Indication.HASH_FAILURE, "it is over something else");
    }

    @Test
    void aTokenByACertificateThatIsNotForTimeStampingIsCaught() {
        TestTsa seal = new TestTsa(world.tsa.authority(), world.tsa.authority().seal("no TSA"));
        byte[] bundle = world.bundleOf(receipt -> with(receipt, seal.stamp(receipt.signature())), writer -> {});

        caught(verify(bundle), Check.TIME_STAMP, Indication.SIG_CONSTRAINTS_FAILURE, "not for time-stamping");
    }

    @Test
    void aRevokedAuthorityProvesNothing() {
        byte[] bundle = world.write(world.receipts, writer -> {});
        X509CRL revoking = world.tsa.crl(world.tsa.certificate());
        byte[] stamped = world.bundleOf(world::longTerm, writer -> writer.crl(revoking));

        VerificationReport report = verify(stamped);

        assertThat(verify(bundle).of(Check.TIME_STAMP).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.indication()).isEqualTo(Indication.REVOKED_NO_POE);
    }

    @Test
    void withoutARevocationListOfItsCaAnAuthorityIsNotBelieved() {
        byte[] bundle = world.write(world.receipts, writer -> {});
        byte[] single = world.stamped(relayed, Instant.now());
        TrustAnchors trust = world.trust()
                .with(new TimeStamping(List.of(world.tsa.authority().certificate()), List.of()));

        VerificationReport report = EvidenceVerifier.verify(single, trust, STAMPED, Instant.now());

        assertThat(bundle).isNotEmpty();
        assertThat(report.of(Check.TIME_STAMP).findings())
                .singleElement()
                .matches(finding ->
                        finding.status() == Status.NOT_CHECKED && finding.indication() == Indication.TRY_LATER);
    }

    @Test
    void certificatesAndListsInsideAReceiptAreMaterialAndNeverTrust() {
        TestTsa own = new TestTsa("made up");
        byte[] bundle = world.bundleOf(
                receipt -> ReceiptAugmenter.augment(
                        with(receipt, own.stamp(receipt.signature())),
                        Optional.empty(),
                        List.of(own.authority().certificate()),
                        List.of(own.crl(), new TestPki("QOS CA").crl(world.qosSeal.certificate()))),
                writer -> {});

        VerificationReport report = verify(bundle);

        assertThat(report.of(Check.TIME_STAMP).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.of(Check.REVOCATION).status())
                .as("a list in the name of the CA, but not by it")
                .isEqualTo(Status.PASS);
    }

    // ---- plausibility

    @Test
    void aReceiptThatIsDatedAheadOfItsTokenIsCaught() {
        VerificationReport ahead =
                verify(world.bundleOf(receipt -> at(receipt, Duration.ofSeconds(-180)), writer -> {}));
        VerificationReport within =
                verify(world.bundleOf(receipt -> at(receipt, Duration.ofSeconds(-100)), writer -> {}));

        caught(ahead, Check.TIME_STAMP, Indication.CONTRADICTION, "it was dated 2 minutes ahead");
        assertThat(within.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void howLongBeforeItsTokenAReceiptIsDatedIsAFact() {
        VerificationReport report =
                verify(world.bundleOf(receipt -> at(receipt, Duration.ofMinutes(50)), writer -> {}));

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.TIME_STAMP).findings())
                .allSatisfy(finding -> assertThat(finding.sentence()).contains("50 minutes after the time that"));
    }

    // ---- what the proven time does for the signer

    @Test
    void aCertificateThatWasRevokedAfterTheProvenTimeLeavesTheReceiptGood() {
        byte[] bundle = world.bundleOf(
                world::longTerm, revokedAt(relayed.evidence().time().plusSeconds(600)));

        VerificationReport report = verify(bundle);

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.SIGNER_PATH).findings())
                .anySatisfy(finding -> assertThat(finding.sentence()).contains("which leaves the signature good"));
    }

    @Test
    void aCertificateThatWasRevokedBeforeTheProvenTimeFails() {
        byte[] bundle = world.bundleOf(
                world::longTerm, revokedAt(relayed.evidence().time().minusSeconds(1)));

        caught(verify(bundle), Check.REVOCATION, Indication.REVOKED, "which is not before");
    }

    @Test
    void aReceiptFromBeforeTheRevocationStandsBesideOneFromAfterIt() {
        Receipt handedOver = world.receipts.get(2);
        byte[] bundle = world.bundleOf(
                receipt -> at(receipt, receipt.equals(handedOver) ? Duration.ofMinutes(30) : Duration.ofSeconds(1)),
                revokedAt(relayed.evidence().time().plusSeconds(600)));

        VerificationReport report = verify(bundle);

        assertThat(report.of(Check.REVOCATION).findings())
                .filteredOn(finding -> finding.status() == Status.FAIL)
                .singleElement()
                .matches(finding -> finding.sentence().contains(handedOver.id().toString()));
    }

    @Test
    void withoutAProvenTimeNobodyCanTellOnWhichSideOfTheRevocationItWasSigned() {
        byte[] bundle = world.bundleOf(
                Receipt::container, revokedAt(relayed.evidence().time().plusSeconds(600)));

        VerificationReport report = verify(bundle);

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.REVOCATION).findings())
                .anyMatch(finding -> finding.indication() == Indication.REVOKED_NO_POE);
    }

    @Test
    void aCertificateThatEndedAfterTheProvenTimeLeavesTheReceiptGood() {
        world.qosSeal = world.qosAuthority.gateway(
                World.QOS, TestPki.start(), Instant.now().minusSeconds(60));
        Receipt late = world.say(EvidenceEvent.RELAY_REJECTION);

        VerificationReport stamped = verify(world.longTerm(late));
        VerificationReport bare = verify(late.container());

        assertThat(stamped.of(Check.SIGNER_PATH).status()).isEqualTo(Status.PASS);
        assertThat(stamped.of(Check.REVOCATION).status()).isEqualTo(Status.PASS);
        assertThat(bare.of(Check.SIGNER_PATH).findings())
                .singleElement()
                .matches(finding -> finding.indication() == Indication.OUT_OF_BOUNDS_NO_POE);
    }

    @Test
    void aTokenFromAfterTheCertificatesEndDecidesNothing() {
        world.qosSeal = world.qosAuthority.gateway(
                World.QOS, TestPki.start(), Instant.now().minusSeconds(60));
        Receipt late = world.say(EvidenceEvent.RELAY_REJECTION);

        VerificationReport report = verify(world.stamped(late, Instant.now()));

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.indication()).isEqualTo(Indication.OUT_OF_BOUNDS_NO_POE);
    }

    @Test
    void aSignatureFromBeforeItsCertificateWasValidFails() {
        world.qosSeal = world.qosAuthority.gateway(World.QOS, Instant.now().minusSeconds(60), TestPki.end());
        Receipt early = world.say(EvidenceEvent.RELAY_REJECTION);

        caught(verify(world.longTerm(early)), Check.SIGNER_PATH, Indication.NOT_YET_VALID, "the signature existed at");
    }

    // ---- anchors

    @Test
    void aTokenOverACheckpointProvesTheTimeOfAllThatItCovers() {
        VerificationReport report = verify(world.bundleOf(Receipt::container, this::anchors));

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.TIME_STAMP).findings())
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding.sentence()).contains("over checkpoint "));
    }

    @Test
    void aLaterCheckpointThatContinuesTheProofsOneCoversTheReceiptToo() {
        Map<Receipt, byte[]> proven = new LinkedHashMap<>();
        world.receipts.forEach(receipt -> proven.put(
                receipt,
                ReceiptReader.withProof(
                        receipt.container(), world.proof(receipt).orElseThrow())));
        world.qvlLedger.append(LedgerLeaf.epoch("later", "-"));
        world.qosLedger.append(LedgerLeaf.epoch("later", "-"));

        VerificationReport report = verify(world.bundleOf(Receipt::container, this::anchors));

        assertThat(proven).hasSize(3);
        assertThat(report.of(Check.TIME_STAMP).status()).isEqualTo(Status.PASS);
    }

    @Test
    void aCheckpointFromBeforeTheReceiptDoesNotCoverIt() {
        String qvlNote = world.qvlLedger.checkpoint(1);
        String qosNote = world.qosLedger.checkpoint(1);

        VerificationReport report = verify(world.bundleOf(
                Receipt::container,
                writer -> writer.anchor(qvlNote, stampNote(qvlNote)).anchor(qosNote, stampNote(qosNote))));

        assertThat(report.of(Check.TIME_STAMP).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
    }

    @Test
    void aPeersLedgerThatHoldsTheReceiptProvesItsTimeToo() {
        VerificationReport report = verify(world.bundleOf(Receipt::container, writer -> {
            String note = world.qvlLedger.checkpoint();
            writer.anchor(note, stampNote(note));
            world.receipts.stream()
                    .filter(receipt -> receipt.evidence().issuer().equals(World.QOS))
                    .forEach(receipt -> writer.receivedProof(
                            receipt.id(), World.QVL, world.qvlLedger.proof(LedgerLeaf.received(receipt))));
        }));

        assertThat(report.of(Check.TIME_STAMP).status()).as(report.sentence()).isEqualTo(Status.PASS);
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void anAnchorOverAnotherNoteIsCaught() {
        String note = world.qvlLedger.checkpoint();

        VerificationReport report = verify(world.bundleOf(
                Receipt::container, writer -> writer.anchor(note, stampNote(world.qosLedger.checkpoint()))));

        caught(report, Check.TIME_STAMP, Indication.HASH_FAILURE, "it is over something else");
    }

    // ---- archive time-stamps

    @Test
    void anArchivedReceiptIsGoodEvenAfterTheAuthorityOfItsTokenWasRevoked() {
        byte[] archived = world.archived(world.archived(relayed));
        X509CRL revoking = world.tsa.authority().crlSince(Instant.now().plusSeconds(3600), world.tsa.certificate());
        TestTsa next = new TestTsa("next TSA");
        byte[] renewed = ReceiptAugmenter.archive(
                archived, next.stamp(StampRequest.ofArchive(archived).digest()));
        Instant later = Instant.now().plusSeconds(7200);
        TimeStamping both = new TimeStamping(
                List.of(world.tsa.authority().certificate(), next.authority().certificate()),
                List.of(revoking, next.crl()));

        assertThat(verify(archived).of(Check.ARCHIVE).status()).isEqualTo(Status.PASS);
        VerificationReport stale =
                EvidenceVerifier.verify(archived, world.trust().with(both), STAMPED, later);
        assertThat(stale.of(Check.ARCHIVE).findings())
                .anyMatch(finding -> finding.indication() == Indication.REVOKED_NO_POE);
        VerificationReport report =
                EvidenceVerifier.verify(renewed, world.trust().with(both), STAMPED, later);
        assertThat(report.of(Check.ARCHIVE).status()).isEqualTo(Status.PASS);
        assertThat(report.of(Check.TIME_STAMP).status()).isEqualTo(Status.PASS);
        assertThat(report.receipts().get(0).proven().orElseThrow().time())
                .as("the earliest")
                .isBefore(Instant.now().minus(Duration.ofMinutes(30)));
    }

    @Test
    void anArchiveManifestThatLeavesSomethingOutIsCaught() {
        byte[] edited = edit(world.archived(relayed), entries -> {
            String manifest = new String(entries.get("META-INF/ASiCArchiveManifest001.xml"), StandardCharsets.UTF_8)
                    .replaceFirst(
                            "(?s)  <asic:DataObjectReference URI=\"evidence.xml\".*?</asic:DataObjectReference>\n", "");
            byte[] octets = manifest.getBytes(StandardCharsets.UTF_8);
            entries.put("META-INF/ASiCArchiveManifest001.xml", octets);
            entries.put("META-INF/timestamp001.tst", world.tsa.stamp(Digest.sha256(octets)));
        });

        caught(verify(edited), Check.ARCHIVE, Indication.HASH_FAILURE, "does not cover all");
    }

    @Test
    void anArchiveTokenOverSomethingElseIsCaught() {
        byte[] edited = edit(
                world.archived(relayed),
                entries -> entries.put("META-INF/timestamp001.tst", world.tsa.stamp(Digest.sha256(new byte[0]))));

        caught(verify(edited), Check.ARCHIVE, Indication.HASH_FAILURE, "it is over something else");
    }

    @Test
    void anArchiveTimeStampFromBeforeWhatItCoversIsCaught() {
        byte[] longTerm = world.stamped(relayed, Instant.now());
        byte[] archived = ReceiptAugmenter.archive(
                longTerm,
                world.tsa.stamp(
                        StampRequest.ofArchive(longTerm).digest(), Instant.now().minusSeconds(600)));

        VerificationReport report = verify(archived);

        assertThat(report.of(Check.ARCHIVE).findings())
                .singleElement()
                .matches(finding -> finding.indication() == Indication.TIMESTAMP_ORDER_FAILURE);
        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
    }

    // ---- evidence records

    @Test
    void anEvidenceRecordProvesTheTimeOfAllThatIsInTheBundle() {
        byte[] bundle = revokedParty();
        byte[] record = record(bundle, Instant.now().minusSeconds(600));

        VerificationReport with = verify(bundle, Optional.of(record));

        assertThat(verify(bundle).indication()).isEqualTo(Indication.REVOKED_NO_POE);
        assertThat(with.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(with.of(Check.ARCHIVE).sentence()).contains("the whole file existed by");
    }

    @Test
    void aTimeStampOfTheIndexProvesTheTimeOfAllThatItLists() {
        byte[] bundle = revokedParty();
        byte[] stamped = World.edit(
                bundle,
                files -> index(
                        files,
                        world.tsa.stamp(signatureValue(files), Instant.now().minusSeconds(600))));

        VerificationReport report = verify(stamped);

        assertThat(verify(bundle).indication()).isEqualTo(Indication.REVOKED_NO_POE);
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.TIME_STAMP).findings())
                .anyMatch(finding -> finding.sentence().contains("all that bundle.txt lists existed by"));
    }

    @Test
    void anExporterPutsTheTimeStampIntoItsSignature() {
        BundleWriter writer = new BundleWriter(World.QVL, Instant.now(), "nothing");

        byte[] stamped =
                writer.write(Optional.of(world.qvlSeal.signer()), digest -> Optional.of(world.tsa.stamp(digest)));
        byte[] bare = writer.write(Optional.of(world.qvlSeal.signer()));

        assertThat(verify(stamped).of(Check.TIME_STAMP).status()).isEqualTo(Status.PASS);
        assertThat(verify(bare).of(Check.TIME_STAMP).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void aTimeStampOfAnotherIndexIsCaughtAndOneOfAStrangerProvesNothing() {
        byte[] bundle = revokedParty();
        byte[] swapped = World.edit(bundle, files -> index(files, world.tsa.stamp(Digest.sha256(new byte[0]))));
        byte[] strange = World.edit(bundle, files -> index(files, new TestTsa("another").stamp(signatureValue(files))));

        caught(verify(swapped), Check.TIME_STAMP, Indication.HASH_FAILURE, "the time-stamp of bundle.txt.p7s");
        assertThat(verify(strange).indication()).isEqualTo(Indication.REVOKED_NO_POE);
    }

    private byte[] revokedParty() {
        return world.bundleOf(
                world::longTerm,
                writer -> writer.crl(
                        world.qosAuthority.crlSince(Instant.now().minusSeconds(60), world.qosParty.certificate())));
    }

    private static Digest signatureValue(Map<String, byte[]> files) {
        return CadesVerifier.signatureValue(files.get(BundlePath.INDEX_SIGNATURE))
                .orElseThrow();
    }

    private static void index(Map<String, byte[]> files, byte[] token) {
        files.computeIfPresent(
                BundlePath.INDEX_SIGNATURE,
                (path, signature) -> CadesAugmenter.augment(signature, Optional.of(token), List.of(), List.of()));
    }

    @Test
    void anEvidenceRecordOfAnotherFileIsCaught() {
        byte[] bundle = world.bundleOf(world::longTerm, writer -> {});
        byte[] other = record(world.longTerm(relayed), Instant.now());

        caught(
                verify(bundle, Optional.of(other)),
                Check.ARCHIVE,
                Indication.HASH_FAILURE,
                "it is of another file, or the file was changed");
    }

    @Test
    void anEvidenceRecordByAnAuthorityThatTheAuditorDoesNotBringProvesNothing() {
        byte[] bundle = world.bundleOf(world::longTerm, writer -> {});
        RecordBatch batch = RecordBatch.of(List.of(Digest.sha256(bundle)));
        byte[] record = batch.record(
                Digest.sha256(bundle),
                new TestTsa("another").stamp(batch.request().digest()));

        VerificationReport report = verify(bundle, Optional.of(record));

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.ARCHIVE).status()).isEqualTo(Status.NOT_CHECKED);
    }

    private byte[] record(byte[] file, Instant time) {
        RecordBatch batch = RecordBatch.of(List.of(Digest.sha256(file), Digest.sha256(new byte[0])));
        return batch.record(Digest.sha256(file), world.tsa.stamp(batch.request().digest(), time));
    }

    // ---- helpers

    private VerificationReport verify(byte[] file) {
        return verify(file, Optional.empty());
    }

    private VerificationReport verify(byte[] file, Optional<byte[]> record) {
        return EvidenceVerifier.verify(
                file,
                record,
                new TrustAnchors(
                                world.trust().anchors(),
                                List.of(world.qosAuthority.crl(), world.qvlAuthority.crl()),
                                List.of())
                        .with(authorities(world.tsa)),
                STAMPED,
                Instant.now());
    }

    private static TimeStamping authorities(TestTsa tsa) {
        return new TimeStamping(List.of(tsa.authority().certificate()), List.of(tsa.crl()));
    }

    private void anchors(BundleWriter writer) {
        for (String note : List.of(world.qvlLedger.checkpoint(), world.qosLedger.checkpoint())) {
            writer.anchor(note, stampNote(note));
        }
    }

    /** @param note the very one that goes into the bundle: a ledger of the world is cosigned anew, with the second, each time */
    private byte[] stampNote(String note) {
        return world.tsa.stamp(StampRequest.ofNote(note).digest());
    }

    private Consumer<BundleWriter> revokedAt(Instant instant) {
        return writer -> writer.crl(world.qosAuthority.crlSince(instant, world.qosSeal.certificate()));
    }

    private byte[] at(Receipt receipt, Duration after) {
        return world.stamped(receipt, receipt.evidence().time().plus(after));
    }

    private static byte[] with(Receipt receipt, byte[] token) {
        return ReceiptAugmenter.augment(receipt.container(), Optional.of(token), List.of(), List.of());
    }

    private static ReceiptReader.Reading.Read read(byte[] container) {
        return (ReceiptReader.Reading.Read) ReceiptReader.read(container);
    }

    private static byte[] edit(byte[] container, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> entries =
                new LinkedHashMap<>(StrictZip.read(container, 1 << 20).orElseThrow());
        change.accept(entries);
        return StrictZip.write(entries);
    }

    private static void caught(VerificationReport report, Check check, Indication why, String words) {
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.of(check).findings()).anySatisfy(finding -> {
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.indication()).isEqualTo(why);
            assertThat(finding.sentence()).contains(words);
        });
    }
}
