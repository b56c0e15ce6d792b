package org.embassage.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.embassage.gateway.homes.HomePlan;

/** A gateway as {@code ./embassage run} starts it, in a process of its own that ends with this one. */
final class GatewayProcess implements AutoCloseable {

    private static final int NATIVE_ACCESS_SINCE = 22;
    private static final int UNSAFE_WARNS_SINCE = 24;
    private static final int CLOSE_WITHIN_SECONDS = 20;
    private static final int ASK_WITHIN_MILLIS = 2000;

    private final Process process;
    private final HomePlan plan;

    private GatewayProcess(Process process, HomePlan plan) {
        this.process = process;
        this.plan = plan;
    }

    static GatewayProcess start(HomePlan plan) throws IOException {
        Path talk = plan.home().resolve("log").resolve("console.log");
        Process process = new ProcessBuilder(command(plan))
                .redirectErrorStream(true)
                .redirectOutput(talk.toFile())
                .start();
        return new GatewayProcess(process, plan);
    }

    /** The JVM options of the launcher. */
    private static List<String> command(HomePlan plan) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        int java = Runtime.version().feature();
        if (java >= UNSAFE_WARNS_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (java >= NATIVE_ACCESS_SINCE) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(
                "-XX:-HeapDumpOnOutOfMemoryError",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.serialFilter=!*",
                "-Dfile.encoding=UTF-8",
                "-Djava.awt.headless=true",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "org.embassage.gateway.Main",
                "run",
                "--home",
                plan.home().toString(),
                "--with-parent"));
        return command;
    }

    /**
     * Whether it says that it is ready.
     *
     * @throws Unmeasurable if it has ended
     */
    boolean ready() {
        mustLive();
        try {
            HttpURLConnection health =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + plan.observe() + "/observe/health/ready")
                            .toURL()
                            .openConnection();
            health.setConnectTimeout(ASK_WITHIN_MILLIS);
            health.setReadTimeout(ASK_WITHIN_MILLIS);
            try {
                return health.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                health.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    void mustLive() {
        if (!process.isAlive()) {
            throw new Unmeasurable("gateway " + plan.gateway() + " ended with code " + process.exitValue());
        }
    }

    /** CPU time of the process since its start, all threads, user and system; to 10 ms. */
    Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new Unmeasurable("this system does not tell the CPU time of a process"));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException alreadyEnded) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
