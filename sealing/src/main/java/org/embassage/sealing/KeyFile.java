package org.embassage.sealing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Replaces a file of keys so that after a crash either the old or the new one is there, whole, and so that nothing of the old
 * one stays: its place on the disk is overwritten. Media that write elsewhere than they are told (flash, copy-on-write
 * filesystems, snapshots) may keep it all the same; see docs/operator-guide.md.
 */
final class KeyFile {

    private static final int STEP = 4096;

    private final Path file;

    KeyFile(Path file) {
        this.file = file;
    }

    /** Durable on return. The owner and permissions are those of a new file that its owner alone may read. */
    void replace(byte[] content) throws IOException {
        Path real = file.toRealPath();
        clean();
        write(fresh(real), content);
        keepOld(real);
        try (FileChannel old = FileChannel.open(real, StandardOpenOption.WRITE)) {
            Files.move(fresh(real), real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(real);
            overwrite(old);
        }
        clean();
    }

    /** Removes what a crash left of a replacement. */
    void clean() throws IOException {
        Path real = file.toRealPath();
        for (Path left : new Path[] {fresh(real), old(real)}) {
            if (Files.exists(left)) {
                if (!Files.isSameFile(left, real)) {
                    try (FileChannel channel = FileChannel.open(left, StandardOpenOption.WRITE)) {
                        overwrite(channel);
                    }
                }
                Files.delete(left);
            }
        }
        syncFolder(real);
    }

    private static Path fresh(Path real) {
        return real.resolveSibling(real.getFileName() + ".new");
    }

    private static Path old(Path real) {
        return real.resolveSibling(real.getFileName() + ".old");
    }

    /** A second name, by which the old content is found again if we crash before it was overwritten. */
    private static void keepOld(Path real) throws IOException {
        try {
            Files.createLink(old(real), real);
            syncFolder(real);
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // then a crash in the next instant leaves it in unused blocks
            Files.deleteIfExists(old(real));
        }
    }

    private static void write(Path place, byte[] content) throws IOException {
        FileAttribute<?>[] ownerOnly =
                place.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        Files.createFile(place, ownerOnly);
        try (FileChannel channel = FileChannel.open(place, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void overwrite(FileChannel channel) throws IOException {
        long size = channel.size();
        for (long at = 0; at < size; ) {
            at += channel.write(ByteBuffer.allocate((int) Math.min(STEP, size - at)), at);
        }
        channel.force(true);
    }

    private static void syncFolder(Path real) throws IOException {
        Path folder = real.getParent();
        if (folder == null
                || !real.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // folders cannot be opened where there is no POSIX
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
