package org.embassage.gateway.pouch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.PouchDesk;
import org.embassage.exchange.wire.PouchManifest;
import org.jspecify.annotations.Nullable;

/**
 * The folder {@code data/pouch} of a home, for its user only: in {@code <UUID>} lies a pouch that was packed and is not on a
 * medium yet, or one that came off a medium and is not taken in yet; {@code <UUID>.report} says what became of it.
 */
public final class PouchFolder implements PouchDesk {

    private static final int BUFFER = 1 << 16;

    private final Path folder;

    private PouchFolder(Path folder) {
        this.folder = folder;
    }

    /** Of this home. Makes nothing yet. */
    public static PouchFolder in(Path home) {
        return new PouchFolder(home.resolve("data").resolve("pouch"));
    }

    /** Where the pouch of this name lies, or would. */
    public Path place(String pouch) {
        return folder.resolve(pouch);
    }

    /** Makes an empty folder for a pouch, in place of what was there. */
    public Path make(String pouch) {
        return tried(() -> {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            Path place = place(pouch);
            delete(place);
            return Files.createDirectory(place);
        });
    }

    /** Removes all that there is of a pouch. */
    public void forget(String pouch) {
        tried(() -> {
            delete(place(pouch));
            Files.deleteIfExists(reportOf(pouch));
            return folder;
        });
    }

    @Override
    public Packing pack(String pouch) {
        Path place = make(pouch);
        return new Packing() {
            @Override
            public void bundle(int number, byte[] octets) {
                write(place.resolve(PouchManifest.name(number)), octets);
            }

            @Override
            public void end(PouchManifest manifest, byte[] signature) {
                write(place.resolve(PouchManifest.SIGNATURE), signature);
                write(place.resolve(PouchManifest.NAME), manifest.octets());
                tried(() -> {
                    sync(place);
                    sync(folder);
                    return place;
                });
            }
        };
    }

    @Override
    public Optional<Unpacking> unpack(String pouch) {
        Path place = place(pouch);
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Set<String> names = tried(() -> {
            try (Stream<Path> files = Files.list(place)) {
                return files.map(file -> file.getFileName().toString()).collect(Collectors.toUnmodifiableSet());
            }
        });
        return Optional.of(new Unpacking() {
            @Override
            public Set<String> names() {
                return names;
            }

            @Override
            public Optional<byte[]> file(String name, int most) {
                return names.contains(name) ? read(place.resolve(name), most) : Optional.empty();
            }

            @Override
            public void report(Report report) {
                write(reportOf(pouch), PouchReport.text(report).getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** What became of a pouch that came. */
    public Optional<PouchReport> report(String pouch) {
        return Files.isRegularFile(reportOf(pouch), LinkOption.NOFOLLOW_LINKS)
                ? read(reportOf(pouch), PouchManifest.MAX_BYTES)
                        .flatMap(text -> PouchReport.parse(new String(text, StandardCharsets.UTF_8)))
                : Optional.empty();
    }

    /** The manifest of a pouch, not judged. */
    public Optional<PouchManifest> manifest(String pouch) {
        Path file = place(pouch).resolve(PouchManifest.NAME);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? read(file, PouchManifest.MAX_BYTES).flatMap(PouchManifest::parse)
                : Optional.empty();
    }

    private Path reportOf(String pouch) {
        return folder.resolve(pouch + ".report");
    }

    private static Optional<byte[]> read(Path file, int most) {
        return tried(() -> {
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                byte[] octets = in.readNBytes(most);
                return in.read() < 0 ? Optional.of(octets) : Optional.empty();
            }
        });
    }

    private static void write(Path file, byte[] octets) {
        tried(() -> {
            Path hidden = file.resolveSibling("." + file.getFileName() + ".partial");
            try (FileChannel channel = FileChannel.open(
                    hidden,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                for (ByteBuffer buffer = ByteBuffer.wrap(octets); buffer.hasRemaining(); ) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            return Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        });
    }

    /** Copies at most so many octets; durable when it returns. */
    static void copy(InputStream in, Path to, long most) throws IOException {
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            long left = most;
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(left, BUFFER));
                if (read < 0) {
                    break;
                }
                for (ByteBuffer some = ByteBuffer.wrap(buffer, 0, read); some.hasRemaining(); ) {
                    channel.write(some);
                }
                left -= read;
            }
            channel.force(true);
        }
    }

    static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void delete(Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(place, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException failed) throws IOException {
                Files.delete(inner);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T tried(Work<T> work) {
        try {
            return work.run();
        } catch (IOException unusable) {
            throw new Broken(FaultCode.POUCH_FOLDER_UNAVAILABLE, unusable);
        }
    }
}
