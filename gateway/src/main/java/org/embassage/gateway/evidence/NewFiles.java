package org.embassage.gateway.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;

/**
 * Files that appear whole and together, or not at all: each is written and fsynced under a hidden name in its folder, and gets
 * its own name when all are written. No file that is there is ever overwritten. Not thread-safe.
 */
public final class NewFiles implements AutoCloseable {

    private final List<Path> files = new ArrayList<>();
    private final List<Path> hidden = new ArrayList<>();

    /**
     * To be asked before long work.
     *
     * @throws Stop if something lies there, or there is no folder to write into
     */
    public static void refuseTaken(Path file) {
        Path folder = folder(file);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw taken(file);
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new Stop(
                    ExitCode.FINDING,
                    "nothing can be written into the folder " + folder,
                    "make it, or name another one");
        }
    }

    /** The place of a part: {@code may.zip} and 2 give {@code may.002.zip}. */
    public static Path part(Path file, int number) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String ending = dot > 0 ? name.substring(dot) : "";
        return file.resolveSibling(stem + String.format(".%03d", number) + ending);
    }

    /**
     * Writes a file, not seen yet.
     *
     * @throws Stop if it cannot be written, or something lies there
     */
    public void write(Path file, byte[] content) {
        refuseTaken(file);
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".partial");
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            hidden.add(temporary);
            files.add(file);
            ByteBuffer octets = ByteBuffer.wrap(content);
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
            channel.force(true);
        } catch (IOException unwritable) {
            throw new Stop(
                    ExitCode.FINDING,
                    "the file cannot be written: " + file,
                    "look at the room that is left there and at who may write");
        }
    }

    /**
     * Gives all files their names. Durable when it returns.
     *
     * @return them
     * @throws Stop if something lies there by now; then none of them stays
     */
    public List<Path> publish() {
        List<Path> published = new ArrayList<>();
        try {
            for (int i = 0; i < files.size(); i++) {
                name(hidden.get(i), files.get(i));
                published.add(files.get(i));
            }
            for (Path file : published.subList(0, Math.min(1, published.size()))) {
                sync(folder(file));
            }
            hidden.clear();
            return published;
        } catch (IOException unwritable) {
            published.forEach(NewFiles::remove);
            throw taken(files.get(Math.min(published.size(), files.size() - 1)));
        }
    }

    /** A link never replaces a file; where a file system has none, a move that looks first must do. */
    private static void name(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.move(temporary, file);
            return;
        }
        Files.delete(temporary);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static Stop taken(Path file) {
        return new Stop(
                ExitCode.FINDING,
                "the file cannot be written, or it is there already: " + file,
                "name another file, or remove that one");
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // a hidden file that stays disturbs nobody, and the command has said that it failed
        }
    }

    /** Removes what was written and not published. */
    @Override
    public void close() {
        hidden.forEach(NewFiles::remove);
        hidden.clear();
    }
}
