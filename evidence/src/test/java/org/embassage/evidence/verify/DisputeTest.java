package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Chance;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.dispute.DisputeBundle.Made;
import org.embassage.evidence.dispute.DisputeFile;
import org.embassage.evidence.dispute.Standing;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.time.RecordBatch;
import org.embassage.evidence.verify.DisputeReport.Line;
import org.junit.jupiter.api.Test;

/** What a dispute file shows, and what nobody can hide in one. */
class DisputeTest {

    private static final Instant MADE = Instant.parse("2031-05-02T08:00:00Z");

    private final World world = World.handedOver();

    private byte[] dispute(byte[] one, byte[] other) {
        return DisputeBundle.of(one, other, Optional.of(world.exchange), MADE).fold(Made.Written::content, refused -> {
            throw new IllegalStateException(refused.problem());
        });
    }

    private DisputeReport verify(byte[] file) {
        assertThat(DisputeBundle.claimed(file)).isTrue();
        return DisputeVerifier.verify(
                file, world.trust(), World.policy(), Chance.current().now());
    }

    private DisputeReport verify(byte[] one, byte[] other) {
        return verify(dispute(one, other));
    }

    private static Line line(DisputeReport report, Receipt receipt) {
        return report.receipts().stream()
                .filter(line -> line.id().equals(receipt.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sidesThatHoldTheSameAgree() {
        DisputeReport report = verify(world.bundle(), world.peersBundle());

        assertThat(report.report().verdict()).as(report.report().sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.report().sentence())
                .isEqualTo("QOS-POL and QVL-BG hold the same 3 receipts, and everything that was checked holds.");
        assertThat(report.receipts())
                .extracting(Line::word)
                .containsOnly("match")
                .hasSize(3);
        assertThat(report.ledgers()).hasSize(2).allMatch(line -> line.contains("no entry is shown with two contents"));
    }

    @Test
    void whichBundleComesFirstMakesNoDifference() {
        byte[] one = world.bundle();
        byte[] other = world.peersBundle();

        assertThat(dispute(one, other)).isEqualTo(dispute(other, one));
    }

    @Test
    void aReceiptThatItsOwnIssuerLeavesOutIsNamedWithWhatSpeaksAgainstHim() {
        Receipt handedOver = world.receipts.get(2);

        DisputeReport report = verify(world.bundle(), world.peersBundle(world.receipts.subList(0, 2), writer -> {}));

        assertThat(report.report().verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.report().indication()).isEqualTo(Indication.SIGNED_DATA_NOT_FOUND);
        assertThat(report.report().sentence())
                .startsWith("Nothing contradicts, but 1 of 3 receipts is in one bundle only. The first is receipt "
                        + handedOver.id() + " (ContentHandover) by QOS-POL, which the bundle of QOS-POL lacks: "
                        + "so QOS-POL had it, and cannot say that it never was");
        assertThat(line(report, handedOver).word()).isEqualTo("only-QVL-BG");
        assertThat(line(report, handedOver).words())
                .anyMatch(words -> words.startsWith("the signature of QOS-POL stands under it"))
                .anyMatch(words ->
                        words.matches("it is entry \\d+ of QOS-POL/receipts/1, the ledger of QOS-POL itself,.*"));
    }

    @Test
    void whoeverCarriedTheFileMayHaveRemovedItAndThenNobodyIsBlamed() {
        Receipt handedOver = world.receipts.get(2);
        byte[] carried = World.forge(
                world.peersBundle(),
                files -> files.keySet()
                        .removeIf(path -> path.contains(handedOver.id().toString())));

        DisputeReport report = verify(world.bundle(), carried);

        assertThat(report.report().verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.report().sentence())
                .contains("which what is given as the bundle of QOS-POL lacks", "nothing follows against QOS-POL")
                .doesNotContain("cannot say that it never was", "left out of the export", "taken out of the books");
    }

    @Test
    void aSideCannotDenyWhatItCosignedAndNamed() {
        Receipt accepted = world.receipts.get(0);

        DisputeReport report = verify(world.bundle(), world.peersBundle(world.receipts.subList(1, 3), writer -> {}));

        assertThat(line(report, accepted).words())
                .anyMatch(words -> words.startsWith("QOS-POL names it by its digest in its own receipt "))
                .anyMatch(words -> words.matches(
                        "QOS-POL cosigned the checkpoint of size \\d+ of QVL-BG/receipts/1, which covers it, at .*"));
    }

    @Test
    void whatWasExportedBeforeItWasSaidIsNotCalledWithheld() {
        World early = new World();
        early.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        byte[] peers = early.peersBundle();
        Receipt later = early.say(
                EvidenceEvent.RELAY_FAILURE,
                draft -> draft.time = Chance.current().now().plusSeconds(600));

        DisputeReport report = DisputeVerifier.verify(
                DisputeBundle.of(early.bundle(), peers, Optional.empty(), MADE)
                        .fold(Made.Written::content, refused -> new byte[0]),
                early.trust(),
                World.policy(),
                Chance.current().now());

        assertThat(line(report, later).words().get(line(report, later).words().size() - 1))
                .contains("before this was said: it had not come");
    }

    @Test
    void whoSignedTwoStatementsUnderOneIdIsTold() {
        Receipt kept = world.receipts.get(1);
        Receipt rewritten = world.sign(EvidenceEvent.RELAY_REJECTION, draft -> {
            draft.id = kept.id();
            draft.time = kept.evidence().time();
            draft.previous = kept.evidence().previous();
        });

        DisputeReport report = verify(
                world.write(world.receipts.subList(0, 2), writer -> {}),
                world.peersBundle(List.of(world.receipts.get(0), rewritten), writer -> {}));

        assertThat(report.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.report().sentence())
                .contains("is in both bundles and not the same; so QOS-POL signed both: whichever it calls false, its"
                        + " signature stands under it");
        assertThat(line(report, kept).words().get(0)).startsWith("the two differ in the event (");
    }

    @Test
    void aLedgerThatWasRewrittenIsFoundWithoutTwoCheckpointsOfOneSize() {
        byte[] kept = world.bundle();
        TestLedger honest = world.qosLedger;
        TestLedger rewritten = honest.fork(1);
        rewritten.append(LedgerLeaf.epoch("rewritten", "-"));
        for (int i = 0; i < 20; i++) {
            rewritten.append(LedgerLeaf.epoch("later", Integer.toString(i)));
        }
        Receipt handedOver = world.receipts.get(2);
        rewritten.append(LedgerLeaf.issued(handedOver));

        byte[] peers = world.peersBundle(List.of(world.receipts.get(0), handedOver), writer -> {
            writer.receipt(handedOver.container(), Optional.of(rewritten.proof(LedgerLeaf.issued(handedOver))));
        });
        DisputeReport report = verify(kept, peers);

        assertThat(report.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.report().sentence())
                .startsWith("Do not rely on the books of QOS-POL: ledger QOS-POL/receipts/1 ")
                .contains("(in the bundle of QOS-POL)", "(in the bundle of QVL-BG)")
                .doesNotContain("The receipts themselves");
    }

    @Test
    void aLedgerFailsAlthoughAllReceiptsMatchAndItIsSaidWhoseBundleShowsWhat() {
        TestLedger rewritten = world.qosLedger.fork((int) world.qosLedger.tree().size() - 1);
        rewritten.append(LedgerLeaf.epoch("rewritten", "-"));
        byte[] peers = world.peersBundle();

        DisputeReport report = verify(world.bundle(writer -> writer.note(World.QVL, rewritten.checkpoint())), peers);

        assertThat(report.receipts()).extracting(Line::word).containsOnly("match");
        assertThat(report.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.report().sentence())
                .startsWith("Do not rely on the books of QOS-POL: in the bundle of QVL-BG: ledger QOS-POL/receipts/1")
                .endsWith("The receipts themselves are the same in both bundles.");
    }

    @Test
    void twoHistoriesOfWhichEachSideShowsOneAreNamedWithTheBundleOfEach() {
        Receipt handedOver = world.receipts.get(2);
        TestLedger rewritten = world.qosLedger.fork(1);
        rewritten.append(LedgerLeaf.epoch("rewritten", "-"));
        rewritten.append(LedgerLeaf.issued(handedOver));
        byte[] kept = world.bundle();

        DisputeReport report = verify(
                kept,
                world.peersBundle(
                        List.of(handedOver),
                        writer -> writer.receipt(
                                handedOver.container(), Optional.of(rewritten.proof(LedgerLeaf.issued(handedOver))))));

        assertThat(report.report().of(Check.LEDGERS).findings())
                .filteredOn(finding -> finding.subject().equals("QOS-POL/receipts/1"))
                .anySatisfy(finding -> assertThat(finding.sentence())
                        .containsPattern(
                                "receipts/" + handedOver.id() + ".asice \\(in the bundle of (QOS-POL|QVL-BG)\\)")
                        .contains("(in the bundle of QOS-POL)", "(in the bundle of QVL-BG)")
                        .doesNotContain("the other copy"));
    }

    @Test
    void anEvidenceRecordBesideItProvesByWhenBothBundlesExisted() {
        byte[] file = dispute(world.bundle(), world.peersBundle());
        Instant now = Chance.current().now();
        VerifyPolicy strict = VerifyPolicy.strict();
        RecordBatch batch = RecordBatch.of(List.of(Digest.sha256(file)));
        byte[] record = batch.record(
                Digest.sha256(file), world.tsa.stamp(batch.request().digest(), now.minusSeconds(600)));
        byte[] ofAnother = RecordBatch.of(List.of(Digest.sha256(new byte[0])))
                .record(Digest.sha256(new byte[0]), world.tsa.stamp(Digest.sha256(new byte[0]), now));

        DisputeReport with = DisputeVerifier.verify(file, Optional.of(record), world.timeTrust(), strict, now);
        DisputeReport without = DisputeVerifier.verify(file, world.timeTrust(), strict, now);
        DisputeReport wrong = DisputeVerifier.verify(file, Optional.of(ofAnother), world.timeTrust(), strict, now);

        assertThat(without.report().indication()).isEqualTo(Indication.NO_POE);
        assertThat(with.report().verdict()).as(with.report().sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(with.report().of(Check.ARCHIVE).findings())
                .anyMatch(finding -> finding.sentence().startsWith("the whole file existed by"));
        assertThat(with.report().receipts())
                .allSatisfy(receipt -> assertThat(receipt.proven()).isPresent());
        assertThat(wrong.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(wrong.report().sentence()).contains("it is of another file");
    }

    @Test
    void aListThatLiesIsFound() {
        byte[] file = dispute(world.bundle(), world.peersBundle(world.receipts.subList(0, 2), writer -> {}));
        byte[] lying = listing(file, says -> {
            Map<EvidenceId, Standing> receipts = new java.util.TreeMap<>(says.receipts());
            receipts.replaceAll((id, standing) -> Standing.MATCH);
            return new DisputeFile(
                    says.made(), says.exchange(), says.first(), says.second(), new java.util.TreeMap<>(receipts));
        });

        DisputeReport report = verify(lying);

        assertThat(report.report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.report().indication()).isEqualTo(Indication.CONTRADICTION);
        assertThat(report.report().of(Check.SIDES).sentence())
                .contains("'match', and what is found is 'only-QVL-BG': the list was changed");
    }

    private static byte[] listing(byte[] file, java.util.function.UnaryOperator<DisputeFile> change) {
        return World.edit(
                file,
                entries -> entries.put(
                        DisputeBundle.INDEX,
                        change.apply(DisputeFile.parse(entries.get(DisputeBundle.INDEX))
                                        .orElseThrow())
                                .octets()));
    }

    @Test
    void swappedSidesAreFound() {
        byte[] file = World.edit(dispute(world.bundle(), world.peersBundle()), entries -> {
            byte[] one = entries.get("sides/QVL-BG.zip");
            entries.put("sides/QVL-BG.zip", entries.get("sides/QOS-POL.zip"));
            entries.put("sides/QOS-POL.zip", one);
        });

        assertThat(verify(file).report().of(Check.SIDES).findings())
                .anyMatch(finding -> finding.sentence().contains("the sides were swapped"));
        assertThat(verify(file).report().of(Check.INDEX).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void nothingMayBeAddedAndTheInstructionsAreAlwaysTheSame() {
        byte[] good = dispute(world.bundle(), world.peersBundle());
        byte[] added = World.edit(good, entries -> entries.put("README.md", World.text("believe me")));
        byte[] reworded = World.edit(good, entries -> entries.put("VERIFY.md", World.text("believe me")));

        assertThat(verify(added).report().of(Check.CONTAINER).status()).isEqualTo(Status.FAIL);
        assertThat(verify(reworded).report().of(Check.INDEX).sentence()).contains("VERIFY.md is not the text");
    }

    @Test
    void aDamagedFileFailsAndSaysNothingFalse() {
        byte[] damaged = dispute(world.bundle(), world.peersBundle());
        damaged[damaged.length / 2] ^= 1;
        byte[] cut = java.util.Arrays.copyOf(damaged, 300);

        assertThat(verify(damaged).report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(verify(cut).report().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
    }

    @Test
    void aBundleThatIsNoneOrOfTheSameSideMakesNoDispute() {
        assertThat(DisputeBundle.of(world.bundle(), world.bundle(), Optional.empty(), MADE))
                .isInstanceOf(Made.Refused.class);
        assertThat(DisputeBundle.of(world.bundle(), World.text("none"), Optional.empty(), MADE))
                .isInstanceOf(Made.Refused.class);
    }

    @Test
    void theListHasOneWayToBeWritten() {
        byte[] list = World.text(new String(
                DisputeBundle.read(dispute(world.bundle(), world.peersBundle()))
                        .orElseThrow()
                        .entries()
                        .get(DisputeBundle.INDEX),
                java.nio.charset.StandardCharsets.UTF_8));

        assertThat(DisputeFile.parse(list)).isPresent();
        assertThat(DisputeFile.parse(World.replaced(list, "match", "MATCH"))).isEmpty();
        assertThat(DisputeFile.parse(World.replaced(list, "made 2031-05-02T08:00:00Z", "made 2031-05-02T08:00:01Z")))
                .isEmpty();
    }
}
