package org.embassage.gateway.pouch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.zip.StrictZip;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.PouchManifest;
import org.embassage.exchange.wire.PouchManifest.Part;
import org.embassage.gateway.terminal.Stop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PouchMediumTest {

    private static final byte[] BUNDLE = "SYNTHETIC bundle".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SIGNATURE = "SYNTHETIC signature".getBytes(StandardCharsets.UTF_8);
    private static final PouchManifest MANIFEST = new PouchManifest(
            new GatewayId("QVL-BG"),
            new GatewayId("QOS-POL"),
            3,
            Instant.parse("2031-06-01T12:00:00Z"),
            List.of(),
            List.of(new Part(Digest.sha256(BUNDLE), BUNDLE.length, Map.of(ItemKind.MESSAGE, 2))));

    @TempDir
    Path folder;

    private PouchFolder own;

    @BeforeEach
    void make() {
        own = PouchFolder.in(folder.resolve("home"));
        PouchFolder.Packing packing = own.pack("packed");
        packing.bundle(1, BUNDLE);
        packing.end(MANIFEST, SIGNATURE);
    }

    @Test
    void aPouchComesOffAMediumAsItWentOntoItAsAFolderAndAsAFile() throws IOException {
        for (String name : List.of("stick", "stick.zip")) {
            Path medium = folder.resolve(name);
            PouchMedium.write(own.place("packed"), MANIFEST, medium);

            assertThat(PouchMedium.read(medium, own.make("came"))).isEmpty();

            assertThat(names(own.place("came"))).containsExactly("b0000001.emb", "pouch.p7s", "pouch.txt");
            assertThat(own.manifest("came")).contains(MANIFEST);
            assertThat(Files.readAllBytes(own.place("came").resolve("b0000001.emb")))
                    .isEqualTo(BUNDLE);
        }
        assertThat(names(folder.resolve("stick")))
                .containsExactly("b0000001.emb", "paper.pdf", "paper.txt", "pouch.p7s", "pouch.txt");
    }

    @Test
    void whatLiesThereIsNeverOverwritten() {
        assertThatThrownBy(() -> PouchMedium.refuseTaken(folder.resolve("home")))
                .isInstanceOf(Stop.class);
        assertThatThrownBy(() -> PouchMedium.refuseTaken(folder.resolve("no/folder")))
                .isInstanceOf(Stop.class);
        PouchMedium.refuseTaken(folder.resolve("new"));
    }

    @Test
    void aFileThatIsNoPouchsIsBroughtAlongEmptySoThatTheGatewayRefusesIt() throws IOException {
        Path medium = folder.resolve("stick");
        PouchMedium.write(own.place("packed"), MANIFEST, medium);
        Files.write(medium.resolve("AUTORUN.INF"), new byte[100]);
        Files.write(medium.resolve("a name with spaces"), new byte[100]);

        assertThat(PouchMedium.read(medium, own.make("came"))).hasSize(2);

        assertThat(names(own.place("came"))).contains("autorun.inf").hasSizeGreaterThan(4);
        assertThat(Files.size(own.place("came").resolve("autorun.inf"))).isZero();
    }

    @Test
    void twoNamesThatDifferInCapitalsAloneAreNotTakenForOne() throws IOException {
        Path medium = folder.resolve("stick");
        PouchMedium.write(own.place("packed"), MANIFEST, medium);
        Files.write(medium.resolve("B0000001.EMB"), BUNDLE);

        assertThat(PouchMedium.read(medium, own.make("came"))).hasSize(1);
        assertThat(names(own.place("came"))).contains("extra-0");
    }

    @Test
    void noMoreOfAFileIsBroughtThanItShouldHave() throws IOException {
        Path medium = folder.resolve("stick");
        PouchMedium.write(own.place("packed"), MANIFEST, medium);
        Files.write(medium.resolve("b0000001.emb"), new byte[1 << 20]);

        PouchMedium.read(medium, own.make("came"));

        assertThat(Files.size(own.place("came").resolve("b0000001.emb"))).isEqualTo(BUNDLE.length + 1);
    }

    @Test
    void ofAZipWithTricksNothingIsBrought() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(PouchManifest.NAME, MANIFEST.octets());
        entries.put(PouchManifest.SIGNATURE, SIGNATURE);
        entries.put(PouchManifest.name(1), BUNDLE);
        byte[] good = StrictZip.write(entries);
        Path zip = folder.resolve("pouch.zip");
        Files.write(zip, good);
        PouchMedium.read(zip, own.make("good"));
        assertThat(names(own.place("good"))).hasSize(3);

        byte[] escaping = replaced(good, "b0000001.emb", "../../../emb");
        byte[] behind = java.util.Arrays.copyOf(good, good.length + 1);
        byte[] twice = replaced(good, "pouch.p7s", "pouch.txt");
        for (byte[] bad : List.of(escaping, behind, twice, new byte[] {'P', 'K'})) {
            Files.write(zip, bad);
            PouchMedium.read(zip, own.make("bad"));
            assertThat(names(own.place("bad"))).isEmpty();
        }
        assertThat(names(folder)).containsExactly("home", "pouch.zip");
    }

    @Test
    void thePaperIsTheSameForTheSameManifestAndSaysItsDigest() {
        String text = new String(PouchPaper.text(MANIFEST), StandardCharsets.US_ASCII);

        assertThat(text)
                .contains("Pouch                 3")
                .contains(PouchPaper.grouped(MANIFEST.digest().hex()))
                .contains("2 messages")
                .contains("Taken by courier");
        assertThat(PouchPaper.text(MANIFEST)).isEqualTo(PouchPaper.text(MANIFEST));
        assertThat(PouchPaper.pdf(MANIFEST))
                .startsWith("%PDF-1.7".getBytes(StandardCharsets.US_ASCII))
                .isEqualTo(PouchPaper.pdf(MANIFEST));
    }

    @Test
    void aPaperOfManyBundlesNamesTheFirstAndCountsTheRest() {
        PouchManifest many = new PouchManifest(
                MANIFEST.from(),
                MANIFEST.to(),
                4,
                MANIFEST.packed(),
                List.of(),
                IntStream.range(0, 300).mapToObj(i -> MANIFEST.parts().get(0)).toList());

        assertThat(new String(PouchPaper.text(many), StandardCharsets.US_ASCII))
                .contains("b0000200.emb")
                .doesNotContain("b0000201.emb")
                .contains("and 100 more");
        assertThat(PouchPaper.pdf(many)).hasSizeGreaterThan(1000);
    }

    private static byte[] replaced(byte[] zip, String was, String is) {
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        assertThat(text).contains(was);
        return text.replace(was, is).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static List<String> names(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
