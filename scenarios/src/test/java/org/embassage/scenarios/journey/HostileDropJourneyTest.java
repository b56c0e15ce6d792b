package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever is dropped ends in a result with a code; good rows flow; the gateway goes on. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileDropJourneyTest {

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE);

    private static final Charset CYRILLIC = Charset.forName("windows-1251");
    private static final Charset LATIN_2 = Charset.forName("ISO-8859-2");

    private static RunningGateway velmark() {
        return NEIGHBOURS.of(BORDER_GUARD);
    }

    private static RunningGateway police() {
        return NEIGHBOURS.of(POLICE);
    }

    private static byte[] joined(byte[] octets, int... tail) {
        byte[] longer = Arrays.copyOf(octets, octets.length + tail.length);
        for (int i = 0; i < tail.length; i++) {
            longer[octets.length + i] = (byte) tail[i];
        }
        return longer;
    }

    private static byte[] cut(byte[] octets, int less) {
        return Arrays.copyOf(octets, octets.length - less);
    }

    @Test
    @Order(1)
    void everySpoiltFileIsRefusedWholeWithItsReason() {
        int before = sent(police()).size() + sent(velmark()).size();
        Map<String, byte[]> files = new LinkedHashMap<>();
        PoliceFile good = new PoliceFile().with(PoliceFile.person("10001")).with(PoliceFile.person("10002"));
        String text = new String(good.bytes(), StandardCharsets.UTF_8);
        files.put("windows-1251.EMB-1008", text.substring(1).getBytes(CYRILLIC));
        files.put("utf-16.EMB-1008", text.substring(1).getBytes(StandardCharsets.UTF_16));
        files.put("no-mark.EMB-1008", text.substring(1).getBytes(StandardCharsets.UTF_8));
        files.put("truncated.EMB-1004", cut(good.bytes(), 40));
        files.put(
                "no-trailer.EMB-1004", text.substring(0, text.indexOf("KONEC")).getBytes(StandardCharsets.UTF_8));
        files.put("count.EMB-1002", good.bytes(3, good.total()));
        files.put("total.EMB-1003", good.bytes(2, good.total() + 1));
        files.put("open-quote.EMB-1004", openQuote());
        files.put("empty.EMB-1009", new byte[0]);
        files.put("zeros.EMB-1008", new byte[4096]);
        files.forEach(police()::drop);

        Map<String, byte[]> records = new LinkedHashMap<>();
        BorderGuardFile fixed = new BorderGuardFile(900, 4);
        byte[] whole = fixed.bytes();
        records.put("latin-2.EMB-1008", new String(whole, BorderGuardFile.IBM870).getBytes(LATIN_2));
        records.put("truncated.EMB-1004", cut(whole, 100));
        records.put("no-trailer.EMB-1004", cut(whole, 240));
        records.put("count.EMB-1002", fixed.bytes(5, fixed.total()));
        records.put("total.EMB-1003", fixed.bytes(4, fixed.total() + 1));
        records.put("empty.EMB-1009", new byte[0]);
        records.forEach(velmark()::drop);

        files.keySet().forEach(name -> refusedWhole(police(), name));
        records.keySet().forEach(name -> refusedWhole(velmark(), name));
        assertThat(sent(police()).size() + sent(velmark()).size()).isEqualTo(before);
    }

    private static byte[] openQuote() {
        String row = PoliceFile.row(PoliceFile.person("10003"));
        return new PoliceFile()
                .with(PoliceFile.person("10004"))
                .covered(row.replaceFirst("SYNTHETIC", "\"SYNTHETIC").getBytes(StandardCharsets.UTF_8))
                .bytes();
    }

    private static List<String> sent(RunningGateway sender) {
        return Neighbours.sent(sender, Optional.empty());
    }

    /** The name ends with the code that is wanted. */
    private static void refusedWhole(RunningGateway gateway, String name) {
        Result result = gateway.result(name);
        assertThat(result.codes()).as(gateway.id + " " + name).containsExactly(name.substring(name.indexOf('.') + 1));
        assertThat(result.lines().get(0).receipt()).as(name).isNotEmpty();
        await(name)
                .atMost(RunningGateway.SOON)
                .until(() ->
                        Files.exists(gateway.dropFolder().resolve("refused").resolve(name), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    @Order(2)
    void anEndOfFileMarkBehindTheTrailerIsNotARecordAndNoRowIsLost() {
        police().drop(
                        "dos.csv",
                        joined(new PoliceFile().with(PoliceFile.person("20001")).bytes(), 0x1A));
        velmark().drop("dos.dat", joined(new BorderGuardFile(901, 2).bytes(), 0x1A));

        for (Result result : List.of(police().result("dos.csv"), velmark().result("dos.dat"))) {
            boolean taken = result.codes().stream().allMatch("ok"::equals);
            boolean refusedWhole =
                    result.codes().size() == 1 && result.codes().get(0).startsWith("EMB-10");
            assertThat(taken || refusedWhole).as(result.text()).isTrue();
        }
    }

    @Test
    @Order(3)
    void aFileThatGrowsSlowlyCrossesWhole() throws IOException, InterruptedException {
        PoliceFile file = new PoliceFile();
        for (int i = 0; i < 6; i++) {
            file.with(PoliceFile.person("3000" + i));
        }
        byte[] whole = file.bytes();
        Path growing = police().dropFolder().resolve("growing.csv");
        int piece = whole.length / 7;
        for (int at = 0; at < whole.length; at += piece) {
            byte[] next = Arrays.copyOfRange(whole, at, Math.min(whole.length, at + piece));
            Files.write(growing, next, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            assertThat(police().runsFor(200)).isTrue();
        }

        assertThat(police().result("growing.csv").codes()).containsExactly("ok", "ok", "ok", "ok", "ok", "ok");
    }

    @Test
    @Order(4)
    void whatIsNoRegularFileIsRefusedUnreadAndWhatALinkLeadsToStays() throws IOException, InterruptedException {
        Path secret = Files.write(
                NEIGHBOURS.folder().resolve("elsewhere.csv"),
                new PoliceFile().with(PoliceFile.person("40001")).bytes());
        Path folder = police().dropFolder();
        Files.createSymbolicLink(folder.resolve("link.EMB-1006"), secret);
        Files.createSymbolicLink(folder.resolve("dangling.EMB-1006"), folder.resolve("nowhere"));
        Files.createSymbolicLink(
                folder.resolve("folder-link.EMB-1006"), police().home().resolve("keys"));
        Path hard = NEIGHBOURS.folder().resolve("hard.csv");
        Files.write(hard, new PoliceFile().with(PoliceFile.person("40002")).bytes());
        Files.createLink(folder.resolve("hard-link.EMB-1006"), hard);
        Files.createDirectories(folder.resolve("folder.EMB-1006").resolve("inner"));
        Process fifo =
                new ProcessBuilder("mkfifo", folder.resolve("fifo.EMB-1006").toString()).start();
        assertThat(fifo.waitFor(10, TimeUnit.SECONDS)).isTrue();

        for (String kind : List.of("link", "dangling", "folder-link", "hard-link", "folder", "fifo")) {
            refusedWhole(police(), kind + ".EMB-1006");
        }
        assertThat(secret).exists();
        assertThat(police().home().resolve("keys").resolve("gateway.p12")).exists();
    }

    @Test
    @Order(5)
    void aNameThatCannotBeRepeatedIsRefusedUnderTheDropIdInstead() throws IOException, InterruptedException {
        Path folder = police().dropFolder();
        List<String> before = results(folder);
        byte[] good = new PoliceFile().with(PoliceFile.person("50001")).bytes();
        Path source = Files.write(NEIGHBOURS.folder().resolve("source.csv"), good);
        String script = "cd \"$1\" && cp \"$2\" 'a\nb.csv' && cp \"$2\" 'x..%2f..%2fy.csv' && cp \"$2\" './-rf.csv'"
                + " && cp \"$2\" '=cmd|x.csv' && cp \"$2\" \"$(printf 'x\\377y.csv')\""
                + " && cp \"$2\" \"$(printf '%0250d' 7).csv\" && cp \"$2\" 'a b.csv' && cp \"$2\" 'a\\b.csv'";
        Process names = new ProcessBuilder("sh", "-c", script, "sh", folder.toString(), source.toString()).start();
        assertThat(names.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(names.exitValue()).isZero();

        await("results of hostile names")
                .atMost(RunningGateway.SOON)
                .until(() -> results(folder).size() == before.size() + 8);
        List<String> added = new ArrayList<>(results(folder));
        added.removeAll(before);
        for (String name : added) {
            assertThat(name).matches("[0-9a-f-]{36}\\.result\\.csv");
            assertThat(Result.read(folder.resolve(name)).codes()).containsExactly("EMB-1007");
        }
        police().drop("longest-good-name." + "x".repeat(170), good);
        assertThat(police().result("longest-good-name." + "x".repeat(170)).codes())
                .containsExactly("ok");
    }

    private static List<String> results(Path folder) {
        return RunningGateway.filesOf(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".result.csv"))
                .toList();
    }

    @Test
    @Order(6)
    void theSameRowsUnderAnotherNameAreDuplicatesAndOtherRowsUnderTheSameNameFlow() {
        byte[] first = new PoliceFile()
                .with(PoliceFile.person("60001"))
                .with(PoliceFile.person("60002"))
                .bytes();
        police().drop("first.csv", first);
        List<String> exchanges = police().result("first.csv").exchanges();
        assertThat(exchanges).hasSize(2);

        police().drop("second.csv", first);
        Result again = police().result("second.csv");
        assertThat(again.codes()).containsExactly("EMB-1108", "EMB-1108");
        assertThat(again.lines()).extracting(Result.Line::exchange).isEqualTo(exchanges);

        police().drop(
                        "first.csv",
                        new PoliceFile().with(PoliceFile.person("60003")).bytes());
        await("the result of the second drop of a name")
                .atMost(RunningGateway.SOON)
                .until(() -> police().result("first.csv").lines().size() == 1);
        assertThat(police().result("first.csv").codes()).containsExactly("ok");
        assertThat(results(police().dropFolder()))
                .filteredOn(name -> name.startsWith("first.csv.before-"))
                .hasSize(1);
    }

    @Test
    @Order(7)
    void ofACorrectedFileOnlyTheCorrectedRowIsSent() {
        Map<String, String> bad = PoliceFile.person("70002");
        bad.put("důvod", "nic takového");
        police().drop(
                        "corrected-1.csv",
                        new PoliceFile()
                                .with(PoliceFile.person("70001"))
                                .with(bad)
                                .bytes());
        assertThat(police().result("corrected-1.csv").codes()).containsExactly("ok", "EMB-1106");

        police().drop(
                        "corrected-2.csv",
                        new PoliceFile()
                                .with(PoliceFile.person("70001"))
                                .with(PoliceFile.person("70002"))
                                .bytes());
        assertThat(police().result("corrected-2.csv").codes()).containsExactly("EMB-1108", "ok");
    }

    @Test
    @Order(8)
    void rowsWithHostileBytesFailAloneAndMarkupStaysText() throws IOException {
        byte[] wrongBytes =
                PoliceFile.row(PoliceFile.person("80001", "NAME", "Х")).getBytes(StandardCharsets.UTF_8);
        wrongBytes[new String(wrongBytes, StandardCharsets.ISO_8859_1).indexOf("NAME")] = (byte) 0xFF;
        Map<String, String> markup = PoliceFile.person("80002");
        markup.put("poznámka", "]]></StatementText><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;");
        police().drop(
                        "rows.csv",
                        new PoliceFile().covered(wrongBytes).with(markup).bytes());

        Result result = police().result("rows.csv");

        assertThat(result.codes()).containsExactly("EMB-1103", "ok");
        Path handedOver = velmark().handOverFolder().resolve(result.exchanges().get(0) + ".xml");
        await("hand-over of markup").atMost(RunningGateway.SOON).until(() -> Files.exists(handedOver));
        assertThat(Files.readString(handedOver)).contains("&lt;!ENTITY").doesNotContain("<!ENTITY", "<!DOCTYPE");
    }

    @Test
    @Order(9)
    void noSpreadsheetOfTheRecipientTakesAValueForAFormula() throws IOException {
        velmark()
                .drop(
                        "formulas.dat",
                        new BorderGuardFile(902, 1)
                                .put(1, 11, 30, "=CMD(A1)")
                                .put(1, 41, 30, "@SUM(1)")
                                .put(1, 138, 18, "-2+3")
                                .bytes());
        Result result = velmark().result("formulas.dat");
        assertThat(result.codes()).containsExactly("ok");
        Path handedOver = police().handOverFolder().resolve(result.exchanges().get(0) + ".csv");

        await("hand-over of formulas").atMost(RunningGateway.SOON).until(() -> Files.exists(handedOver));

        String text = Files.readString(handedOver);
        assertThat(text).contains("'=CMD(A1)", "'@SUM(1)", "'-2+3");
        assertThat(text.split("[;\r\n]")).noneMatch(cell -> cell.matches("\"?[=@+-].*"));
    }

    @Test
    @Order(10)
    void afterAllThisEveryAcceptedRowIsHandedOverAndBothGatewaysStillWork() {
        police().drop(
                        "last.csv",
                        new PoliceFile().with(PoliceFile.person("90001")).bytes());
        velmark().drop("last.dat", new BorderGuardFile(903, 4).bytes());
        assertThat(police().result("last.csv").codes()).containsExactly("ok");
        assertThat(velmark().result("last.dat").codes()).containsExactly("ok", "ok", "ok", "ok");

        NEIGHBOURS.awaitHandedOver(police(), sent(police()).size());
        NEIGHBOURS.awaitHandedOver(velmark(), sent(velmark()).size());
        assertThat(exchanges(velmark(), ".xml")).isEqualTo(new TreeSet<>(sent(police())));
        assertThat(exchanges(police(), ".csv")).isEqualTo(new TreeSet<>(sent(velmark())));
        for (RunningGateway gateway : NEIGHBOURS.all()) {
            assertThat(gateway.running()).isTrue();
            assertThat(RunningGateway.filesOf(gateway.dropFolder().resolve(".staging")))
                    .isEmpty();
            assertThat(gateway.dropFolder().resolve(".staging")).isEmptyDirectory();
        }
    }

    private static TreeSet<String> exchanges(RunningGateway recipient, String ending) {
        TreeSet<String> exchanges = new TreeSet<>();
        recipient
                .handedOver()
                .forEach(file -> exchanges.add(file.getFileName().toString().replace(ending, "")));
        return exchanges;
    }
}
