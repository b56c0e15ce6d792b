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
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;

/** The acts of the main job: records are dropped, travel both ways, are handed over, and leave receipts. */
final class Crossing {

    private static final int RECORDS = 20;
    private static final int BAD_RECORD = 7;
    private static final int MOST = 1000;
    private static final int SHOWN_LINES = 10;
    private static final Duration DONE_WITHIN = Duration.ofSeconds(180);
    private static final DateTimeFormatter CLOCK_TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final Stage stage;
    private final Side qvl;
    private final Side qos;
    private final BooleanSupplier alive;

    /** @param alive whether both gateways still run */
    Crossing(Stage stage, Side qvl, Side qos, BooleanSupplier alive) {
        this.stage = stage;
        this.qvl = qvl;
        this.qos = qos;
        this.alive = alive;
    }

    void drop(SecureRandom random) throws IOException {
        stage.act("The legacy systems drop their files: " + RECORDS + " records each, one of Velmark's is bad");
        LocalDate today = LocalDate.ofInstant(Clock.systemUTC().instant(), ZoneOffset.UTC);
        put(qvl.plan(), "alerts-0001.dat", new QvlSample(random.nextInt(), today).drop(RECORDS, Set.of(BAD_RECORD)));
        put(qos.plan(), "alerts-0001.csv", new QosSample(random.nextInt(), today).drop(RECORDS, Set.of()));
    }

    /** As a domestic system does it: under another name first, then renamed. */
    private void put(HomePlan plan, String name, byte[] content) throws IOException {
        Path feed = plan.home().resolve("drop").resolve(plan.feedName());
        Path temporary = Files.createTempFile(plan.home().resolve("data"), "drop", ".part");
        Files.write(temporary, content);
        Files.move(temporary, feed.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        stage.line(feed.resolve(name) + "  " + content.length + " bytes"
                + (name.endsWith(".dat") ? ", fixed width, IBM870" : ", CSV, UTF-8"));
    }

    void await() {
        stage.act("They travel, signed and encrypted; receipts and ledger proofs come back");
        int all = 2 * RECORDS - 1;
        boolean arrived =
                stage.until("handed over", all, () -> qvl.handedOver() + qos.handedOver(), alive, DONE_WITHIN);
        stage.check(arrived, "all " + all + " good records were handed over within " + DONE_WITHIN.toSeconds() + " s");
        boolean proven = stage.until("proven", all, () -> qvl.proven() + qos.proven(), alive, DONE_WITHIN);
        stage.check(proven, "all receipts have their proofs within " + DONE_WITHIN.toSeconds() + " s");
        for (Side side : List.of(qvl, qos)) {
            List<ExchangeView> sent = side.register().exchanges(Optional.empty(), Optional.empty(), MOST);
            long byJms = sent.stream()
                    .filter(view -> view.transport() == Transport.JMS)
                    .count();
            stage.line(side.id() + " sent " + sent.size() + ": " + byJms + " by JMS, " + (sent.size() - byJms)
                    + " by SFTP; the peer handed over " + side.handedOver());
            stage.check(byJms > 0 && byJms < sent.size(), side.id() + " used both transports");
        }
        stage.check(qvl.sent().size() == RECORDS - 1, "QVL-BG sent " + (RECORDS - 1));
        stage.check(qos.sent().size() == RECORDS, "QOS-POL sent " + RECORDS);
    }

    void showHandOver() throws IOException {
        stage.act("What each domestic system was given, in its own format");
        handOver(qos, RECORDS - 1);
        handOver(qvl, RECORDS);
        stage.act("What Velmark's legacy system is told about its drop");
        Path result = Trees.files(qvl.home().resolve("drop").resolve(qvl.plan().feedName()), ".result.csv").stream()
                .findFirst()
                .orElse(qvl.home());
        stage.check(Files.isRegularFile(result), "a result file lies beside the drop");
        if (Files.isRegularFile(result)) {
            List<String> lines = Files.readAllLines(result, StandardCharsets.UTF_8);
            stage.line(result.toString());
            List.of(0, BAD_RECORD - 1, BAD_RECORD).forEach(line -> stage.quote(lines.get(line)));
            stage.check(lines.get(BAD_RECORD).contains("EMB-"), "the bad record was refused with a code");
        }
    }

    private void handOver(Side side, int expected) throws IOException {
        List<Path> files = Trees.files(side.home().resolve("handover"), "");
        stage.check(files.size() == expected, side.id() + " handed over " + expected + " files");
        stage.line(side.home().resolve("handover") + "  " + files.size() + " files, for example");
        if (!files.isEmpty()) {
            stage.line(files.get(0).getFileName().toString());
            Files.readAllLines(files.get(0), StandardCharsets.UTF_8).stream()
                    .limit(SHOWN_LINES)
                    .forEach(stage::quote);
        }
    }

    void showReceipts() {
        stage.act("Who signed what about one exchange, and in whose ledger it lies");
        ExchangeId exchange = qvl.sent().get(0);
        stage.line("exchange " + exchange);
        stage.space();
        Figure figure = new Figure(qvl.id().toString(), qos.id().toString());
        boolean sent = false;
        for (StoredReceipt receipt : qvl.register().receipts(exchange)) {
            String words = time(receipt.time()) + "  " + receipt.event().etsiName();
            if (receipt.issued()) {
                figure.left(words + ", signed; entry " + receipt.leafIndex());
            } else {
                figure.right(words + ", signed").toLeft("its receipt; entry " + receipt.leafIndex() + " here as well");
            }
            if (!sent) {
                figure.toRight("the record, signed and encrypted");
                sent = true;
            }
        }
        figure.lines().forEach(stage::line);
        stage.space();
        stage.repeat("./embassage exchange show " + exchange + " --home " + qvl.home());
    }

    private static String time(Instant at) {
        return CLOCK_TIME.format(at);
    }
}
