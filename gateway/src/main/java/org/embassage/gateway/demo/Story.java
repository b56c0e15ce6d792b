package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Terminal;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;

/** The story: what was done, what came of it, and whether all of it held. */
public final class Story implements AutoCloseable {

    private static final int RECORDS = 20;
    private static final int BAD_RECORD = 7;
    private static final int DAYS = 365;
    private static final int MOST = 1000;
    private static final int SHOWN_LINES = 10;
    private static final int SHOWN_COLUMNS = 110;
    private static final Duration UP_WITHIN = Duration.ofSeconds(60);
    private static final Duration DONE_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Terminal terminal;
    private final Path folder;
    private final HomePlan velmark;
    private final HomePlan ostrana;
    private final List<ChildGateway> children = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private int step;

    /** @param folder where the homes and the bundles go */
    public Story(Terminal terminal, Path folder) {
        this.terminal = terminal;
        this.folder = folder;
        List<Integer> ports = FreePorts.find(6);
        this.velmark = plan("QVL-BG", ports.subList(0, 3));
        this.ostrana = plan("QOS-POL", ports.subList(3, 6));
    }

    private HomePlan plan(String id, List<Integer> ports) {
        GatewayId gateway = new GatewayId(id);
        return new HomePlan(
                gateway,
                folder.resolve(id),
                HomePlan.descriptionsOf(gateway),
                ports.get(0),
                ports.get(1),
                ports.get(2),
                DAYS);
    }

    /**
     * Plays it from the first step to the last.
     *
     * @return what did not hold; empty if all did
     */
    public List<String> play() throws IOException {
        Instant begun = clock.instant();
        makeHomes();
        if (!startGateways()) {
            return failures;
        }
        drop();
        try (Side qvl = Side.of(velmark);
                Side qos = Side.of(ostrana)) {
            await(qvl, qos);
            showHandOver(qvl, qos);
            showReceipts(qvl);
            evidence(qvl, qos);
        }
        terminal.print("");
        terminal.print(
                failures.isEmpty()
                        ? terminal.good("All of it held") + ", in "
                                + Duration.between(begun, clock.instant()).toSeconds() + " s."
                        : terminal.bad("Not all of it held:"));
        failures.forEach(failure -> terminal.print("  - " + failure));
        return failures;
    }

    private void makeHomes() throws IOException {
        step("Two countries, each with an authority, a gateway and throw-away keys");
        new DevelopmentHomes(clock, random).make(List.of(velmark, ostrana));
        terminal.print("  Velmark  " + velmark.home() + "  (border guard)");
        terminal.print("  Ostrana  " + ostrana.home() + "  (police)");
        terminal.print(
                "  Both signed one agreement: people and vehicles travel by JMS, documents and seizures by SFTP;");
        terminal.print("  addresses are stripped and dates of issue masked before anything leaves.");
    }

    private boolean startGateways() {
        step("Two gateways start, each a process with its own broker, SFTP server and database");
        children.add(ChildGateway.start(velmark.home(), velmark.observe()));
        children.add(ChildGateway.start(ostrana.home(), ostrana.observe()));
        boolean up = until(
                "gateways up",
                children.size(),
                () -> children.stream().filter(ChildGateway::ready).count(),
                () -> children.stream().allMatch(ChildGateway::alive),
                UP_WITHIN);
        check(up, "both gateways are up within " + UP_WITHIN.toSeconds() + " s; see log/start.log in each home");
        if (up) {
            told(velmark);
            told(ostrana);
        }
        return up;
    }

    private void told(HomePlan plan) {
        terminal.print("  " + plan.gateway() + "  JMS 127.0.0.1:" + plan.jms() + "  SFTP 127.0.0.1:" + plan.sftp()
                + "  health http://127.0.0.1:" + plan.observe() + "/observe/health/ready");
    }

    private void drop() throws IOException {
        step("The legacy systems drop their files: " + RECORDS + " records each, one of Velmark's is bad");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        put(velmark, "alerts-0001.dat", new QvlSample(random.nextInt(), today).drop(RECORDS, Set.of(BAD_RECORD)));
        put(ostrana, "alerts-0001.csv", new QosSample(random.nextInt(), today).drop(RECORDS, Set.of()));
    }

    /** As a careful legacy system does: under another name first, then renamed. */
    private void put(HomePlan plan, String name, byte[] content) throws IOException {
        Path feed = plan.home().resolve("drop").resolve(plan.feedName());
        Path temporary = Files.createTempFile(plan.home().resolve("data"), "drop", ".part");
        Files.write(temporary, content);
        Files.move(temporary, feed.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        terminal.print("  " + feed.resolve(name) + "  " + content.length + " bytes"
                + (name.endsWith(".dat") ? ", fixed width, IBM870" : ", CSV, UTF-8"));
    }

    private void await(Side qvl, Side qos) {
        step("They travel, signed and encrypted; receipts and ledger proofs come back");
        int all = 2 * RECORDS - 1;
        boolean arrived =
                until("handed over", all, () -> qvl.handedOver() + qos.handedOver(), this::alive, DONE_WITHIN);
        check(arrived, "all " + all + " good records were handed over within " + DONE_WITHIN.toSeconds() + " s");
        boolean proven = until("proven", all, () -> qvl.proven() + qos.proven(), this::alive, DONE_WITHIN);
        check(proven, "all receipts have their proofs within " + DONE_WITHIN.toSeconds() + " s");
        for (Side side : List.of(qvl, qos)) {
            List<ExchangeView> sent =
                    side.register().exchanges(java.util.Optional.empty(), java.util.Optional.empty(), MOST);
            long byJms = sent.stream()
                    .filter(view -> view.transport() == Transport.JMS)
                    .count();
            terminal.print("  " + side.id() + " sent " + sent.size() + ": " + byJms + " by JMS, "
                    + (sent.size() - byJms) + " by SFTP; the peer handed over " + side.handedOver());
            check(byJms > 0 && byJms < sent.size(), side.id() + " used both transports");
        }
        check(qvl.sent().size() == RECORDS - 1, "QVL-BG sent " + (RECORDS - 1));
        check(qos.sent().size() == RECORDS, "QOS-POL sent " + RECORDS);
    }

    private boolean alive() {
        return children.stream().allMatch(ChildGateway::alive);
    }

    private void showHandOver(Side qvl, Side qos) throws IOException {
        step("What each domestic system was given, in its own format");
        handOver(qos, RECORDS - 1);
        handOver(qvl, RECORDS);
        step("What Velmark's legacy system is told about its drop");
        Path result = files(qvl.home().resolve("drop").resolve(velmark.feedName()), ".result.csv").stream()
                .findFirst()
                .orElse(qvl.home());
        check(Files.isRegularFile(result), "a result file lies beside the drop");
        if (Files.isRegularFile(result)) {
            List<String> lines = Files.readAllLines(result, StandardCharsets.UTF_8);
            terminal.print("  " + result);
            List.of(0, BAD_RECORD - 1, BAD_RECORD).forEach(line -> terminal.print("    " + cut(lines.get(line))));
            check(lines.get(BAD_RECORD).contains("EMB-"), "the bad record was refused with a code");
        }
    }

    private void handOver(Side side, int expected) throws IOException {
        List<Path> files = files(side.home().resolve("handover"), "");
        check(files.size() == expected, side.id() + " handed over " + expected + " files");
        terminal.print("  " + side.home().resolve("handover") + "  " + files.size() + " files, for example");
        if (!files.isEmpty()) {
            terminal.print("  " + files.get(0).getFileName());
            Files.readAllLines(files.get(0), StandardCharsets.UTF_8).stream()
                    .limit(SHOWN_LINES)
                    .forEach(line -> terminal.print("    " + terminal.faint(cut(line))));
        }
    }

    private void showReceipts(Side qvl) {
        step("The receipts of one exchange, oldest first");
        var exchange = qvl.sent().get(0);
        terminal.print("  exchange " + exchange);
        qvl.register()
                .receipts(exchange)
                .forEach(receipt -> terminal.print("  " + receipt.time() + "  " + receipt.issuer() + " states "
                        + receipt.event().etsiName() + "; leaf " + receipt.leafIndex() + " of QVL-BG's ledger"));
    }

    private void evidence(Side qvl, Side qos) throws IOException {
        step("An auditor takes the evidence away and judges it alone, offline, with anchors of his own");
        Bundles bundles = new Bundles(folder.resolve("bundles"), velmark.home().resolve("trust"));
        List<Path> written = new ArrayList<>(bundles.export(qvl, qos));
        written.addAll(bundles.export(qos, qvl));
        int passed = 0;
        for (Path bundle : written) {
            VerificationReport report = bundles.verify(Files.readAllBytes(bundle));
            boolean good = report.verdict() == Verdict.TOTAL_PASSED;
            passed += good ? 1 : 0;
            check(good, bundle.getFileName() + " verifies: " + report.sentence());
            if (bundle.getParent() != null && bundle.getParent().equals(bundles.folder())) {
                terminal.print("  " + bundle.getFileName() + "  " + verdict(report) + "  " + report.subject());
            }
        }
        terminal.print("  " + passed + " of " + written.size()
                + " bundles verify: one for each direction and one for each" + " exchange, with every receipt.");
        tamper(bundles, written.get(1));
        next(bundles, written.get(1));
    }

    private String verdict(VerificationReport report) {
        String words = report.verdict().words();
        return report.verdict() == Verdict.TOTAL_PASSED ? terminal.good(words) : terminal.bad(words);
    }

    private void tamper(Bundles bundles, Path bundle) throws IOException {
        step("Somebody changes one byte of it");
        byte[] content = Files.readAllBytes(bundle);
        Tampering.Change change = Tampering.change(content);
        Path tampered = bundles.folder().resolve("tampered.zip");
        Files.write(tampered, content);
        VerificationReport report = bundles.verify(content);
        terminal.print("  byte " + change.offset() + ", in the time of the hand-over: '" + change.before()
                + "' became '" + change.after() + "'");
        terminal.print("  " + tampered + "  " + verdict(report));
        terminal.print("  " + report.sentence());
        report.checks().stream()
                .filter(check -> check.status() == Status.FAIL)
                .map(CheckResult::sentence)
                .forEach(sentence -> terminal.print("    " + cut("FAIL  " + sentence)));
        check(report.verdict() == Verdict.TOTAL_FAILED, "the changed bundle fails");
    }

    private void next(Bundles bundles, Path bundle) {
        step("Where to look next");
        terminal.print("  ./embassage status --home " + velmark.home());
        terminal.print("  ./embassage exchange list --home " + velmark.home());
        terminal.print("  ./embassage quarantine list --home " + velmark.home());
        terminal.print("  ./embassage ledger verify --home " + ostrana.home());
        terminal.print("  ./embassage verify " + bundle + " --trust " + bundles.trust() + " --report detailed");
        terminal.print("  ./embassage run --home " + velmark.home() + "   (and the other, when they are not running)");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(folder)) {
            return listed.filter(file -> file.getFileName().toString().endsWith(ending)
                            && !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    private boolean until(String what, long total, LongSupplier done, BooleanSupplier worthwhile, Duration within) {
        Progress progress = new Progress(terminal, what, total);
        Instant deadline = clock.instant().plus(within);
        long reached = done.getAsLong();
        while (reached < total && worthwhile.getAsBoolean() && clock.instant().isBefore(deadline)) {
            Pause.take(LOOK);
            reached = done.getAsLong();
            progress.at(reached);
        }
        progress.end();
        return reached >= total;
    }

    private void step(String title) {
        step++;
        terminal.print("");
        terminal.print(terminal.bold(step + ". " + title));
    }

    private void check(boolean held, String what) {
        if (!held) {
            failures.add(what);
        }
    }

    private static String cut(String line) {
        return line.length() <= SHOWN_COLUMNS ? line : line.substring(0, SHOWN_COLUMNS) + " ...";
    }

    /** Whether both gateways still run. */
    public boolean running() {
        return !children.isEmpty() && alive();
    }

    /** Stops both gateways. */
    @Override
    public void close() {
        children.forEach(ChildGateway::close);
        children.clear();
    }
}
