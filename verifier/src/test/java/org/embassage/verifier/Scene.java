package org.embassage.verifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.verify.Period;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.evidence.verify.World;

/** A folder of files as an auditor has them, and the command run in it. */
final class Scene {

    private final Path folder;
    final World world = World.handedOver();

    Scene(Path folder) {
        this.folder = folder;
        byte[] good = world.bundle();
        Receipt handedOver = world.receipts.get(2);
        put("good.zip", good);
        put("bundle.zip", good);
        put("receipt.asice", handedOver.container());
        put("changed.zip", changed(good, handedOver));
        put("incomplete.zip", world.write(world.receipts.subList(0, 1), writer -> {}));
        put("policy.txt", World.text(VerifyPolicy.BASELINE));
        put("nonsense.txt", World.text("optional everything\n"));
        put("anchors/QVL.pem", pem(world.qvlAuthority.certificate()));
        put("anchors/QOS.pem", pem(world.qosAuthority.certificate()));
        put("strangers/QVL.pem", pem(new TestPki("Another CA").certificate()));
        put("archive/2031-04/good.zip", good);
        put("archive/2031-05/incomplete.zip", world.write(world.receipts.subList(0, 1), writer -> {}));
        put("archive/2031-05/receipt.asice", handedOver.container());
        put("archive/changed.zip", changed(good, handedOver));
        put("archive/notes.txt", World.text("no evidence"));
        put("whole/2031-04/good.zip", good);
        put("whole/2031-05/good.zip", good);
        put("hostile/any.pem", pem(new TestPki("\u05D0\u202Egnp").certificate()));
        put("empty/readme.txt", World.text("no certificate here"));
    }

    /** What an auditor has besides who asked for a period, for both sides' evidence and for a peer's alarms. */
    Scene withPeriodAndDispute() {
        put("unstamped.zip", world.bundle());
        put("bundle.zip", world.bundleOf(world::longTerm, writer -> {}));
        put("anchors/time-stamping/tsa.pem", pem(world.tsa.authority().certificate()));
        accusation();
        Period period = new Period();
        put("period.zip", period.bundle());
        put("dropped.zip", period.without(6).bundle());
        put("anchors/QVL-2.pem", pem(period.world.qvlAuthority.certificate()));
        put("anchors/QOS-2.pem", pem(period.world.qosAuthority.certificate()));
        put(
                "dispute.zip",
                DisputeBundle.of(
                                world.bundle(),
                                world.peersBundle(world.receipts.subList(0, 2), writer -> {}),
                                Optional.of(world.exchange),
                                Instant.parse("2031-05-02T08:00:00Z"))
                        .fold(DisputeBundle.Made.Written::content, refused -> {
                            throw new IllegalStateException(refused.problem());
                        }));
        return this;
    }

    /** A proof against QOS-POL, and its card, which has the key. */
    void accusation() {
        TestLedger ledger = world.qosLedger;
        TestLedger other = ledger.fork((int) ledger.tree().size() - 1);
        other.append(LedgerLeaf.epoch("rewritten", "-"));
        put(
                "QOS-POL.1.misbehaviour",
                new Misbehaviour(
                                ledger.vkey(),
                                "QVL-BG",
                                Instant.parse("2031-05-01T12:00:00Z"),
                                ledger.checkpoint(),
                                other.checkpoint(),
                                Optional.empty(),
                                0,
                                List.of())
                        .octets());
        SortedMap<String, byte[]> files =
                EvidenceBundle.read(world.bundle()).orElseThrow().files();
        for (String card : List.of("QOS-POL.1.card.xml", "QOS-POL.1.card.xml.p7s")) {
            put("anchors/" + card, Objects.requireNonNull(files.get("cards/" + card)));
        }
    }

    /** One bit of evidence.xml of the ContentHandover, wherever it lies in the file. */
    private static byte[] changed(byte[] bundle, Receipt receipt) {
        byte[] changed = bundle.clone();
        String text = new String(bundle, StandardCharsets.ISO_8859_1);
        int container = text.indexOf("PK", text.indexOf(BundlePath.receipt(receipt.id()) + "PK"));
        changed[text.indexOf("<HandoverBasis>WRITTEN", container) + 15] ^= 1;
        return changed;
    }

    private void put(String name, byte[] content) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void copy(String from, String to) {
        try {
            put(to, Files.readAllBytes(folder.resolve(from)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pem(X509Certificate certificate) {
        try {
            return World.text("-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the command did. */
    record Run(int exitCode, String out, String err) {}

    /** Runs {@code embassage-verify} with arguments in which {@code @/} stands for the scene's folder. */
    Run run(List<String> arguments) {
        return run(arguments, Clock.systemUTC());
    }

    /** The same, by another clock. */
    Run run(List<String> arguments, Clock clock) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = execute(arguments, clock, out, err);
        return new Run(exitCode, steady(out.toString()), steady(err.toString()));
    }

    private int execute(List<String> arguments, Clock clock, StringWriter out, StringWriter err) {
        return Main.commandLine(new VerifyCommand(clock))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.stream()
                        .map(argument -> argument.startsWith("@/")
                                ? folder.resolve(argument.substring(2)).toString()
                                : argument)
                        .toArray(String[]::new));
    }

    /** @return what the command prints, as it prints it */
    String runPlainly(List<String> arguments) {
        StringWriter out = new StringWriter();
        execute(arguments, Clock.systemUTC(), out, new StringWriter());
        return out.toString();
    }

    /** Without what differs from run to run. */
    private String steady(String text) {
        String steady = text.replace(System.lineSeparator(), "\n").replace(folder.toString(), "@");
        steady = steady.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("\\b[0-9a-f]{64}\\b", "<sha256>")
                .replaceAll("\\b[0-9a-f]{16}\\b", "<short>")
                .replaceAll("\\.[0-9a-f]{8}\\.note", ".<hash>.note")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                .replaceAll("\\b\\d+ bytes", "<n> bytes")
                .replaceAll("\"bytes\": ?\\d+", "\"bytes\": <n>");
        return Stream.of(steady.split("\n", -1))
                .map(String::stripTrailing)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }
}
