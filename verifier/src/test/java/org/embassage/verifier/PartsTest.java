package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.verify.Period;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.evidence.verify.World;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that state what is complete, in one bundle and in several. */
class PartsTest {

    @TempDir
    Path folder;

    private final Period period = new Period();
    private Scene scene;

    @BeforeEach
    void bringAnchors() throws IOException {
        scene = new Scene(folder);
        put("trust/QVL.pem", Scene.pem(period.world.qvlAuthority.certificate()));
        put("trust/QOS.pem", Scene.pem(period.world.qosAuthority.certificate()));
        put("lenient.txt", World.text(VerifyPolicy.BASELINE + "optional period\n"));
        put("no-outcome.txt", World.text(VerifyPolicy.BASELINE + "optional complete\n"));
    }

    // ---- one bundle

    @Test
    void theReportSaysWhatIsCompleteAndWhatThatLeavesOpen() throws IOException {
        put("period.zip", period.bundle());

        Scene.Run run = judged("@/period.zip");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains(
                        "Nothing that QVL-BG entered into its ledger from entry 0 to entry 10 is missing from this file:")
                .containsPattern("  24 period +PASS +nothing that QVL-BG entered")
                .contains("  that QVL-BG entered into its ledger all that it sent, received or decided")
                .contains("  that these entries are those of the time that was asked for")
                .doesNotContain("that nothing else was exchanged")
                .doesNotContain("a single receipt does not call");
    }

    @Test
    void whatIsHiddenIsNamedAmongTheLimits() throws IOException {
        put(
                "period.zip",
                period.hiding(10)
                        .stating(told ->
                                told.scope(new Completeness.Scope.Query()).pair(World.QVL, World.QOS, 7, 10))
                        .bundle());

        assertThat(judged("@/period.zip").out()).contains("that entries which are shown as hashes only");
    }

    @Test
    void aStatementThatDoesNotHoldChangesNoLimit() throws IOException {
        put("period.zip", period.without(8).bundle());

        Scene.Run run = judged("@/period.zip");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("that nothing else was exchanged").contains("(TrafficSuspended), entry 8 ");
    }

    @Test
    void asJsonTheStatementIsAnObject() throws IOException {
        put(
                "period.zip",
                period.stating(told -> told.pair(World.QVL, World.QOS, 7, 12)
                                .elsewhere(World.QVL, World.QOS, 11)
                                .elsewhere(World.QVL, World.QOS, 12))
                        .bundle());

        assertThat(judged("@/period.zip", "--json").out().replaceAll("\\s", ""))
                .contains("\"period\":{\"gateway\":\"QVL-BG\",\"origin\":\"QVL-BG/receipts/1\",\"from\":0,\"to\":11,")
                .contains(
                        "\"scope\":\"all\",\"part\":1,\"parts\":1,\"receipts\":8,\"others\":3,\"before\":0,\"hidden\":0,")
                .contains("{\"sender\":\"QVL-BG\",\"recipient\":\"QOS-POL\",\"first\":7,\"last\":12,\"holes\":[],"
                        + "\"elsewhere\":[\"11-12\"]}");
    }

    @Test
    void onPaperTheStatementHasItsSection() throws IOException {
        put("period.zip", period.bundle());

        Scene.Run run = judged("@/period.zip", "--pdf", "@/period.pdf");

        assertThat(run.exitCode()).isZero();
        try (var document = Loader.loadPDF(Files.readAllBytes(folder.resolve("period.pdf")))) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", " "))
                    .contains("6. What is stated to be complete The statement holds")
                    .contains("Stated by QVL-BG, about its own ledger QVL-BG/receipts/1")
                    .contains("Entries 0 to 10, of a ledger of 11 entries")
                    .contains("Numbers from QVL-BG to QOS-POL 7 to 10")
                    .contains("7. What this does not prove");
        }
    }

    // ---- several

    @Test
    void allPartsOfAnExportAreHere() throws IOException {
        twoParts();

        Scene.Run run = judged("@/parts");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .contains(
                        "Export: TOTAL-PASSED: all of the 2 parts of an export of QVL-BG are here: nothing that it entered"
                                + " into its ledger from entry 0 to entry 10 is missing from them.");
        assertThat(judged("@/parts", "--json").out())
                .contains(
                        "\"exports\":[{\"gateway\":\"QVL-BG\",\"origin\":\"QVL-BG/receipts/1\",\"size\":11,\"scope\":\"all\","
                                + "\"parts\":2,\"missing\":[],\"verdict\":\"TOTAL-PASSED\",");
    }

    @Test
    void aCopyOfAPartIsNoOtherPart() throws IOException {
        twoParts();
        scene.copy("parts/one.zip", "parts/again.zip");

        assertThat(judged("@/parts").exitCode()).isZero();
    }

    @Test
    void aMissingPartIsNamed() throws IOException {
        twoParts();
        Files.delete(folder.resolve("parts/two.zip"));

        Scene.Run run = judged("@/parts");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out())
                .contains("but not all is here: of the 2 parts of an export of QVL-BG, part 2 is missing")
                .contains("INDETERMINATE\n");
        assertThat(judged("@/parts", "--json").out()).contains("\"missing\":[\"2\"]");
    }

    @Test
    void entriesThatAreInNoPartAreSeen() throws IOException {
        put("parts/one.zip", part(1, 2, 0, 4, told -> told.pair(World.QVL, World.QOS, 7, 7), period.first));
        put("parts/two.zip", second());

        Scene.Run run = judged("@/parts");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains(
                        "part 1 ends before entry 4, but part 2 begins with entry 5: entries between them are in no part");
    }

    @Test
    void partsDoNotOverlap() throws IOException {
        put("parts/one.zip", first());
        put("parts/two.zip", part(2, 2, 4, 11, told -> told.pair(World.QVL, World.QOS, 8, 10), period.second));

        Scene.Run run = judged("@/parts");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("they do not follow each other");
    }

    @Test
    void twoFilesAreNotTheSamePart() throws IOException {
        twoParts();
        put("parts/three.zip", part(2, 2, 5, 8, told -> told.pair(World.QVL, World.QOS, 10, 10), period.second));

        Scene.Run run = judged("@/parts");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).contains("two files say to be part 2 of 2, and are not the same");
    }

    /** Each part alone holds: the first ends before the hand-over was entered, for the second its exchange began before. */
    @Test
    void aReceiptThatEachPartLeavesToTheOtherIsMissed() throws IOException {
        put("parts/one.zip", part(1, 2, 0, 3, told -> told.pair(World.QVL, World.QOS, 7, 7), period.first));
        put("parts/two.zip", part(2, 2, 3, 11, told -> told.pair(World.QVL, World.QOS, 8, 10), period.second));
        assertThat(judged("@/parts").exitCode()).isZero();

        period.all()
                .without(3)
                .entries(0, 3)
                .only(receipt -> of(receipt, period.first))
                .stating(told -> told.part(1, 2).pair(World.QVL, World.QOS, 7, 7));
        put("parts/one.zip", period.bundle());
        Scene.Run run = judged("@/parts", "--policy", "@/no-outcome.txt");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains(
                        "of exchange <id> is in no part, though its entry is shown and others of that exchange are here");
    }

    @Test
    void numbersThatAnotherPartHasAreNotOnlySaidToBeElsewhere() throws IOException {
        put("parts/one.zip", part(1, 2, 0, 5, elsewhere(7, 10, 10), period.first));
        put("parts/two.zip", part(2, 2, 5, 11, elsewhere(10, 12, 11, 12), period.second));

        Scene.Run run = judged("@/parts");

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).contains("is missing from them; that 2 sequence numbers belong elsewhere is only said.");
    }

    @Test
    void aHoleInAPartLeavesTheExportOpenUnlessThePolicyLetsItGo() throws IOException {
        put("parts/one.zip", first());
        put(
                "parts/two.zip",
                part(
                        2,
                        2,
                        5,
                        11,
                        told -> told.pair(World.QVL, World.QOS, 10, 11).hole(World.QVL, World.QOS, 11),
                        period.second));

        assertThat(judged("@/parts").exitCode()).isEqualTo(4);
        Scene.Run lenient = judged("@/parts", "--policy", "@/lenient.txt");
        assertThat(lenient.exitCode()).as(lenient.out()).isZero();
        assertThat(lenient.out()).contains("without a gap, but not each holds by itself");
    }

    @Test
    void otherQuestionsAreOtherExports() throws IOException {
        twoParts();
        put("parts/other.zip", part(1, 3, 0, 5, told -> told.pair(World.QVL, World.QOS, 7, 9), period.first));

        Scene.Run run = judged("@/parts");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out())
                .contains("Export: TOTAL-PASSED: all of the 2 parts")
                .contains(
                        "Export: INDETERMINATE: of the 3 parts of an export of QVL-BG, parts 2, 3 are missing: ask for them.");
    }

    private void twoParts() throws IOException {
        put("parts/one.zip", first());
        put("parts/two.zip", second());
    }

    private byte[] first() {
        return part(1, 2, 0, 5, told -> told.pair(World.QVL, World.QOS, 7, 9), period.first);
    }

    private byte[] second() {
        return part(2, 2, 5, 11, told -> told.pair(World.QVL, World.QOS, 10, 10), period.second);
    }

    private static Consumer<Completeness.Builder> elsewhere(long first, long last, long... numbers) {
        return told -> {
            told.pair(World.QVL, World.QOS, first, last);
            for (long number : numbers) {
                told.elsewhere(World.QVL, World.QOS, number);
            }
        };
    }

    /** A part with the receipts of one exchange, and with the acts if they are among its entries. */
    private byte[] part(
            int number, int of, long from, long to, Consumer<Completeness.Builder> told, ExchangeId exchange) {
        return period.all()
                .entries(from, to)
                .only(receipt -> of(receipt, exchange)
                        || to > 9 && !(receipt.evidence().subject() instanceof Subject.OfExchange))
                .stating(builder -> told.accept(builder.part(number, of)))
                .bundle();
    }

    private static boolean of(Receipt receipt, ExchangeId exchange) {
        return receipt.evidence().subject() instanceof Subject.OfExchange of
                && of.exchange().equals(exchange);
    }

    private Scene.Run judged(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--trust", "@/trust"));
        if (!all.contains("--policy")) {
            all.addAll(List.of("--policy", "@/policy.txt"));
        }
        return scene.run(all);
    }

    private void put(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }
}
