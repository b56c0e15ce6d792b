package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What stands between one process and its kernel: libfiu for calls that fail, libfaketime for the clock, libeatmydata for an
 * fsync that does nothing. Each only where it is installed.
 */
final class Faults {

    private static final List<Path> LIBRARIES =
            List.of(Path.of("/usr/lib/x86_64-linux-gnu"), Path.of("/usr/lib/aarch64-linux-gnu"), Path.of("/usr/lib"));
    private static final String FULL = "28";
    private static final String EIO = "5";

    private final Path control;

    Faults(Path control) {
        this.control = control;
    }

    private static List<Path> find(String... names) {
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            LIBRARIES.stream()
                    .map(folder -> folder.resolve(name))
                    .filter(Files::exists)
                    .findFirst()
                    .ifPresent(found::add);
        }
        return found.size() == names.length ? found : List.of();
    }

    private static List<Path> fiu() {
        return find("fiu/fiu_run_preload.so", "fiu/fiu_posix_preload.so");
    }

    private static List<Path> clock() {
        return find("faketime/libfaketime.so.1");
    }

    private static List<Path> eatMyData() {
        return find("libeatmydata.so");
    }

    static boolean canFail() {
        return !fiu().isEmpty();
    }

    static boolean canMoveClock() {
        return !clock().isEmpty();
    }

    static boolean canForgetFsync() {
        return !eatMyData().isEmpty();
    }

    private Path offset() {
        return control.resolve("clock");
    }

    /** The environment of a process that can be disturbed. */
    void prepare(Map<String, String> environment, Check off) {
        List<Path> preload = new ArrayList<>();
        if (off == Check.FSYNC) {
            preload.addAll(eatMyData());
        } else {
            preload.addAll(fiu());
            preload.addAll(clock());
            environment.put("FIU_CTRL_FIFO", fifo());
            moveClock(0);
            environment.put("FAKETIME_TIMESTAMP_FILE", offset().toString());
            environment.put("FAKETIME_CACHE_DURATION", "1");
            // a clock that is set moves no monotonic clock and no time of a file
            environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0"); // or every timed wait of a JVM ends at once
            environment.put("NO_FAKE_STAT", "1");
        }
        if (!preload.isEmpty()) {
            environment.put(
                    "LD_PRELOAD",
                    String.join(":", preload.stream().map(Path::toString).toList()));
        }
    }

    /** What libfaketime shares with the children of a process stays behind when it is killed. */
    static void forget(long pid) {
        for (String name : List.of("faketime_shm_" + pid, "sem.faketime_sem_" + pid)) {
            try {
                Files.deleteIfExists(Path.of("/dev/shm", name));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private String fifo() {
        return control.resolve("fiu").toString();
    }

    /** @param seconds how far ahead of the machine's clock the process's is */
    void moveClock(int seconds) {
        Control.write(control, "clock", (seconds < 0 ? "" : "+") + seconds + "\n");
    }

    /** Every fsync fails. */
    void failFsync(long pid) {
        control(pid, "enable name=posix/io/sync/fsync,failinfo=" + EIO);
        control(pid, "enable name=posix/io/sync/fdatasync,failinfo=" + EIO);
    }

    /** Half of the writes fail. */
    void failWrites(long pid) {
        for (String name : List.of("write", "pwrite")) {
            control(pid, "enable_random name=posix/io/rw/" + name + ",probability=0.5,failinfo=" + FULL);
        }
    }

    void heal(long pid) {
        for (String name : List.of("sync/fsync", "sync/fdatasync", "rw/write", "rw/pwrite")) {
            control(pid, "disable name=posix/io/" + name);
        }
    }

    private void control(long pid, String command) {
        try {
            Process process = new ProcessBuilder("fiu-ctrl", "-f", fifo(), "-c", command, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            control.resolve("fiu.log").toFile()))
                    .start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
