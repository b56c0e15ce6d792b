package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** verify.sh reads what its reader's opponent wrote: nothing in it is a command, a path or a reason to pass. */
@Tag("foreign")
class HostileBundleTest {

    private static final String PASSED = "TOTAL-PASSED";
    private static final String FAILED = "TOTAL-FAILED";
    private static final String OPEN = "INDETERMINATE";

    @TempDir
    Path place;

    private Path folder;
    private Path temporary;

    @BeforeEach
    void makePlaces() throws IOException {
        folder = Files.createDirectory(place.resolve("folder"));
        temporary = Files.createDirectory(place.resolve("tmp"));
    }

    @Test
    void theFolderThatIsChangedBelowPassesUnchanged() throws IOException {
        HostileFolder.of("good-handed-over.zip").write(folder, UnaryOperator.identity());

        assertThat(said("sh", "usual", "exporter")).startsWith(PASSED);
        assertThat(temporary).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash --posix", "busybox sh"})
    void aTextInASignatureIsNoCommand(String shell) throws IOException {
        Path mark = place.resolve("executed");
        String command = "tmp[$(>" + mark + ")]";
        String lines = "\n0:d=5  hl=2 l=   0 prim: OBJECT            :x"
                + "\n0:d=6  hl=2 l=   9 prim: OBJECT            :sha256"
                + "\n0:d=6  hl=2 l=   9 prim: OBJECT            :ecdsa-with-SHA256"
                + "\n" + command + ":d=5  hl=2 l=   9 prim: OCTET STRING      :\n";
        HostileFolder.of("good-handed-over.zip")
                .with("bundle.txt.p7s", element(0x30, element(0x0c, lines.getBytes(StandardCharsets.UTF_8))))
                .write(folder, UnaryOperator.identity());

        assertThat(said(shell, "usual", "exporter")).startsWith(FAILED);
        assertThat(mark).doesNotExist();
    }

    @Test
    void anAuthoritysDigestInAnAgreementIsNoPath() throws IOException {
        HostileFolder bundle = HostileFolder.of("good-handed-over.zip");
        String genuine = bundle.text("agreements/QVL-QOS-2031-01.v1.xml");
        int at = genuine.indexOf("ca=\"sha256:") + 11;
        String known = genuine.substring(at, at + 64);
        Path victim = Files.writeString(temporary.resolve("victim.pem"), "the auditor's own");
        bundle.with(
                        "agreements/Z.v1.xml",
                        "<Agreement id=\"Z\" version=\"1\"><Party code=\"QVL\" ca=\"sha256:" + known
                                + ".pem.d/../../victim\"/></Agreement>")
                .write(folder, UnaryOperator.identity());

        assertThat(said("sh", "usual", "exporter")).startsWith(FAILED);
        assertThat(victim).hasContent("the auditor's own");
    }

    @Test
    void noPolicyLetsARevokedSignerGo() throws IOException {
        HostileFolder.of("good-handed-over.zip").write(folder, UnaryOperator.identity());

        assertThat(said("sh", "seal-revoked", "exporter", "revocation", "signer-path"))
                .startsWith(OPEN);
    }

    @Test
    void noPolicyLetsASignerGoWhomNobodyCertified() throws IOException {
        HostileFolder.of("good-handed-over.zip").write(folder, UnaryOperator.identity());

        assertThat(said(
                        "sh",
                        "roots-unknown",
                        "exporter",
                        "signer-path",
                        "signer-gateway",
                        "card",
                        "agreement",
                        "complete",
                        "inclusion",
                        "predates",
                        "ledgers",
                        "previous",
                        "terms",
                        "continuity",
                        "revocation"))
                .startsWith(OPEN);
    }

    @Test
    void aBundleOfNothingIsNotPassed() throws IOException {
        HostileFolder bundle = HostileFolder.of("good-handed-over.zip");
        bundle.names("").stream()
                .filter(name -> !name.equals("bundle.txt"))
                .toList()
                .forEach(bundle::without);
        bundle.write(folder, text -> text.replaceAll("(?m)^exchange [^\n]*\n", ""));

        assertThat(said("sh", "usual", "exporter", "card", "complete")).startsWith(OPEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"embassage-bundle/v1", "exported [^\n]*", "exporter [^\n]*", "exchange [^\n]*", "file [^\n]*"})
    void aLineOfTheIndexSaysNothingBesides(String line) throws IOException {
        HostileFolder.of("good-handed-over.zip")
                .write(folder, text -> text.replaceFirst("(?m)^" + line + "$", "$0 and more"));

        assertThat(said("sh", "usual", "exporter")).startsWith(FAILED);
    }

    @Test
    void theLinesOfTheIndexAreInTheirOrder() throws IOException {
        HostileFolder.of("good-handed-over.zip")
                .write(folder, text -> text.replaceFirst("(file [^\n]*\n)(file [^\n]*\n)", "$2$1"));

        assertThat(said("sh", "usual", "exporter")).startsWith(FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\nbundle.txt", " ", "-rf", "a b", "*", "notes/\nx", ".hidden", "..."})
    void aFileOfAStrangeNameIsSeen(String name) throws IOException {
        HostileFolder.of("good-handed-over.zip").write(folder, UnaryOperator.identity());
        Files.writeString(folder.resolve(name), "added");

        assertThat(said("sh", "usual", "exporter")).startsWith(FAILED);
    }

    @Test
    void aLinkIsNoFile() throws IOException {
        HostileFolder.of("good-handed-over.zip").write(folder, UnaryOperator.identity());
        Path file = folder.resolve("agreements/QVL-QOS-2031-01.v1.xml");
        Path elsewhere = Files.move(file, place.resolve("elsewhere"));
        Files.createSymbolicLink(file, elsewhere);

        assertThat(said("sh", "usual", "exporter")).startsWith(FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"origin ", "from ", "to "})
    void aLineOfAConsistencyProofSaysWhatItIs(String word) throws IOException {
        HostileFolder bundle = HostileFolder.of("good-handed-over.zip");
        String name = bundle.names("consistency/").get(0);
        bundle.with(name, bundle.text(name).replace("\n" + word, "\n")).write(folder, UnaryOperator.identity());

        assertThat(said("sh", "usual", "exporter")).startsWith(FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 11, 12, 75})
    void aWitnesssSignatureHasItsLength(int length) throws IOException {
        HostileFolder bundle = HostileFolder.of("good-witnessed.zip");
        for (String name : bundle.names("notes/")) {
            String[] parts = bundle.text(name).split("\n\n", 2);
            String lines = parts[1].lines()
                    .map(line -> line.contains("/witness ") ? shortened(line, length) : line)
                    .collect(Collectors.joining("\n", "", "\n"));
            byte[] note = (parts[0] + "\n\n" + lines).getBytes(StandardCharsets.UTF_8);
            String stem = name.substring(0, name.length() - ".12345678.note".length());
            bundle.without(name).with(stem + "." + HostileFolder.sha256(note).substring(0, 8) + ".note", note);
        }
        bundle.write(folder, UnaryOperator.identity());

        assertThat(said("sh", "usual", "exporter")).startsWith(FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "\r\n", "garbage", "-----BEGIN CERTIFICATE-----\n"})
    void nothingWithinMakesItEndWithoutAVerdict(String text) throws IOException {
        HostileFolder good = HostileFolder.of("good-witnessed.zip");
        for (String begin : List.of("cards/", "agreements/", "notes/", "consistency/", "receipts/", "certificates/")) {
            HostileFolder bundle = HostileFolder.of("good-witnessed.zip");
            bundle.with(good.names(begin).get(0), text).write(folder, UnaryOperator.identity());

            assertThat(said("sh", "usual", "exporter"))
                    .as(begin)
                    .matches("(" + FAILED + "|" + OPEN + "|" + PASSED + ")(.|\n)*");
        }
    }

    private static String shortened(String line, int length) {
        int at = line.lastIndexOf(' ') + 1;
        byte[] octets = Base64.getDecoder().decode(line.substring(at));
        return line.substring(0, at) + Base64.getEncoder().encodeToString(Arrays.copyOf(octets, length));
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** The last line, under a policy that needs neither these checks nor those of the baseline. */
    private String said(String shell, String trust, String... optional) throws IOException {
        String policy = Stream.concat(Stream.of(optional), Stream.of("time-stamp", "witnessed", "archive"))
                .map(check -> "optional " + check + "\n")
                .collect(Collectors.joining("", "embassage-policy/v1\n", ""));
        Path file = Files.writeString(place.resolve("policy"), policy);
        List<String> command = Stream.concat(
                        Stream.of(shell.split(" ")),
                        Stream.of(
                                Referee.verifySh().toString(),
                                "--trust",
                                Line.VECTORS.resolve("trust").resolve(trust).toString(),
                                "--policy",
                                file.toString(),
                                "--at",
                                "2026-11-25T06:00:00Z",
                                folder.toString()))
                .toList();
        String all =
                Tool.run(Map.of("TMPDIR", temporary.toString()), Path.of("").toAbsolutePath(), command);
        return all.isEmpty() ? "nothing" : all.lines().reduce("", (before, line) -> line);
    }
}
