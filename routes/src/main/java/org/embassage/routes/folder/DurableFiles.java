package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.regex.Pattern;

/** Writing and moving files so that they are there after a power loss, and never half. */
final class DurableFiles {

    /** One path segment that is the same on every file system, and no option of any command. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,199}");

    private DurableFiles() {}

    static boolean isPlainName(String name) {
        return NAME.matcher(name).matches();
    }

    /** Makes the folder, for its owner only, and everything above it. A link in its place is refused. */
    static void privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("not a folder");
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Writes the whole file, replacing what was there, and fsyncs it and its folder. Links are not followed. */
    static void write(Path file, byte[] content) throws IOException {
        write(file, content, true);
        syncFolderOf(file);
    }

    /** The same without the folder: the caller syncs it once for many files. */
    static void writeInFolder(Path file, byte[] content) throws IOException {
        write(file, content, true);
    }

    private static void write(Path file, byte[] content, boolean force) throws IOException {
        try (FileChannel channel = afresh(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            if (force) {
                channel.force(true);
            }
        }
    }

    /** What lies there is mostly nothing, so it is not asked for first. */
    private static FileChannel afresh(Path file) throws IOException {
        try {
            return create(file);
        } catch (FileAlreadyExistsException left) {
            Files.delete(file);
            return create(file);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whole or not at all to every reader, but not synced: for copies of what is kept elsewhere. */
    static void writeCopy(Path file, byte[] content) throws IOException {
        Path hidden = file.resolveSibling("." + file.getFileName() + ".tmp");
        write(hidden, content, false);
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes under a hidden name beside {@code file}, then renames: readers see the old file or the new one, whole. */
    static void writeAtomically(Path file, byte[] content) throws IOException {
        Path hidden = file.resolveSibling("." + file.getFileName() + ".tmp");
        write(hidden, content);
        replace(hidden, file);
    }

    /** Renames within one file system and fsyncs both folders. What was at {@code to} is replaced. */
    static void replace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolderOf(to);
        if (!Objects.equals(from.getParent(), to.getParent())) {
            syncFolderOf(from);
        }
    }

    /** The same, but what is at {@code to} stays and the move fails. */
    static void move(Path from, Path to) throws IOException {
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException("there is a file of that name");
        }
        replace(from, to);
    }

    static void syncFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            syncFolder(folder);
        }
    }

    /** Makes the names in the folder durable. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
