package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A domestic system that takes every file as soon as it is handed over, so that a second hand-over of the same is seen. */
final class Collector implements AutoCloseable {

    private static final long LOOK_MILLIS = 25;

    private final Path folder;
    private final ReentrantLock quiet;
    private final Supplier<Integer> round;
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "collector");
        thread.setDaemon(true);
        return thread;
    });

    /** @param markers all that are in it */
    record Taken(String name, List<String> markers, int round, long nanos) {}

    Collector(Path folder, ReentrantLock quiet, Supplier<Integer> round) {
        this.folder = folder;
        this.quiet = quiet;
        this.round = round;
        looks.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Written down, then taken away for good, before anything else may happen to the disk. */
    private void look() {
        quiet.lock();
        try {
            for (Path file : ChaosGateway.files(folder)) {
                String content = Files.readString(file, StandardCharsets.UTF_8);
                Files.delete(file);
                Load.synchronise(folder);
                taken.add(new Taken(file.getFileName().toString(), Marker.in(content), round.get(), System.nanoTime()));
            }
        } catch (IOException | RuntimeException notNow) {
            // the next look finds it
        } finally {
            quiet.unlock();
        }
    }

    List<Taken> taken() {
        return taken;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
