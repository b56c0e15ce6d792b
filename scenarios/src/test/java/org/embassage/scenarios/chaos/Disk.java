package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The disk of one home: an ext4 file system in an image of its own, mounted by loop. What was written and not synchronised is in
 * the kernel's memory and not in the image; a copy of the image is what a power cut would leave.
 */
final class Disk {

    private static final int MEGABYTES = 700;
    private static final Path FAST = Path.of("/dev/shm");
    private static final int LONGEST_SECONDS = 60;

    private final Path mount;
    private final Path folder;
    private int generation;

    private Disk(Path mount, Path folder) {
        this.mount = mount;
        this.folder = folder;
    }

    /** @return nothing where this machine mounts no images for us */
    static Optional<Disk> make(Path mount) {
        if (!"root".equals(System.getProperty("user.name")) || !Files.isWritable(FAST)) {
            return Optional.empty();
        }
        try {
            Path folder = Files.createTempDirectory(FAST, "embassage-chaos");
            Disk disk = new Disk(mount, folder);
            Files.createDirectories(mount);
            boolean made = run("truncate", "-s", MEGABYTES + "M", disk.image().toString()) == 0
                    && run("mkfs.ext4", "-q", "-F", disk.image().toString()) == 0
                    && disk.attach();
            if (!made) {
                disk.remove();
            }
            return made ? Optional.of(disk) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Path image() {
        return folder.resolve("image-" + generation);
    }

    /** Nothing is written back by itself for five minutes: only what a program asks for is. */
    private boolean attach() {
        return run("mount", "-o", "loop,commit=300", image().toString(), mount.toString()) == 0;
    }

    /** What a power cut now would leave; nothing may write meanwhile. Then {@link #lose} makes it the disk. */
    void freeze() {
        Path now = image();
        must(
                "cp",
                "--sparse=always",
                now.toString(),
                folder.resolve("image-" + (generation + 1)).toString());
    }

    /** The disk as {@link #freeze} found it; nobody may have it open. */
    void lose() {
        must("umount", mount.toString());
        delete(image());
        generation++;
        if (!attach()) {
            throw new IllegalStateException("the disk does not come back after a power cut");
        }
        free();
    }

    /** Everything that was written so far is on it. */
    void sync() {
        must("sync", "-f", mount.toString());
    }

    /** Fills it to the last block. */
    void fill() {
        run("fallocate", "-l", Long.toString(mount.toFile().getUsableSpace()), filler());
        run("dd", "if=/dev/zero", "of=" + filler() + "2", "bs=1k");
    }

    void free() {
        delete(Path.of(filler()));
        delete(Path.of(filler() + "2"));
        try {
            Load.synchronise(mount); // or the next power cut brings them back
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String filler() {
        return mount.resolve("filler").toString();
    }

    /** Leaves the last state as plain files where it was mounted. */
    void keep() {
        Path copy = mount.resolveSibling(mount.getFileName() + ".kept");
        must("cp", "-a", mount.toString(), copy.toString());
        remove();
        must("rmdir", mount.toString());
        must("mv", copy.toString(), mount.toString());
    }

    void remove() {
        run("umount", "-l", mount.toString());
        delete(image());
        delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void must(String... command) {
        int tries = 0;
        int exit = run(command);
        while (exit != 0 && tries < 20) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            tries++;
            exit = run(command);
        }
        if (exit != 0) {
            throw new IllegalStateException(List.of(command) + " said " + exit);
        }
    }

    private static int run(String... command) {
        try {
            List<String> words = new ArrayList<>(List.of(command));
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
