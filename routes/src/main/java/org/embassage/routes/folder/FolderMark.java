package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * Tells whether a folder is still the one that was used before. An unmounted volume leaves an empty folder in its place: what
 * is written there is lost, and what was staged is not there any more, as if it had been published.
 *
 * <p>A mark lies in the folder and, with the folder's path, in this gateway's own memory. It is a digest of the path and of the
 * time at which it was made; it protects against mistakes, not against an attacker.
 */
final class FolderMark {

    private static final String NAME = ".embassage-folder";
    private static final String HEAD = "embassage-folder/v1";

    private final Path folder;
    private final Path staging;
    private final Path memory;

    /** @param memory a file of this gateway's own, outside the folder */
    FolderMark(Path folder, Path staging, Path memory) {
        this.folder = folder;
        this.staging = staging;
        this.memory = memory;
    }

    /** Whether the folder is the remembered one; a folder that was never used before may be any. */
    boolean fits() throws IOException {
        Optional<String> remembered = remembered();
        return remembered.isEmpty() || remembered.equals(inFolder());
    }

    /** Makes folder and mark when they are used for the first time. */
    void first(long time) throws IOException {
        if (remembered().isPresent()) {
            return;
        }
        Files.createDirectories(folder);
        DurableFiles.privateFolder(staging);
        DurableFiles.syncFolder(folder);
        Optional<String> known = inFolder();
        String mark = known.isPresent()
                ? known.get()
                : Digest.sha256((folder + "\n" + time).getBytes(StandardCharsets.UTF_8))
                        .hex();
        if (known.isEmpty()) {
            DurableFiles.writeAtomically(staging.resolve(NAME), text(mark));
        }
        Path parent = memory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        DurableFiles.writeAtomically(memory, text(mark));
    }

    /** Of this folder; a memory of another path says nothing. */
    private Optional<String> remembered() throws IOException {
        return read(memory);
    }

    private Optional<String> inFolder() throws IOException {
        return read(staging.resolve(NAME));
    }

    private byte[] text(String mark) {
        return (HEAD + "\n" + mark + "\n" + folder.toAbsolutePath() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        boolean ours = lines.size() == 3
                && lines.get(0).equals(HEAD)
                && lines.get(2).equals(folder.toAbsolutePath().toString());
        return ours ? Optional.of(lines.get(1)) : Optional.empty();
    }
}
