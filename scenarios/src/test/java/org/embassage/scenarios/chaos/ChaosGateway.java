package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.KeySource;
import org.embassage.gateway.assembly.ChaosGatewayMain;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.scenarios.chaos.Disturbance.Door;
import org.embassage.store.SqlStore;

/** One gateway under test: its home, its disk, its process, and the relays before its doors. Used by one thread but to read. */
final class ChaosGateway {

    private static final Duration UP_WITHIN = Duration.ofMinutes(8);
    private static final int HTTP_MILLIS = 3000;

    final HomePlan plan;
    final Path control;
    final Optional<Disk> disk;
    private final Relay jms;
    private final Relay sftp;
    private final Check off;
    private final Duration again;
    private final Faults faults;
    private Optional<Process> process = Optional.empty();
    private boolean endedByUs = true;
    private int starts;
    private volatile boolean closed;

    ChaosGateway(HomePlan plan, Optional<Disk> disk, Relay jms, Relay sftp, Check off, Duration again) {
        this.plan = plan;
        this.disk = disk;
        this.jms = jms;
        this.sftp = sftp;
        this.off = off;
        this.again = again;
        this.control = beside(".control");
        this.faults = new Faults(control);
    }

    GatewayId id() {
        return plan.gateway();
    }

    Path home() {
        return plan.home();
    }

    private Path beside(String ending) {
        return home().resolveSibling(plan.gateway() + ending);
    }

    Relay door(Door door) {
        return door == Door.JMS ? jms : sftp;
    }

    // ---- the process

    /** Starts it if it does not run. */
    void start() {
        if (closed || running()) {
            return;
        }
        Faults.forget(pid());
        starts++;
        endedByUs = false;
        Control.take(control, "crash");
        List<String> command = new ArrayList<>(java(List.of(
                ChaosGatewayMain.class.getName(),
                home().toString(),
                control.toString(),
                off.word(),
                again.toString())));
        try {
            Files.createDirectories(control);
            Files.createDirectories(beside(".tmp"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(beside(".out").toFile()))
                    .redirectError(
                            ProcessBuilder.Redirect.appendTo(beside(".err").toFile()));
            faults.prepare(builder.environment(), off);
            process = Optional.of(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> java(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Djdk.serialFilter=!*",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + beside(".tmp"),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(arguments);
        return command;
    }

    boolean running() {
        return process.map(Process::isAlive).orElse(false);
    }

    int starts() {
        return starts;
    }

    /** Whether it ended though nobody ended it. */
    boolean endedByItself() {
        return !endedByUs && process.isPresent() && !running();
    }

    int exit() {
        return process.map(Process::exitValue).orElse(0);
    }

    Faults faults() {
        return faults;
    }

    long pid() {
        return process.map(Process::pid).orElse(0L);
    }

    /** SIGKILL. */
    void kill() {
        endedByUs = true;
        process.ifPresent(running -> {
            running.destroyForcibly();
            await(running, Duration.ofSeconds(20));
        });
    }

    /** SIGTERM. */
    void stop() {
        endedByUs = true;
        process.ifPresent(running -> {
            running.destroy();
            if (!await(running, Duration.ofSeconds(40))) {
                kill();
            }
        });
    }

    /** Arms a crash point and waits until the process has passed it. @return whether it did in time */
    boolean crashAt(String point, int nth, Duration within) {
        Control.take(control, "crashed");
        Control.write(control, "crash", point + " " + nth);
        boolean ended = process.map(running -> await(running, within)).orElse(true);
        boolean there = Control.take(control, "crashed");
        if (there) {
            endedByUs = true;
        }
        return ended && there;
    }

    void suspend() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", name, Long.toString(pid())).start();
            await(kill, Duration.ofSeconds(5));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean await(Process process, Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until it is ready or has ended. @return whether it is ready */
    boolean awaitReady() {
        long end = System.nanoTime() + UP_WITHIN.toNanos();
        while (System.nanoTime() < end && running()) {
            if (ready()) {
                return true;
            }
            LockSupport.parkNanos(100_000_000);
        }
        return false;
    }

    private boolean ready() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + plan.observe() + "/observe/health/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(HTTP_MILLIS);
            connection.setReadTimeout(HTTP_MILLIS);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    // ---- commands, as an operator or an auditor gives them

    /** Runs one command of {@code main} to its end. */
    Ended command(String main, List<String> words) {
        List<String> all = new ArrayList<>(List.of(main));
        all.addAll(words);
        try {
            Path out = Files.createTempFile(beside(".tmp"), "command", ".txt");
            Process command = new ProcessBuilder(java(all))
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            command.getOutputStream().close();
            if (!await(command, Duration.ofMinutes(10))) {
                command.destroyForcibly();
                return new Ended(-1, "did not end: " + words);
            }
            return new Ended(command.exitValue(), Files.readString(out, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that ended, and what it printed. */
    record Ended(int exit, String out) {}

    // ---- the home

    Path dropFolder() {
        return home().resolve("drop").resolve(plan.feedName());
    }

    Path handOverFolder() {
        return home().resolve("handover");
    }

    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the store beside the running gateway, as every command does. */
    <T> T books(Function<SqlStore, T> question) {
        Configuration configuration = ConfigurationReader.read(home()).fold(good -> good, bad -> {
            throw new IllegalStateException(bad.toString());
        });
        KeySource keys = Parts.keys(configuration, Clock.systemUTC());
        try (SqlStore store = Parts.storeToRead(configuration, keys)) {
            return question.apply(store);
        }
    }

    /** The end of what it printed. */
    String lastWords() {
        Path file = beside(".err");
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends everything. @param keep whether the home stays */
    void close(boolean keep) {
        closed = true;
        resume();
        kill();
        Faults.forget(pid());
        jms.close();
        sftp.close();
        disk.ifPresent(it -> {
            if (keep) {
                it.keep();
            } else {
                it.remove();
            }
        });
    }
}
