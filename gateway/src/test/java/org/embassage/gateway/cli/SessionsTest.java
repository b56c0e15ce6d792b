package org.embassage.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.gateway.evidence.SyntheticGateway;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole sessions at a home whose gateway does not run: what each command prints, says and ends with. Ids and times are written as
 * {@code <id>} and {@code <time>}. With {@code -Dtranscripts.write=true} the sessions are written down anew; then read the
 * difference.
 */
class SessionsTest {

    private static final Path WRITTEN = Path.of("src/test/resources/org/embassage/gateway/cli/sessions");
    private static final String OFFICER = "embassage.officer";

    @TempDir
    Path folder;

    private final Map<String, String> names = new LinkedHashMap<>();
    private Path home;

    @BeforeEach
    void make() throws IOException {
        System.setProperty(OFFICER, folder.resolve("officer").toString());
        try (SyntheticGateway gateway = new SyntheticGateway(folder)) {
            home = gateway.home;
            ExchangeId sent = gateway.send(SyntheticGateway.POLICE, "PersonAlert", 1, 2, Instant.now())
                    .get(0);
            gateway.refuse(SyntheticGateway.POLICE, Instant.now());
            StepResult kept = gateway.store()
                    .journal()
                    .commit(StepOutcome.of(item("receipt-0123456789abcdef"), item("bundle-0123456789abcdef")));
            assertThat(kept).isInstanceOf(StepResult.Committed.class);
            gateway.checkpoint();
            names.put("HOME", home.toString());
            names.put("OUT", folder.toString());
            names.put("EXCHANGE", sent.toString());
        }
    }

    private static Fact.Quarantined item(String id) {
        return new Fact.Quarantined(
                id,
                Fault.of(FaultCode.RECEIPT_FOREIGN),
                Optional.empty(),
                Optional.of(SyntheticGateway.POLICE),
                Optional.empty(),
                Optional.empty(),
                Instant.parse("2031-05-01T08:00:00Z"),
                new Content("SYNTHETIC".getBytes(StandardCharsets.UTF_8)));
    }

    @AfterEach
    void forget() {
        System.clearProperty(OFFICER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"peer", "quarantine", "erase", "export", "export-help", "ledger", "witness", "pouch"})
    void aSessionGoesAsItIsWrittenDown(String name) throws IOException {
        play(name);
    }

    @Test
    void aDisputeIsMadeOfTheBundlesOfTwoSides() throws IOException {
        for (String dispute : List.of("good-match", "missing-on-one-side", "conflicting")) {
            sides(Path.of("../vectors/disputes", dispute + ".zip"), folder.resolve(dispute));
        }
        play("dispute");
    }

    /** Takes the two bundles out of a dispute file. */
    private static void sides(Path dispute, Path to) throws IOException {
        Files.createDirectories(to);
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(dispute))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().startsWith("sides/")) {
                    Files.write(to.resolve(entry.getName().substring("sides/".length())), zip.readAllBytes());
                }
            }
        }
    }

    @Test
    void anOrderThatNoGatewayTakesIsWithdrawn() throws IOException {
        try (OrderFolder.Held held = OrderFolder.in(home).hold().orElseThrow()) {
            assertThat(held).isNotNull();
            play("order-not-taken");
        }
        try (Stream<Path> left = Files.list(home.resolve("data/orders"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly(".lock");
        }
    }

    private void play(String name) throws IOException {
        Path file = WRITTEN.resolve(name + ".txt");
        String written = Files.readString(file);
        StringBuilder happened = new StringBuilder();
        for (String line : written.lines().filter(each -> each.startsWith("$ ")).toList()) {
            happened.append(line).append('\n').append(run(line));
        }
        if (Boolean.getBoolean("transcripts.write")) {
            Files.writeString(file, happened);
            return;
        }
        assertThat(happened).hasToString(written);
    }

    private String run(String line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream talk = new ByteArrayOutputStream();
        String command = line;
        for (Map.Entry<String, String> name : names.entrySet()) {
            command = command.replace(name.getKey(), name.getValue());
        }
        List<String> words = List.of(command.split(" ", -1));
        int exit = Cli.execute(
                new Terminal(stream(out), stream(talk), false, false, false, false),
                words.subList(2, words.size()).toArray(String[]::new));
        return plain(out) + talkOf(plain(talk)) + "[" + exit + "]\n\n";
    }

    private static String talkOf(String talk) {
        return talk.lines().map(line -> "# " + line + "\n").reduce("", String::concat);
    }

    private String plain(ByteArrayOutputStream printed) {
        String text = printed.toString(StandardCharsets.UTF_8);
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getValue(), name.getKey());
        }
        return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "<time>")
                .replaceAll("\\b[0-9]+ (s|min|h|d)\\b", "<age>")
                .replaceAll("[0-9a-f]{64}", "<digest>")
                .replaceAll("([0-9a-f]{8} ){7}[0-9a-f]{8}", "<digest>")
                .replaceAll("\\b[0-9]{3,} bytes", "<n> bytes")
                .replaceAll("\"20[0-9]{6}\"", "\"<epoch>\"")
                .replaceAll("\\+[0-9a-f]{8}\\+[A-Za-z0-9+/=]+", "+<key>")
                .replaceAll("(?m) +$", "");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
