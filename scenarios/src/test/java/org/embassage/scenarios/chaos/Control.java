package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Files between the harness and one gateway process: which crash point is armed ({@code crash}: name and count), whether a
 * message is to be forged ({@code forge}), and what came of it.
 */
final class Control {

    private static final int HALTED = 134;

    private final Path folder;
    private final AtomicInteger left = new AtomicInteger();
    private volatile String armed = "";
    private volatile long looked;

    Control(Path folder) {
        this.folder = folder;
    }

    // ---- in the gateway's process

    /** Ends the process here, without anything that a process does when it ends, if this is the armed point. */
    void pass(String point) {
        look();
        if (point.equals(armed) && left.decrementAndGet() == 0) {
            note("crashed");
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private synchronized void look() {
        long now = System.nanoTime();
        if (now - looked < 20_000_000 && looked != 0) {
            return;
        }
        looked = now;
        read("crash").ifPresent(words -> {
            String[] parts = words.strip().split(" ", -1);
            left.set(Integer.parseInt(parts[1]));
            armed = parts[0];
        });
    }

    boolean takeForgery() {
        return read("forge").isPresent();
    }

    /** Takes a file away as it reads it. */
    private synchronized Optional<String> read(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String words = Files.readString(file, StandardCharsets.UTF_8);
            Files.delete(file);
            return Optional.of(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void note(String name) {
        write(folder, name, "");
    }

    // ---- in the harness

    static void write(Path folder, String name, String words) {
        try {
            Files.createDirectories(folder);
            Path fresh = folder.resolve(name + ".tmp");
            Files.writeString(fresh, words);
            Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the process said so; forgets it. */
    static boolean take(Path folder, String name) {
        try {
            return Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
