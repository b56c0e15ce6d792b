package org.embassage.scenarios.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A domestic system that takes each file as soon as it is handed over: a second hand-over of the same is seen. */
final class Collector implements AutoCloseable {

    private static final long LOOK_MILLIS = 15;

    private final Path folder;
    private final Path taken;
    private final List<String> collected = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor();

    Collector(Path folder) {
        this.folder = folder;
        this.taken = folder.resolveSibling("collected");
        looks.scheduleWithFixedDelay(this::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        for (Path file : RunningGateway.filesOf(folder)) {
            String name = file.getFileName().toString();
            try {
                Files.createDirectories(taken);
                Files.move(file, taken.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                collected.add(name);
            } catch (IOException e) {
                collected.add("not taken: " + name);
            }
        }
    }

    /** The names of all files so far, in the order in which they came. */
    List<String> collected() {
        look();
        return List.copyOf(collected);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
