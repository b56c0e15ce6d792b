package org.embassage.gateway.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A gateway that runs as a process of its own, and stops when this one ends, however it ends. */
final class ChildGateway implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 15;
    private static final int HTTP_MILLIS = 2000;
    private static final int READY = 200;

    private final Process process;
    private final int observePort;

    private ChildGateway(Process process, int observePort) {
        this.process = process;
        this.observePort = observePort;
    }

    /** Starts {@code run} of a home with the Java and the classes of this process. */
    static ChildGateway start(Path home, int observePort) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1", // it lives for minutes: the second compiler would not pay
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.serialFilter=!*",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "org.embassage.gateway.Main",
                "run",
                "--home",
                home.toString(),
                "--with-parent");
        try {
            // Its standard input ends with this process, and that stops it.
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("log").resolve("start.log").toFile())
                    .start();
            return new ChildGateway(process, observePort);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Whether it says of itself that it can take drops. */
    boolean ready() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + observePort + "/observe/health/ready")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(HTTP_MILLIS);
            connection.setReadTimeout(HTTP_MILLIS);
            int status = connection.getResponseCode();
            if (status == READY) {
                try (InputStream body = connection.getInputStream()) {
                    body.readAllBytes();
                }
            }
            return status == READY;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Asks it to stop and waits; then ends it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
