package org.embassage.gateway.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.embassage.evidence.EvidenceId;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderSlip;

/**
 * The folder {@code data/orders} (docs/formats/orders.md). Every file is whole under its name: written under a hidden one,
 * fsynced, renamed. A name says what the file is: {@code <id>.order} waits, {@code <id>.taken} is being carried out,
 * {@code <id>.answer} is for the giver, {@code .refused} was no order. Who holds the lock carries orders out.
 */
public final class OrderFolder {

    private static final Pattern ORDER = Pattern.compile("([0-9a-f-]{36})\\.(order|taken)");
    private static final Set<PosixFilePermission> OWN_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private static final String LOCK = ".lock";

    private final Path folder;

    private OrderFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder, for its owner only, if it is not there. A link in its place is refused. */
    public static OrderFolder in(Path home) {
        Path folder = home.resolve("data").resolve("orders");
        try {
            Files.createDirectories(folder);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("not a folder");
            }
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            return new OrderFolder(folder);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /**
     * Whether a gateway of this home runs on this machine, or another part of this process acts for it. Makes nothing; true if
     * it cannot be told, for example to another user.
     */
    public static boolean isServed(Path home) {
        Path lock = home.resolve("data").resolve("orders").resolve(LOCK);
        if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException | IOException taken) {
            return true;
        }
    }

    /** Whether this process's user owns the folder: nobody else's orders are taken. */
    public boolean isOurs() {
        try {
            Path probe =
                    Files.createTempFile(folder, ".probe-", ".tmp", PosixFilePermissions.asFileAttribute(OWN_FILE));
            UserPrincipal us = Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
            Files.delete(probe);
            return us.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException unusable) {
            return false;
        }
    }

    /** The right to carry orders out, until it is closed or the process ends; nothing if another process has it. */
    public Optional<Held> hold() {
        try {
            FileChannel channel = FileChannel.open(
                    folder.resolve(LOCK),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            try {
                Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
                if (lock.isPresent()) {
                    return Optional.of(new Held(channel));
                }
            } catch (OverlappingFileLockException here) {
                // another part of this process holds it
            }
            channel.close();
            return Optional.empty();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** The right to carry orders out. */
    public static final class Held implements AutoCloseable {
        private final FileChannel channel;

        private Held(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    // ---- who gives

    /** Puts an order in. Durable when it returns. */
    public void give(OrderSlip slip) {
        write(slip.id() + ".order", slip.octets());
    }

    /** What the gateway answered. */
    public Optional<OrderAnswer> answer(EvidenceId order) {
        return content(folder.resolve(order + ".answer"), OrderAnswer.MAX_BYTES).flatMap(OrderAnswer::parse);
    }

    /** Removes the answer that was read. */
    public void forget(EvidenceId order) {
        delete(folder.resolve(order + ".answer"));
    }

    /** Takes an order back. @return whether it was not begun; then it never will be */
    public boolean withdraw(EvidenceId order) {
        return delete(folder.resolve(order + ".order"));
    }

    // ---- who carries out

    /** What waits, and what was begun when a process died; oldest first. */
    List<Path> waiting(int limit) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".order")
                            || file.getFileName().toString().endsWith(".taken"))
                    .sorted()
                    .limit(limit)
                    .toList();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /**
     * Takes an order on; from now on it cannot be withdrawn.
     *
     * @return nothing if it was withdrawn, or is no order and was set aside
     */
    Optional<OrderSlip> take(Path file) {
        String name = file.getFileName().toString();
        Path taken = folder.resolve(name.replaceFirst("\\.order$", ".taken"));
        try {
            if (!taken.equals(file)) {
                Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE);
            }
            Optional<OrderSlip> slip = ORDER.matcher(name).matches() && isOwn(taken)
                    ? content(taken, OrderSlip.MAX_BYTES)
                            .flatMap(OrderSlip::parse)
                            .filter(read -> name.startsWith(read.id() + "."))
                    : Optional.empty();
            if (slip.isEmpty()) {
                Files.move(taken, folder.resolve(name + ".refused"), StandardCopyOption.ATOMIC_MOVE);
            }
            return slip;
        } catch (NoSuchFileException withdrawn) {
            return Optional.empty();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /** A regular file of the folder's owner that nobody else may touch. */
    private boolean isOwn(Path file) throws IOException {
        boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        return regular
                && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))
                && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
                        .noneMatch(OTHERS::contains);
    }

    /** Answers, then removes the order. */
    void answer(OrderAnswer answer) {
        write(answer.order() + ".answer", answer.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        delete(folder.resolve(answer.order() + ".taken"));
    }

    // ---- files

    private static Optional<byte[]> content(Path file, int most) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() > most) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until all is read
            }
            return buffer.hasRemaining() ? Optional.empty() : Optional.of(buffer.array());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private void write(String name, byte[] content) {
        try {
            Path hidden = Files.createTempFile(folder, ".new-", ".tmp", PosixFilePermissions.asFileAttribute(OWN_FILE));
            try (FileChannel channel = FileChannel.open(hidden, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            sync();
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private boolean delete(Path file) {
        try {
            boolean there = Files.deleteIfExists(file);
            sync();
            return there;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
