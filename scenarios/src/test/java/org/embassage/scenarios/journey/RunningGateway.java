package org.embassage.scenarios.journey;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.port.KeySource;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.store.SqlStore;

/** One gateway: its home, its process, and the eyes of its operator. */
final class RunningGateway {

    static final Duration SOON = Duration.ofSeconds(90);
    private static final int STOP_SECONDS = 60;
    private static final int ENDED_BY_SIGTERM = 128 + 15;
    private static final int TAIL = 40;

    final HomePlan plan;
    final GatewayId id;
    private final Optional<Path> clock;
    private final HttpClient health = HttpClient.newHttpClient();
    private Optional<Process> process = Optional.empty();
    private Optional<KeySource> keys = Optional.empty();

    /** @param clock a file that says by how many seconds its clock is ahead of the machine's */
    RunningGateway(HomePlan plan, Optional<Path> clock) {
        this.plan = plan;
        this.clock = clock;
        this.id = plan.gateway();
    }

    // ---- the process

    void start() {
        process = Optional.of(JavaProcess.start(
                beside(".out"),
                beside(".err"),
                temporary(),
                clock,
                List.of("run", "--home", home() + "", "--with-parent")));
    }

    /** Where its process keeps temporary files. */
    Path temporary() {
        return beside(".tmp");
    }

    private Path beside(String ending) {
        return home().resolveSibling(id + ending);
    }

    /** What its process printed. */
    List<Path> printed() {
        return List.of(beside(".out"), beside(".err"));
    }

    void awaitReady() {
        await("readiness of " + id).atMost(SOON).until(this::ready);
    }

    private boolean ready() throws InterruptedException {
        if (!running()) {
            throw new IllegalStateException(id + " ended by itself: " + text(beside(".err")));
        }
        try {
            return health().statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What it answers when it is asked whether it can take drops. */
    HttpResponse<String> health() throws IOException, InterruptedException {
        HttpRequest asked = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + plan.observe() + "/observe/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return health.send(asked, HttpResponse.BodyHandlers.ofString());
    }

    boolean running() {
        return process.map(Process::isAlive).orElse(false);
    }

    /** Whether it still runs after so many milliseconds. */
    boolean runsFor(long millis) throws InterruptedException {
        return !process.orElseThrow().waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.orElseThrow().destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits until it has stopped cleanly. */
    void stop() throws InterruptedException {
        Process running = process.orElseThrow();
        running.destroy();
        if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(id + " did not stop");
        }
        // Its standard input ends as well: whichever it sees first decides.
        if (running.exitValue() != ENDED_BY_SIGTERM && running.exitValue() != 0) {
            throw new IllegalStateException(id + " did not stop cleanly: " + running.exitValue());
        }
    }

    /** One command on this home. */
    JavaProcess.Ended command(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.add("--home");
        arguments.add(home().toString());
        return JavaProcess.run(home().getParent(), clock, arguments);
    }

    // ---- the home

    Path home() {
        return plan.home();
    }

    Path dropFolder() {
        return home().resolve("drop").resolve(plan.feedName());
    }

    /** Drops a whole file as the drop contract wants it: a temporary name, then a rename. */
    void drop(String name, byte[] content) {
        try {
            Path hidden = dropFolder().resolve("." + name.hashCode() + ".tmp");
            Files.write(hidden, content);
            Files.move(hidden, dropFolder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the result of a drop. */
    Result result(String name) {
        Path file = dropFolder().resolve(name + ".result.csv");
        await("result of a drop of " + id).atMost(SOON).until(() -> Files.exists(file));
        return Result.read(file);
    }

    Path handOverFolder() {
        return home().resolve("handover");
    }

    /** The files that are handed over, staging apart. */
    List<Path> handedOver() {
        return filesOf(handOverFolder());
    }

    List<Path> receiptFiles() {
        return filesOf(dropFolder().resolve("receipts"));
    }

    static List<Path> filesOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        return text(home().resolve("log").resolve("gateway.log"));
    }

    String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()))
                + "\n"
                + text(beside(".err"));
    }

    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- the books

    Configuration configuration() {
        return ConfigurationReader.read(home()).fold(good -> good, bad -> {
            throw new IllegalStateException(bad.toString());
        });
    }

    synchronized KeySource keys() {
        if (keys.isEmpty()) {
            keys = Optional.of(Parts.keys(configuration(), Clock.systemUTC()));
        }
        return keys.get();
    }

    /** Reads the store beside the running gateway, as every command does. */
    <T> T books(Function<SqlStore, T> question) {
        try (SqlStore store = Parts.storeToRead(configuration(), keys())) {
            return question.apply(store);
        }
    }

    /** How many receipts by the peer have no proof yet, of the first hundred. */
    int unproven(GatewayId peer) {
        return books(store -> store.register().withoutProof(peer, 100).size());
    }

    /** What waits for a person. */
    List<QuarantineView> quarantine() {
        return books(store -> store.register().quarantine(1000));
    }
}
