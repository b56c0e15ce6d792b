package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.embassage.evidence.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** The report on paper, judged by veraPDF and read by PDFBox. */
class PdfReportTest {

    @TempDir
    Path folder;

    private final Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
    private Scene scene;

    @BeforeEach
    void makeFiles() {
        scene = new Scene(folder);
    }

    @ParameterizedTest
    @EnumSource(
            value = PDFAFlavour.class,
            names = {"PDFA_3_A", "PDFA_3_B", "PDFUA_1"})
    void veraPdfFindsNothingWrong(PDFAFlavour flavour) throws Exception {
        for (String file : List.of("good.zip", "changed.zip", "receipt.asice")) {
            assertThat(complaints(report(file), flavour)).as(file).isEmpty();
        }
    }

    @Test
    void veraPdfWouldFindAMissingIdentification() throws Exception {
        byte[] pdf = report("good.zip");
        byte[] other = new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("<pdfaid:part>3<", "<pdfaid:part>1<")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(complaints(other, PDFAFlavour.PDFA_3_B)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"good.zip", "changed.zip", "receipt.asice"})
    void theExaminedFileIsInsideAsItWas(String file) throws Exception {
        try (PDDocument document = Loader.loadPDF(report(file))) {
            var inside = document.getDocumentCatalog()
                    .getNames()
                    .getEmbeddedFiles()
                    .getNames()
                    .get(file);

            assertThat(inside.getEmbeddedFile().toByteArray()).isEqualTo(Files.readAllBytes(folder.resolve(file)));
        }
    }

    @Test
    void everyPageNamesTheFileByItsDigestAndItsNumber() throws Exception {
        String digest =
                Digest.sha256(Files.readAllBytes(folder.resolve("good.zip"))).hex();

        List<String> pages = pages(report("good.zip"));

        assertThat(pages).hasSizeGreaterThan(2);
        for (int page = 0; page < pages.size(); page++) {
            assertThat(pages.get(page))
                    .contains("SHA-256 of the examined file: " + digest)
                    .contains("Page " + (page + 1) + " of " + pages.size())
                    .contains("TOTAL-PASSED");
        }
    }

    @Test
    void itSaysAllThatACourtNeeds() throws Exception {
        String text = flat(report("good.zip"));

        assertThat(text)
                .contains("TOTAL-PASSED Everything that was checked holds:")
                .contains("Exchange " + scene.world.exchange)
                .contains("From, to QVL-BG to QOS-POL")
                .contains("ContentHandover: handed the record over to its own side (WRITTEN")
                .contains("id " + scene.world.receipts.get(2).id())
                .contains("signed by 'O=TEST ONLY,CN=QOS-POL seal'")
                .contains("6 signer-path")
                .contains("NOT CHECKED, let go")
                .contains(Digest.sha256(scene.world.qvlAuthority.certificate().getEncoded())
                        .hex())
                .contains("may be left unchecked: continuity, time-stamp")
                .contains("What this does not prove")
                .contains("that the content of a record is true")
                .contains("java -jar embassage-verify.jar good.zip --trust anchors --policy policy.txt --at")
                .doesNotContain(folder.toString())
                .contains("Case reference");
        assertThat(flat(report("changed.zip")))
                .contains("TOTAL-FAILED (HASH_FAILURE) Do not rely on it: evidence.xml of receipt "
                        + scene.world.receipts.get(2).id())
                .contains("4 receipt each receipt is whole and signed FAIL");
    }

    @Test
    void namesThatCouldMoveOtherTextAreWrittenAsNumbers() throws Exception {
        Scene.Run run = scene.run(List.of("@/good.zip", "--trust", "@/hostile", "--pdf", "@/report.pdf"));
        String text = flat(Files.readAllBytes(folder.resolve("report.pdf")));

        assertThat(run.out()).contains("CN=[U+05D0]").doesNotContain("\u05D0", "\u202E");
        assertThat(text).contains("CN=[U+05D0]").doesNotContain("\u05D0", "\u202E");
    }

    @Test
    void theSameExaminationGivesTheSameOctets() throws Exception {
        byte[] first = report("good.zip");
        Files.delete(folder.resolve("report.pdf"));

        assertThat(report("good.zip")).isEqualTo(first);
    }

    @Test
    void nothingIsWrittenOverAndNothingIsLeftBeside() throws Exception {
        Files.writeString(folder.resolve("report.pdf"), "of value");
        List<Path> before = files();

        Scene.Run run = run("good.zip");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("there is already a file @/report.pdf; it is left as it is");
        assertThat(Files.readString(folder.resolve("report.pdf"))).isEqualTo("of value");
        assertThat(files()).isEqualTo(before);
        assertThat(scene.run(List.of("@/archive", "--trust", "@/anchors", "--pdf", "@/new.pdf"))
                        .err())
                .contains("--pdf is for one bundle or one receipt");
    }

    @Test
    void theMachinesFontsAreNotLookedAt() throws Exception {
        Path cache = Path.of(System.getProperty("user.home"), ".pdfbox.cache");
        boolean before = Files.exists(cache);

        report("good.zip");

        assertThat(Files.exists(cache)).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (var all = Files.walk(folder)) {
            return all.sorted().toList();
        }
    }

    private Scene.Run run(String file) {
        return scene.run(
                List.of("@/" + file, "--trust", "@/anchors", "--policy", "@/policy.txt", "--pdf", "@/report.pdf"),
                clock);
    }

    private byte[] report(String file) throws IOException {
        Files.deleteIfExists(folder.resolve("report.pdf"));
        assertThat(run(file).err()).isEmpty();
        Path kept = Path.of("target", "reports", file + ".pdf");
        Files.createDirectories(kept.getParent());
        byte[] pdf = Files.readAllBytes(folder.resolve("report.pdf"));
        Files.write(kept, pdf);
        return pdf;
    }

    private static String flat(byte[] pdf) throws IOException {
        return String.join(" ", pages(pdf)).replaceAll("\\s+", " ");
    }

    private static List<String> pages(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            List<String> pages = new ArrayList<>();
            for (int page = 1; page <= document.getNumberOfPages(); page++) {
                PDFTextStripper stripper = new PDFTextStripper();
                stripper.setStartPage(page);
                stripper.setEndPage(page);
                pages.add(stripper.getText(document));
            }
            return pages;
        }
    }

    private static List<String> complaints(byte[] pdf, PDFAFlavour flavour) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour)) {
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false);
            ValidationResult result = validator.validate(parser);
            List<String> complaints = result.getTestAssertions().stream()
                    .filter(assertion -> assertion.getStatus() != TestAssertion.Status.PASSED)
                    .map(assertion -> assertion.getRuleId().getClause() + ": " + assertion.getMessage())
                    .distinct()
                    .toList();
            assertThat(result.isCompliant()).isEqualTo(complaints.isEmpty());
            return complaints;
        }
    }
}
