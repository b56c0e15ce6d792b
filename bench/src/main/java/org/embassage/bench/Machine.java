package org.embassage.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the figures come from: they mean little anywhere else.
 *
 * @param cores that this process may use
 * @param processor model, or the architecture where the system does not tell
 * @param commit of the sources, marked {@code +} if they were changed after it
 */
record Machine(int cores, String processor, String java, String system, String version, String commit) {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path TIMES = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int COUNTED = 8;

    static Machine here(String version) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorModel(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                version,
                System.getProperty("embassage.bench.commit", "unknown"));
    }

    private static String processorModel() {
        return lines(PROCESSORS).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    /** How much all processors of the machine worked since it started, for whomever; only Linux tells. */
    static Optional<Work> work() {
        return lines(TIMES).stream()
                .findFirst()
                .filter(line -> line.startsWith("cpu "))
                .map(Machine::work);
    }

    private static Work work(String line) {
        String[] ticks = line.strip().split(" +");
        long all = 0;
        long idle = 0;
        for (int i = 0; i < Math.min(COUNTED, ticks.length - 1); i++) {
            long one = Long.parseLong(ticks[i + 1]);
            all += one;
            idle += i == IDLE || i == WAITING ? one : 0;
        }
        return new Work(all - idle, all);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** In ticks since the start of the machine. */
    record Work(long busy, long all) {
        /** Share of the processors that worked since {@code earlier}, 0 to 1. */
        double since(Work earlier) {
            return (double) (busy - earlier.busy) / Math.max(1, all - earlier.all);
        }
    }
}
