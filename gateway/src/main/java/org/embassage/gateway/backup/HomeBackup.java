package org.embassage.gateway.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.gateway.assembly.PutBack;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Configuration.Broker;
import org.embassage.gateway.config.Configuration.Keys;
import org.embassage.gateway.config.Configuration.Sftp;
import org.embassage.gateway.config.Configuration.Store;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.store.SqlStore;

/**
 * Backups of a home: one consistent copy of the database, and of every file below the home but keys, drops, what was handed over,
 * logs, orders and the transports' own folders. A backup appears whole under its name, or not at all; a home is put back in the
 * same way. Everything is fsynced before it gets its name.
 */
public final class HomeBackup {

    private static final int BUFFER = 1 << 16;

    private HomeBackup() {}

    /** Is told of each file. */
    public interface Watch {
        void done(int files);

        /** Nobody watches. */
        Watch NOBODY = files -> {};
    }

    /** What was made, checked or put back. */
    public record Outcome(
            String backup,
            String gateway,
            Instant at,
            boolean postgresql,
            boolean keys,
            int files,
            long octets,
            String checkpoint) {

        static Outcome of(Manifest manifest) {
            return new Outcome(
                    manifest.backup(),
                    manifest.gateway(),
                    manifest.at(),
                    manifest.store().equals("postgresql"),
                    manifest.keys(),
                    manifest.files().size(),
                    manifest.files().values().stream()
                            .mapToLong(Manifest.Entry::octets)
                            .sum(),
                    manifest.checkpoint());
        }
    }

    /**
     * Makes a backup while the gateway may be running.
     *
     * @param store open to read
     * @param out a folder that is not there yet
     * @param withKeys whether the file of keys and its password go along
     * @throws Stop if it cannot be written, or keys that lie elsewhere were asked for
     */
    public static Outcome make(
            Configuration configuration,
            SqlStore store,
            Path out,
            String id,
            boolean withKeys,
            Instant at,
            Watch watch) {
        refuseTaken(out);
        Path partial = partial(out);
        try {
            createPrivately(partial);
            SortedMap<String, Manifest.Entry> files = new TreeMap<>();
            boolean sqlite = configuration.store() instanceof Store.Sqlite;
            if (configuration.store() instanceof Store.Sqlite here) {
                String place = inHome(configuration, here.file());
                Path copy = partial.resolve(place);
                makeFolderOf(copy);
                store.copyTo(copy, id, at);
                files.put(place, entry(copy));
                watch.done(files.size());
            }
            for (Path file : files(configuration, withKeys)) {
                String place = configuration.home().relativize(file).toString();
                Path copy = partial.resolve(place);
                makeFolderOf(copy);
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                files.put(place, entry(copy));
                watch.done(files.size());
            }
            Ledgerbook ledger = store.ledgerbook();
            Manifest manifest = new Manifest(
                    id,
                    configuration.gateway().value(),
                    at,
                    sqlite ? "sqlite" : "postgresql",
                    withKeys,
                    ledger.first() + ledger.size(),
                    ledger.newestCheckpoint()
                            .flatMap(note -> Checkpoint.unverified(note.note()))
                            .map(note -> note.origin() + " " + note.size())
                            .orElse("- 0"),
                    files);
            Files.writeString(partial.resolve(Manifest.NAME), manifest.text());
            publish(partial, out);
            return Outcome.of(manifest);
        } catch (IOException | UncheckedIOException unwritable) {
            throw unwritable(out);
        } finally {
            remove(partial);
        }
    }

    /** Where the database lies in the home; one that lies elsewhere would have no place in a new home. */
    private static String inHome(Configuration configuration, Path file) {
        Path home = configuration.home().toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(home)) {
            throw new Stop(
                    ExitCode.FINDING,
                    "the database lies outside the home",
                    "move it into the home, or copy it with SQLite's own .backup");
        }
        return home.relativize(absolute).toString();
    }

    private static List<Path> files(Configuration configuration, boolean withKeys) throws IOException {
        Path home = configuration.home().toAbsolutePath().normalize();
        Set<Path> left = new LinkedHashSet<>();
        left.add(home.resolve("data").resolve("orders"));
        left.add(home.resolve("data").resolve("pouch"));
        left.add(PutBack.file(home));
        left.add(configuration.folders().drop());
        left.add(configuration.folders().log());
        left.add(configuration.handover().folder());
        if (configuration.store() instanceof Store.Sqlite sqlite) {
            for (String ending : List.of("", "-wal", "-shm", "-journal", ".lock")) {
                left.add(Path.of(sqlite.file() + ending));
            }
        }
        configuration.broker().ifPresent(broker -> {
            if (broker instanceof Broker.Embedded embedded) {
                left.add(embedded.data());
            }
        });
        configuration.sftp().ifPresent(sftp -> {
            if (sftp instanceof Sftp.Embedded embedded) {
                left.add(embedded.data());
            }
        });
        if (configuration.keys() instanceof Keys.Pkcs12 keys) {
            if (withKeys) {
                inHome(configuration, keys.file());
                inHome(configuration, keys.password());
            } else {
                left.add(keys.file());
                left.add(keys.password());
            }
        } else if (withKeys) {
            throw new Stop(
                    ExitCode.REFUSED,
                    "the keys are in Vault, which is backed up by its own means",
                    "leave --with-keys out");
        }
        Set<Path> normal = new LinkedHashSet<>();
        left.forEach(path -> normal.add(path.toAbsolutePath().normalize()));
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return normal.contains(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                boolean hidden = file.getFileName().toString().startsWith(".");
                if (attributes.isRegularFile() && !hidden && !normal.contains(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /**
     * Checks every file against the manifest.
     *
     * @return what is wrong, in plain words; empty if nothing is
     * @throws Stop if it is no backup
     */
    public static List<String> problems(Path backup, Watch watch) {
        Manifest manifest = manifest(backup);
        List<String> problems = new ArrayList<>();
        int done = 0;
        for (Map.Entry<String, Manifest.Entry> file : manifest.files().entrySet()) {
            Path path = backup.resolve(file.getKey());
            try {
                if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    problems.add(file.getKey() + " is missing");
                } else if (!entry(path).equals(file.getValue())) {
                    problems.add(file.getKey() + " was changed");
                }
            } catch (IOException unreadable) {
                problems.add(file.getKey() + " cannot be read");
            }
            watch.done(++done);
        }
        return problems;
    }

    /** What it is. @throws Stop if it is no backup */
    public static Outcome read(Path backup) {
        return Outcome.of(manifest(backup));
    }

    /** The places of its files. */
    public static Set<String> places(Path backup) {
        return manifest(backup).files().keySet();
    }

    private static Manifest manifest(Path backup) {
        Path file = backup.resolve(Manifest.NAME);
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8))
                    .flatMap(Manifest::parse)
                    .orElseThrow(() -> noBackup(backup));
        } catch (IOException unreadable) {
            throw noBackup(backup);
        }
    }

    private static Stop noBackup(Path backup) {
        return new Stop(
                ExitCode.NOT_FOUND,
                "there is no whole backup in " + backup,
                "name the folder that `embassage backup` wrote; one without a manifest was never finished");
    }

    /**
     * Puts a backup back as a new home. It is checked first.
     *
     * @param home not there yet, or an empty folder
     * @throws Stop if a file is missing or was changed, or the home has anything in it
     */
    public static Outcome restore(Path backup, Path home, Watch watch) {
        List<String> problems = problems(backup, HomeBackup.Watch.NOBODY);
        if (!problems.isEmpty()) {
            throw new Stop(
                    ExitCode.VERIFICATION_FAILED,
                    "the backup is not whole: nothing was put back",
                    problems,
                    "take another backup");
        }
        if (!isEmpty(home)) {
            throw new Stop(
                    ExitCode.REFUSED,
                    "the home is not empty: nothing was put back",
                    "name a new folder; what lies in the old home may be needed as proof");
        }
        Manifest manifest = manifest(backup);
        Path partial = partial(home);
        try {
            createPrivately(partial);
            int done = 0;
            for (String place : manifest.files().keySet()) {
                Path target = partial.resolve(place);
                makeFolderOf(target);
                Files.copy(backup.resolve(place), target, StandardCopyOption.COPY_ATTRIBUTES);
                watch.done(++done);
            }
            if (manifest.store().equals("postgresql")) {
                PutBack.leave(partial, manifest.backup(), manifest.at(), manifest.leaves());
            }
            Files.deleteIfExists(home);
            publish(partial, home);
            return Outcome.of(manifest);
        } catch (IOException | UncheckedIOException unwritable) {
            throw unwritable(home);
        } finally {
            remove(partial);
        }
    }

    private static boolean isEmpty(Path home) {
        if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (var files = Files.list(home)) {
            return files.findAny().isEmpty();
        } catch (IOException noFolder) {
            return false;
        }
    }

    private static void refuseTaken(Path out) {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw new Stop(
                    ExitCode.REFUSED, "there is something at " + out + "; nothing was written", "name a new folder");
        }
        Path parent = out.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new Stop(ExitCode.FINDING, "there is no folder to write the backup into", "make it, or name another");
        }
    }

    private static Path partial(Path out) {
        Path absolute = out.toAbsolutePath().normalize();
        return absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
    }

    private static void createPrivately(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }

    private static void makeFolderOf(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    private static Manifest.Entry entry(Path file) throws IOException {
        MessageDigest sha = Digest.newSha256();
        long octets = 0;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
                octets += read;
            }
        }
        return new Manifest.Entry(Digest.of(sha.digest()), octets);
    }

    /** Every file and folder is on the disk before the whole gets its name. */
    private static void publish(Path partial, Path out) throws IOException {
        Files.walkFileTree(partial, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                sync(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path folder, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                if (failed != null) {
                    throw failed;
                }
                sync(folder);
                return FileVisitResult.CONTINUE;
            }
        });
        Path target = out.toAbsolutePath().normalize();
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        Path parent = target.getParent();
        if (parent != null) {
            sync(parent);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void remove(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path inner, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                    Files.delete(inner);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException stays) {
            // a hidden folder that stays disturbs nobody, and the command has said that it failed
        }
    }

    private static Stop unwritable(Path out) {
        return new Stop(
                ExitCode.FINDING,
                out + " cannot be written",
                "look at the room that is left there, at who may write, and whether all of the home can be read");
    }
}
