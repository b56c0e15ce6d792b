package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.Completeness.Scope;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {

    private final Period period = new Period();

    private static void passes(VerificationReport report, String... words) {
        assertThat(report.of(Check.PERIOD).status())
                .as(report.of(Check.PERIOD).toString())
                .isEqualTo(Status.PASS);
        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.of(Check.PERIOD).sentence()).contains(words);
    }

    private static void fails(VerificationReport report, Indication why, String... words) {
        assertThat(report.of(Check.PERIOD).status())
                .as(report.of(Check.PERIOD).toString())
                .isEqualTo(Status.FAIL);
        assertThat(report.of(Check.PERIOD).findings()).anySatisfy(finding -> {
            assertThat(finding.indication()).isEqualTo(why);
            assertThat(finding.sentence()).contains(words);
        });
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
    }

    private static void isOpen(VerificationReport report, Indication why, String... words) {
        assertThat(report.of(Check.PERIOD).status())
                .as(report.of(Check.PERIOD).toString())
                .isEqualTo(Status.NOT_CHECKED);
        assertThat(report.of(Check.PERIOD).calledFor()).isTrue();
        assertThat(report.of(Check.PERIOD).findings()).allSatisfy(finding -> {
            assertThat(finding.indication()).isEqualTo(why);
            assertThat(finding.sentence()).contains(words);
        });
        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
    }

    // ---- good

    @Test
    void aWholeLedgerWithAllItsReceiptsIsComplete() {
        VerificationReport report = period.verify();

        passes(
                report,
                "nothing that QVL-BG entered into its ledger from entry 0 to entry 10 is missing from this file: 8"
                        + " receipts and 3 other entries");
        assertThat(report.sentence()).contains("Nothing that QVL-BG entered");
        assertThat(report.period()).map(JudgedPeriod::receipts).contains(8L);
    }

    @Test
    void withoutAStatementTheCheckIsNotCalledFor() {
        VerificationReport report = period.world.verify(period.world.bundle());

        assertThat(report.of(Check.PERIOD).calledFor()).isFalse();
        assertThat(report.period()).isEmpty();
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(report.sentence()).contains("none contradicts another");
    }

    @Test
    void receiptsOfExchangesThatBeganBeforeThePeriodMayLieElsewhere() {
        period.entries(2, 8).only(this::ofSecond).stating(told -> told.pair(World.QVL, World.QOS, 8, 10));

        passes(period.verify(), "from entry 2 to entry 7", "2 more receipts of exchanges that began before");
    }

    @Test
    void anExchangeThatBeganBeforeThePeriodIsThereWholeOrNotAtAll() {
        period.entries(2, 8)
                .only(receipt ->
                        ofSecond(receipt) || receipt.evidence().event() == EvidenceEvent.SUBMISSION_ACCEPTANCE);

        fails(period.verify(), Indication.CONTRADICTION, "RelayAcceptance", "entry 2", "is missing", "others of that");
    }

    @Test
    void whatIsNoMatterOfThePeerMayBeHiddenAndIsCounted() {
        period.hiding(4)
                .hiding(0)
                .stating(told -> told.scope(new Scope.Peer(World.QOS))
                        .pair(World.QVL, World.QOS, 7, 10)
                        .elsewhere(World.QVL, World.QOS, 8)
                        .elsewhere(World.QVL, World.QOS, 9));

        passes(
                period.verify(),
                "peer QOS-POL",
                "that 2 entries more did not belong to it is only said",
                "that 2 sequence numbers belong elsewhere is only said");
    }

    @Test
    void thePartIsNamed() {
        passes(
                period.stating(told -> told.part(2, 3).pair(World.QVL, World.QOS, 7, 10))
                        .verify(),
                "this is part 2 of 3");
    }

    // ---- what is missing

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 8, 9})
    void noReceiptOfAnEntryMayBeMissing(int entry) {
        fails(period.without(entry).verify(), Indication.CONTRADICTION, "entry " + entry + " ", "is missing");
    }

    /** Of one exchange "had not come" would be possible; beside its entry it is not. */
    @Test
    void whatTheLedgerHasAsAnEntryIsNotSaidNotToHaveCome() {
        assertThat(period.without(6).verify().of(Check.COMPLETE).findings())
                .filteredOn(finding -> finding.status() == Status.NOT_CHECKED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.sentence())
                        .contains("holds no RelayAcceptance")
                        .contains("it had come, for the ledger of QVL-BG has it as an entry (check 24)")
                        .doesNotContain("had not come"));
    }

    @Test
    void aWholeExchangeThatIsLeftOutIsMissed() {
        period.only(receipt -> !ofSecond(receipt));

        fails(period.verify(), Indication.CONTRADICTION, "SubmissionAcceptance", "entry 5 ", "is missing");
    }

    @Test
    void aRefusedSubmissionIsMissedToo() {
        Period refused = new Period(world -> world.say(EvidenceEvent.SUBMISSION_REJECTION, draft -> {
            draft.subject = new Subject.OfSubmission(new SubmissionRef(world.ids.nextDropId(), Optional.of(4)));
            draft.digests = Optional.empty();
        }));

        passes(refused.verify(), "9 receipts");
        fails(refused.without(1).verify(), Indication.CONTRADICTION, "SubmissionRejection", "entry 1 ");
    }

    @Test
    void ofVeryManyMissingReceiptsOnlyTheFirstAreNamed() {
        Period many = new Period(world -> {
            for (int i = 0; i < 30; i++) {
                world.say(EvidenceEvent.TRAFFIC_SUSPENDED);
            }
        });
        many.only(receipt -> receipt.evidence().event() != EvidenceEvent.TRAFFIC_SUSPENDED);

        VerificationReport report = many.verify();

        fails(report, Indication.CONTRADICTION, "of 11 more entries the same");
        assertThat(report.of(Check.PERIOD).findings()).hasSize(21);
    }

    @Test
    void allHidesNothing() {
        fails(period.hiding(4).verify(), Indication.CONTRADICTION, "entry 4 is shown as a hash only");
    }

    // ---- numbers

    @Test
    void aNumberOfWhichNothingIsHereIsAHoleAndNotPassedOver() {
        period.stating(told -> told.pair(World.QVL, World.QOS, 7, 11));

        fails(period.verify(), Indication.CONTRADICTION, "sequence number 11 from QVL-BG to QOS-POL");
    }

    @Test
    void anAdmittedHoleLeavesItOpen() {
        period.stating(told -> told.pair(World.QVL, World.QOS, 7, 11).hole(World.QVL, World.QOS, 11));

        isOpen(period.verify(), Indication.TRY_LATER, "sequence number 11", "admits");
    }

    @Test
    void aNumberThatIsSaidToBeElsewhereIsCounted() {
        period.stating(told -> told.pair(World.QVL, World.QOS, 7, 11).elsewhere(World.QVL, World.QOS, 11));

        passes(period.verify(), "that 1 sequence number belong elsewhere is only said");
    }

    @Test
    void numbersOfTheOtherDirectionAreAskedForToo() {
        period.stating(told -> told.pair(World.QVL, World.QOS, 7, 10).pair(World.QOS, World.QVL, 3, 4));

        fails(period.verify(), Indication.CONTRADICTION, "sequence numbers 3 to 4 from QOS-POL to QVL-BG");
    }

    @ParameterizedTest
    @CsvSource({"8, 10", "7, 9", "11, 20"})
    void theNumberOfAReceiptIsNotLeftOut(long first, long last) {
        period.stating(told -> {
            told.pair(World.QVL, World.QOS, first, last);
            for (long n = Math.max(first, 11); n <= last; n++) {
                told.elsewhere(World.QVL, World.QOS, n);
            }
        });

        fails(period.verify(), Indication.CONTRADICTION, "leaves out its sequence number");
    }

    @Test
    void aDirectionIsNotLeftOut() {
        fails(period.stating(told -> {}).verify(), Indication.CONTRADICTION, "leaves out its sequence number");
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 10})
    void aNumberIsNotInAReceiptAndElsewhere(long number) {
        period.stating(told -> told.pair(World.QVL, World.QOS, 7, 10).elsewhere(World.QVL, World.QOS, number));

        fails(period.verify(), Indication.CONTRADICTION, "sequence number " + number, "is in a receipt");
    }

    @Test
    void aNumberThatIsNeverUsedIsNotUsed() {
        Period voided = new Period(world -> world.qvlLedger.append(LedgerLeaf.voided(World.QVL, World.QOS, 5, 7)));

        fails(
                voided.stating(told -> told.pair(World.QVL, World.QOS, 5, 10)).verify(),
                Indication.CONTRADICTION,
                "sequence number 7",
                "void");
    }

    @Test
    void rangesMayBeAsLargeAsAnybodyWritesThem() {
        byte[] bundle = changed(
                period.bundle(),
                BundlePath.COMPLETENESS,
                text -> text.replace(
                        "pair QVL-BG QOS-POL 7 10\n",
                        "pair QVL-BG QOS-POL 7 900000000000000000\nelsewhere QVL-BG QOS-POL 11 900000000000000000\n"));

        assertThat(period.world.verify(bundle).of(Check.PERIOD).status()).isEqualTo(Status.PASS);
    }

    // ---- the ledger

    @Test
    void entriesOfARewrittenLedgerDoNotLeadToTheSignedRoot() {
        TestLedger rewritten = period.world.qvlLedger.fork(5);
        for (LedgerLeaf leaf : period.world.qvlLedger.leaves().subList(8, 11)) {
            rewritten.append(leaf);
        }
        for (int i = 0; i < 3; i++) {
            rewritten.append(LedgerLeaf.voided(World.QVL, World.QOS, 20 + i, 20 + i));
        }
        byte[] honest = period.bundle();
        byte[] leaves = period.showing(rewritten).slice().octets();

        fails(
                period.world.verify(World.forge(honest, files -> files.put(period.leaves(), leaves))),
                Indication.LEDGER_FAILURE,
                "do not lead to the root");
    }

    /** With the ledger's key the exporter can sign another history; the proofs of the receipts give it away. */
    @Test
    void entriesOfAForkDoNotFitTheProofsOfTheReceipts() {
        TestLedger fork = period.world.qvlLedger.fork(5);
        fork.append(LedgerLeaf.voided(World.QVL, World.QOS, 20, 20));
        period.world.qvlLedger.leaves().subList(5, 11).forEach(fork::append);

        fails(
                period.showing(fork).verify(),
                Indication.LEDGER_FAILURE,
                "entry 5 is not the one that a proof places there",
                "two histories");
    }

    @Test
    void aSliceNeedsACheckpointOfItsSize() {
        byte[] bundle = World.forge(
                period.entries(0, 9).bundle(),
                files -> files.keySet().removeIf(path -> path.startsWith("notes/QVL-BG/QVL-BG.11.")));
        TestLedger longer = period.world.qvlLedger.fork(11);
        longer.append(LedgerLeaf.voided(World.QVL, World.QOS, 20, 20));
        byte[] leaves = period.showing(longer).slice().octets();

        fails(
                period.world.verify(World.forge(bundle, files -> files.put(period.leaves(), leaves))),
                Indication.LEDGER_FAILURE,
                "no checkpoint of that size");
    }

    @Test
    void withoutTheKeyOfTheLedgerNothingIsDecided() {
        byte[] bundle =
                World.forge(period.bundle(), files -> files.keySet().removeIf(path -> path.startsWith("cards/QVL-BG")));

        VerificationReport report = period.world.verify(bundle);

        assertThat(report.of(Check.PERIOD).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.of(Check.PERIOD).sentence()).contains("gives its key");
    }

    @Test
    void aReceiptThatWasReplacedIsNotTheOneThatWasEntered() {
        Receipt old = period.world.receipts.get(4);
        Receipt by = period.world.sign(old.evidence().event(), draft -> {
            draft.id = old.id();
            draft.subject = old.evidence().subject();
            draft.previous = old.evidence().previous();
            draft.digests = draft.digests.map(
                    all -> new MessageDigests(Digest.sha256(World.text("another")), all.inner(), all.manifest()));
        });

        fails(
                period.replacing(old, by).verify(),
                Indication.LEDGER_FAILURE,
                "entry 6 is of another receipt " + old.id(),
                "one was replaced");
    }

    @Test
    void anEntryOfAnUnknownFormHidesNothing() {
        Period unknown =
                new Period(world -> world.qvlLedger.append(new LedgerLeaf("embassage-leaf/v1\nnote\nSYNTHETIC\n")));

        fails(unknown.verify(), Indication.FORMAT_FAILURE, "entry 1 is not written as an entry");
    }

    @Test
    void aLedgerBeginsOnce() {
        Period twice = new Period(world -> world.qvlLedger.append(LedgerLeaf.epoch(world.qvlLedger.origin(), "-")));

        fails(twice.verify(), Indication.LEDGER_FAILURE, "entry 1 begins");
    }

    @Test
    void linesThatAreReorderedDroppedOrTwiceDoNotFit() {
        byte[] bundle = period.bundle();

        fails(tampered(bundle, lines -> Collections.swap(lines, 7, 8)), Indication.LEDGER_FAILURE, "moved");
        fails(tampered(bundle, lines -> lines.remove(8)), Indication.FORMAT_FAILURE, "one by one");
        fails(tampered(bundle, lines -> lines.add(8, lines.get(8))), Indication.FORMAT_FAILURE, "one by one");
        fails(tampered(bundle, lines -> lines.set(8, lines.get(9))), Indication.LEDGER_FAILURE, "left out");
    }

    private VerificationReport tampered(byte[] bundle, Consumer<List<String>> change) {
        return period.world.verify(changed(bundle, period.leaves(), text -> {
            List<String> lines = new ArrayList<>(List.of(text.split("\n")));
            change.accept(lines);
            return String.join("\n", lines) + "\n";
        }));
    }

    // ---- the two files

    @Test
    void aStatementOfAnotherGatewayIsNone() {
        byte[] bundle = World.forge(period.bundle(), files -> {
            BundleIndex index = BundleIndex.parse(files.get(BundlePath.INDEX)).orElseThrow();
            files.put(
                    BundlePath.INDEX,
                    new BundleIndex(World.QOS, index.exported(), index.asked(), index.exchanges(), index.files())
                            .octets());
        });

        fails(period.world.verify(bundle), Indication.CONTRADICTION, "statement of QVL-BG", "exported by QOS-POL");
    }

    @Test
    void theStatementAndTheEntriesBelongTogether() {
        byte[] bundle = period.bundle();

        fails(without(bundle, BundlePath.COMPLETENESS), Indication.FORMAT_FAILURE, "without completeness.txt");
        fails(without(bundle, period.leaves()), Indication.CONTRADICTION, "no such file");
        fails(
                period.world.verify(
                        World.forge(bundle, files -> files.put("leaves/QVL-BG.1.0-3.txt", files.get(period.leaves())))),
                Indication.CONTRADICTION,
                "the bundle shows leaves/QVL-BG.1.0-11.txt and leaves/QVL-BG.1.0-3.txt");
        fails(
                period.world.verify(changed(
                        bundle, BundlePath.COMPLETENESS, text -> text.replace("entries 0 to 11", "entries 0 to 10"))),
                Indication.CONTRADICTION,
                "is about leaves/QVL-BG.1.0-10.txt");
        fails(
                period.world.verify(
                        changed(bundle, BundlePath.COMPLETENESS, text -> text.replace("scope all", "scope whatever"))),
                Indication.FORMAT_FAILURE,
                "not written as such a statement");
        fails(
                period.world.verify(changed(bundle, period.leaves(), text -> text.replace("size 11", "size 12"))),
                Indication.FORMAT_FAILURE,
                "one by one");
    }

    @Test
    void aStatementThatFitsNothingIsNotWritten() {
        assertThatThrownBy(() -> period.world.bundle(writer -> writer.completeness(period.completeness())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> period.world.bundle(writer -> writer.slice(period.slice())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> period.world.bundle(writer -> writer.slice(period.slice())
                        .completeness(new Period().entries(0, 4).completeness())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void beingComparedIsNoMatterOfTheStatement() {
        byte[] bundle = period.bundle();
        Comparison comparison = Comparison.of(
                bundle,
                period.entries(0, 9).bundle(),
                period.world.trust(),
                World.policy(),
                org.embassage.evidence.Chance.current().now());

        assertThat(comparison.verdict()).as(comparison.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(comparison.together().of(Check.PERIOD).calledFor()).isFalse();
    }

    private VerificationReport without(byte[] bundle, String path) {
        return period.world.verify(World.forge(bundle, files -> files.remove(path)));
    }

    private static byte[] changed(byte[] bundle, String path, UnaryOperator<String> change) {
        return World.forge(
                bundle,
                (Map<String, byte[]> files) -> files.computeIfPresent(
                        path,
                        (same, content) -> World.text(change.apply(new String(content, StandardCharsets.UTF_8)))));
    }

    private boolean ofSecond(Receipt receipt) {
        return receipt.evidence().subject() instanceof Subject.OfExchange of
                && of.exchange().equals(period.second);
    }
}
