package org.embassage.gateway.timestamp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.time.EvidenceRecord;

/** Bundles and receipts on the disk, each with its evidence record as {@code <file>.ers} beside it. */
final class EvidenceRecordFiles {

    private static final String RECORD = ".ers";
    private static final int PIECE = 64 * 1024;

    private EvidenceRecordFiles() {}

    /**
     * The files that are meant: a file itself; of a folder, every {@code *.zip} and {@code *.asice} in it and below.
     *
     * @throws IOException if one is not there or cannot be listed
     */
    static List<Path> of(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path.toRealPath());
                continue;
            }
            try (Stream<Path> below = Files.walk(path)) {
                for (Path file : below.sorted().toList()) {
                    String name = String.valueOf(file.getFileName());
                    boolean meant = name.endsWith(".zip") || name.endsWith(".asice");
                    if (meant && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                        files.add(file.toRealPath());
                    }
                }
            }
        }
        return files.stream().distinct().toList();
    }

    /** SHA-256 of a file, read piece by piece. */
    static Digest digest(Path file) throws IOException {
        MessageDigest sha256 = Digest.newSha256();
        byte[] piece = new byte[PIECE];
        try (InputStream in = Files.newInputStream(file)) {
            int length = in.read(piece);
            while (length >= 0) {
                sha256.update(piece, 0, length);
                length = in.read(piece);
            }
        }
        return Digest.of(sha256.digest());
    }

    /** The record beside a file, unchecked. */
    static Optional<byte[]> record(Path file) throws IOException {
        Path record = beside(file);
        if (!Files.exists(record, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(record)) {
            return Optional.of(in.readNBytes(EvidenceRecord.MAX_BYTES + 1));
        }
    }

    /** Replaces the record in one step, so that there is always a whole one. */
    static void write(Path file, byte[] record) throws IOException {
        Path target = beside(file);
        Path temporary = Files.createTempFile(target.toAbsolutePath().getParent(), ".ers-", ".tmp");
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer octets = ByteBuffer.wrap(record);
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + RECORD);
    }
}
