package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;

/**
 * The two domestic systems as they drop: whole files by atomic rename, synchronised as a careful system does, some with a bad
 * record, some cut short, some a second time. It writes down what it dropped.
 */
final class Load implements AutoCloseable {

    /** Ostrana's record numbers have three digits for the drop. */
    private static final int MOST_AT_OSTRANA = 1000;

    private static final int MOST_UNDER_WAY = 150;
    private static final long WAIT_NANOS = 200_000_000;

    private final List<ChaosGateway> gateways;
    private final SplittableRandom random;
    private final int pauseMillis;
    /** Of a hundred files. */
    private final int again;

    private final IntSupplier collected;

    private final LocalDate today = LocalDate.now(Clock.systemUTC());
    private final List<Dropped> dropped = new CopyOnWriteArrayList<>();
    private final int[] counts = {0, 0};
    private final ReentrantLock[] quiet = {new ReentrantLock(), new ReentrantLock()};
    private final Thread thread = new Thread(this::run, "load");
    /** Good ones, so far; of the load's own thread. */
    private int records;

    private volatile boolean ended;

    /** What one file is. */
    enum Sort {
        GOOD,
        /** One of its records has a code that does not exist. */
        ONE_BAD,
        /** Its last bytes are missing: it is refused whole. */
        CUT_SHORT,
        /** The bytes of an earlier file. */
        AGAIN
    }

    /**
     * @param gateway 0 or 1
     * @param markers of records that must be handed over once, whichever file brought them
     * @param poison of records that must never be
     */
    record Dropped(
            int gateway,
            String name,
            Sort sort,
            int records,
            List<String> markers,
            List<String> poison,
            byte[] content) {}

    /**
     * @param off without the check for duplicates most files are dropped twice
     * @param collected how many files were handed over so far: while too many are on their way nothing more is dropped
     */
    Load(List<ChaosGateway> gateways, long seed, int pauseMillis, Check off, IntSupplier collected) {
        this.again = off == Check.DUPLICATES ? 60 : 15;
        this.gateways = gateways;
        this.random = new SplittableRandom(seed ^ 0x10AD);
        this.pauseMillis = pauseMillis;
        this.collected = collected;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    List<Dropped> dropped() {
        return dropped;
    }

    /** While it is held nothing is written into this gateway's home from outside. */
    ReentrantLock quiet(int gateway) {
        return quiet[gateway];
    }

    private void run() {
        while (!ended) {
            int under = records - collected.getAsInt();
            if (under > MOST_UNDER_WAY) {
                LockSupport.parkNanos(WAIT_NANOS);
                continue;
            }
            int gateway = random.nextInt(2);
            Dropped next = next(gateway, random.split());
            if (next.records() > 0) {
                put(next);
            }
            LockSupport.parkNanos((pauseMillis / 2 + random.nextInt(pauseMillis)) * 1_000_000L);
        }
    }

    private Dropped next(int gateway, SplittableRandom dice) {
        List<Dropped> earlier = dropped.stream()
                .filter(one -> one.gateway() == gateway && one.sort() != Sort.CUT_SHORT && one.sort() != Sort.AGAIN)
                .toList();
        int chance = dice.nextInt(100);
        if (chance < again && !earlier.isEmpty()) {
            Dropped first = earlier.get(dice.nextInt(earlier.size()));
            // under another name, or under its own once more
            String name = dice.nextBoolean() ? "again-" + dropped.size() + ending(gateway) : first.name();
            return new Dropped(gateway, name, Sort.AGAIN, first.records(), List.of(), first.poison(), first.content());
        }
        if (gateway == 1 && counts[1] >= MOST_AT_OSTRANA) {
            return new Dropped(gateway, "", Sort.GOOD, 0, List.of(), List.of(), new byte[0]);
        }
        Sort sort = chance < again + 15 ? Sort.ONE_BAD : chance < again + 22 ? Sort.CUT_SHORT : Sort.GOOD;
        int records = 2 + dice.nextInt(5);
        int bad = sort == Sort.ONE_BAD ? 1 + dice.nextInt(records) : 0;
        return fresh(gateway, sort, records, bad);
    }

    private Dropped fresh(int gateway, Sort sort, int records, int bad) {
        int number = counts[gateway]++;
        Set<Integer> wrong = bad > 0 ? Set.of(bad) : Set.of();
        byte[] content = gateway == 0
                ? new QvlSample(number, today).drop(records, wrong)
                : new QosSample(number, today).drop(records, wrong);
        List<String> markers = new ArrayList<>();
        List<String> poison = new ArrayList<>();
        for (int index = 1; index <= records; index++) {
            String marker =
                    gateway == 0 ? Marker.velmark(number, index) : Marker.ostrana(today.getYear(), number, index);
            (index == bad || sort == Sort.CUT_SHORT ? poison : markers).add(marker);
        }
        byte[] octets = sort == Sort.CUT_SHORT ? Arrays.copyOf(content, content.length - 7) : content;
        return new Dropped(gateway, "drop-" + number + ending(gateway), sort, records, markers, poison, octets);
    }

    private static String ending(int gateway) {
        return gateway == 0 ? ".dat" : ".csv";
    }

    private void put(Dropped one) {
        ReentrantLock lock = quiet[one.gateway()];
        lock.lock();
        try {
            Path folder = gateways.get(one.gateway()).dropFolder();
            Path hidden = folder.resolve("." + one.name() + ".part");
            Path there = folder.resolve(one.name());
            if (Files.exists(there)) {
                return; // the first of this name was not taken yet: a careful system waits
            }
            Files.write(hidden, one.content());
            synchronise(hidden);
            Files.move(hidden, there, StandardCopyOption.ATOMIC_MOVE);
            dropped.add(one);
            records += one.markers().size();
            synchronise(folder);
        } catch (IOException full) {
            // nothing was dropped: the name is free for another content, the numbers are not used again
        } finally {
            lock.unlock();
        }
    }

    static void synchronise(Path file) throws IOException {
        boolean folder = Files.isDirectory(file);
        try (FileChannel channel =
                FileChannel.open(file, folder ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Drops nothing more. */
    @Override
    public void close() {
        ended = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
