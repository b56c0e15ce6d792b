package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.FeedId;

/**
 * The folder of one feed. A drop is claimed by renaming it into {@code .staging/<drop id>/}, where nobody else may look;
 * the drop id and the file's name are tied together there and nowhere else.
 */
final class FeedFolder {

    /** Stands for a name that cannot be repeated; longer than no drop may choose, since it starts with a dot. */
    private static final String UNNAMEABLE = ".unnameable";
    /** Before the name of a marker in staging. */
    private static final String MARKER = ".marker-";

    private final Path folder;

    FeedFolder(Path drops, FeedId feed) {
        this.folder = drops.resolve(feed.value());
    }

    Path folder() {
        return folder;
    }

    Path receipts() {
        return folder.resolve("receipts");
    }

    private Path staging() {
        return folder.resolve(".staging");
    }

    private Path shelf(boolean refused) {
        return folder.resolve(refused ? "refused" : "taken");
    }

    void prepare() throws IOException {
        Files.createDirectories(folder);
        Files.createDirectories(receipts());
        Files.createDirectories(shelf(true));
        Files.createDirectories(shelf(false));
        DurableFiles.privateFolder(staging());
    }

    /** Whether an entry belongs to the folder itself and is no drop. */
    boolean isOwn(String name) {
        return name.equals("receipts") || name.equals("taken") || name.equals("refused");
    }

    /**
     * Takes the entry away from everybody else, its marker first: so a marker never lies there for a file that is gone. Whatever
     * the entry is, it is moved and not followed.
     */
    Claim claim(Path entry, DropId drop, Optional<Path> marker) throws IOException {
        Path home = staging().resolve(drop.toString());
        DurableFiles.privateFolder(home);
        DurableFiles.syncFolderOf(home);
        String name = entry.getFileName().toString();
        Path file = home.resolve(DurableFiles.isPlainName(name) ? name : UNNAMEABLE);
        try {
            if (marker.isPresent()) {
                DurableFiles.replace(
                        marker.get(), home.resolve(MARKER + marker.get().getFileName()));
            }
            DurableFiles.replace(entry, file);
        } catch (IOException e) {
            putBack(home);
            throw e;
        }
        return new Claim(drop, file);
    }

    /** A claim that was begun and not made: its marker goes back to its file, unless there is another by now. */
    private void putBack(Path home) throws IOException {
        for (Path marker : markers(home)) {
            Path place = folder.resolve(markerName(marker));
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(marker);
            } else {
                DurableFiles.replace(marker, place);
            }
        }
        Files.deleteIfExists(home);
    }

    private static List<Path> markers(Path home) throws IOException {
        return entries(home).stream()
                .filter(entry -> entry.getFileName().toString().startsWith(MARKER))
                .toList();
    }

    private static String markerName(Path marker) {
        return marker.getFileName().toString().substring(MARKER.length());
    }

    /** All claims that were not shelved, in the order in which they were made. */
    List<Claim> claims() throws IOException {
        List<Claim> claims = new ArrayList<>();
        for (Path home : entries(staging())) {
            Optional<DropId> drop = dropId(home.getFileName().toString());
            if (drop.isPresent()) {
                Optional<Claim> claim = claim(drop.get());
                claim.ifPresent(claims::add);
                if (claim.isEmpty()) {
                    putBack(home);
                }
            }
        }
        claims.sort((one, other) -> one.drop().toString().compareTo(other.drop().toString()));
        return claims;
    }

    /** The claim, or nothing if there is none: it was shelved, or never made. */
    Optional<Claim> claim(DropId drop) throws IOException {
        Path home = staging().resolve(drop.toString());
        if (!Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return entries(home).stream()
                .filter(entry -> !entry.getFileName().toString().startsWith(MARKER))
                .findFirst()
                .map(file -> new Claim(drop, file));
    }

    /** Out of staging, the marker too; no file on the shelf is ever replaced. */
    void shelve(Claim claim, boolean refused) throws IOException {
        Path shelf = shelf(refused);
        Files.createDirectories(shelf);
        Path home = staging().resolve(claim.drop().toString());
        for (Path marker : markers(home)) {
            DurableFiles.move(marker, free(shelf, markerName(marker), claim.drop()));
        }
        DurableFiles.move(claim.file(), free(shelf, claim.name(), claim.drop()));
        Files.delete(home);
    }

    private static Path free(Path shelf, String name, DropId drop) {
        Path place = shelf.resolve(name);
        return Files.exists(place, LinkOption.NOFOLLOW_LINKS) ? shelf.resolve(name + "." + drop) : place;
    }

    /** Whether a claim is not in staging any more, though staging is there. */
    boolean shelved(Claim claim) {
        return Files.isDirectory(staging(), LinkOption.NOFOLLOW_LINKS)
                && Files.notExists(claim.file(), LinkOption.NOFOLLOW_LINKS);
    }

    static Optional<DropId> dropId(String name) {
        try {
            return Optional.of(DropId.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static List<Path> entries(Path folder) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            List<Path> entries = new ArrayList<>();
            stream.forEach(entries::add);
            return entries;
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** @param file in staging */
    record Claim(DropId drop, Path file) {

        /** Whether the name it was dropped under may be repeated. */
        boolean nameable() {
            return !file.getFileName().toString().equals(UNNAMEABLE);
        }

        /** The name it was dropped under, or the drop id in its place. */
        String name() {
            return nameable() ? file.getFileName().toString() : drop.toString();
        }

        /** No part of the name. */
        @Override
        public String toString() {
            return "claim " + drop;
        }
    }
}
