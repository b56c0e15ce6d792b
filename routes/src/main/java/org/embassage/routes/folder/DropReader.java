package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.routes.folder.FeedFolder.Claim;

/** Reads a claimed drop once, whole, if it may be read. */
final class DropReader {

    private final long maxBytes;
    private final Opening opening;

    DropReader(long maxBytes) {
        this(maxBytes, file -> FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** @param opening of a file, for reading */
    DropReader(long maxBytes, Opening opening) {
        this.maxBytes = maxBytes;
        this.opening = opening;
    }

    /** Opens a file. */
    interface Opening {
        SeekableByteChannel of(Path file) throws IOException;
    }

    /** What came of it. */
    sealed interface Reading {
        @SuppressWarnings("ArrayRecordComponent") // carried once to the intake, never compared
        record Content(byte[] octets) implements Reading {
            @Override
            public String toString() {
                return octets.length + " bytes";
            }
        }

        record Refused(FaultCode code) implements Reading {}
    }

    /** @throws IOException if the disk fails; then nothing is said about the drop */
    Reading read(Claim claim) throws IOException {
        if (!claim.nameable()) {
            return new Reading.Refused(FaultCode.DROP_NAME_REFUSED);
        }
        BasicFileAttributes before = attributes(claim.file());
        if (!before.isRegularFile() || hasOtherNames(claim.file())) {
            return new Reading.Refused(FaultCode.DROP_NOT_A_REGULAR_FILE);
        }
        if (before.size() > maxBytes) {
            return new Reading.Refused(FaultCode.DROP_TOO_LARGE);
        }
        byte[] octets = new byte[(int) before.size()];
        boolean whole;
        try {
            whole = fill(claim.file(), octets);
        } catch (AccessDeniedException e) { // whoever dropped it cannot reach it any more to let us
            return new Reading.Refused(FaultCode.DROP_NOT_PERMITTED);
        }
        BasicFileAttributes after = attributes(claim.file());
        boolean same = after.size() == before.size() && after.lastModifiedTime().equals(before.lastModifiedTime());
        return whole && same ? new Reading.Content(octets) : new Reading.Refused(FaultCode.DROP_CHANGED_WHILE_READ);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** A hard link may lead to a file that the one who dropped it may not read, or can still be written to elsewhere. */
    private static boolean hasOtherNames(Path file) throws IOException {
        return Files.getFileStore(file).supportsFileAttributeView("unix")
                && (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1;
    }

    /** @return whether the file ends where it should */
    private boolean fill(Path file, byte[] octets) throws IOException {
        try (SeekableByteChannel channel = opening.of(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until it is full or the file ends
            }
            return !buffer.hasRemaining() && channel.read(ByteBuffer.allocate(1)) < 0;
        }
    }
}
