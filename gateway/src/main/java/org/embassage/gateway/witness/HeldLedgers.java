package org.embassage.gateway.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.gateway.ledger.SafeFiles;

/**
 * The checkpoints that a witness holds, as plain files: {@code ledgers/<SHA-256 of the origin>/checkpoint} is the newest that
 * it cosigned, {@code notes/<size>.<8 hex digits>.note} beside it are all. Each write is durable before it returns.
 */
final class HeldLedgers {

    private final Path folder;

    HeldLedgers(Path home) {
        this.folder = home.resolve("ledgers");
    }

    /** The newest cosigned checkpoint of an origin, as a note. */
    Optional<String> newest(String origin) throws IOException {
        return read(hash(origin));
    }

    /** @param hash 64 hexadecimal digits, the SHA-256 of an origin */
    Optional<String> read(String hash) throws IOException {
        Path file = folder.resolve(hash).resolve("checkpoint");
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** Makes the note the newest one of its origin. */
    void hold(Checkpoint checkpoint, String note) throws IOException {
        byte[] octets = note.getBytes(StandardCharsets.UTF_8);
        Path place = folder.resolve(hash(checkpoint.origin()));
        String name = checkpoint.size() + "." + Digest.sha256(octets).hex().substring(0, 8) + ".note";
        SafeFiles.write(place.resolve("notes").resolve(name), octets);
        SafeFiles.write(place.resolve("checkpoint"), octets);
    }

    /** What is held of an origin with exactly this size, signatures unchecked since they were checked when it came. */
    Optional<String> ofSize(String origin, long size) throws IOException {
        Path notes = folder.resolve(hash(origin)).resolve("notes");
        if (!Files.isDirectory(notes)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(notes, size + ".*.note")) {
            for (Path file : found) {
                return Optional.of(Files.readString(file));
            }
        }
        return Optional.empty();
    }

    static String hash(String origin) {
        return Digest.sha256(origin.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
