package org.embassage.gateway.pouch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embassage.evidence.zip.StrictZip;
import org.embassage.exchange.wire.PouchManifest;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;

/**
 * A pouch on a removable medium: a folder, or one file of the plainest ZIP. Nothing is judged here: what lies there is brought
 * into the gateway's own folder, whole as far as it can matter, and the gateway judges. Whatever is no pouch's file is brought
 * along as an empty one, so that the gateway refuses it.
 */
public final class PouchMedium {

    /** A pouch in one file is no larger than this, in octets. */
    public static final int MOST_IN_FILE = 256 << 20;

    private static final Set<String> PAPERS = Set.of(PouchPaper.TEXT, PouchPaper.PDF);
    private static final int MOST_FILES = PouchManifest.MAX_PARTS + 16;

    private PouchMedium() {}

    /** Whether the pouch is one file there. */
    public static boolean isFile(Path out) {
        return String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT).endsWith(".zip");
    }

    /** To be asked before a pouch is packed. @throws Stop if something lies there, or there is no folder to write into */
    public static void refuseTaken(Path out) {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw new Stop(
                    ExitCode.REFUSED, "there is something at " + out + "; nothing was packed", "name another place");
        }
        Path parent = out.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent) || !Files.isWritable(parent)) {
            throw new Stop(ExitCode.FINDING, "nothing can be written there", "look whether the medium is mounted");
        }
    }

    /**
     * Puts a packed pouch onto a medium, with its papers. It appears whole or not at all.
     *
     * @throws Stop if it cannot be written, or is too large for one file
     */
    public static void write(Path staged, PouchManifest manifest, Path out) {
        Path target = out.toAbsolutePath().normalize();
        Path partial = target.resolveSibling(
                target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            if (isFile(out)) {
                zip(staged, manifest, partial);
            } else {
                folder(staged, manifest, partial);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            Path parent = target.getParent();
            if (parent != null) {
                PouchFolder.sync(parent);
            }
        } catch (IOException unwritable) {
            remove(partial);
            throw new Stop(
                    ExitCode.FINDING,
                    "the medium cannot be written; there is no pouch on it",
                    "look at the room that is left there and at who may write, then export again");
        }
    }

    private static void folder(Path staged, PouchManifest manifest, Path folder) throws IOException {
        Files.createDirectory(folder);
        for (String name : manifest.names()) {
            try (InputStream in = Files.newInputStream(staged.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                PouchFolder.copy(in, folder.resolve(name), Long.MAX_VALUE);
            }
        }
        for (Map.Entry<String, byte[]> paper : papers(manifest).entrySet()) {
            PouchFolder.copy(
                    new ByteArrayInputStream(paper.getValue()), folder.resolve(paper.getKey()), Long.MAX_VALUE);
        }
        PouchFolder.sync(folder);
    }

    private static void zip(Path staged, PouchManifest manifest, Path file) throws IOException {
        if (manifest.size() > MOST_IN_FILE) {
            throw new Stop(
                    ExitCode.REFUSED,
                    "the pouch is larger than " + (MOST_IN_FILE >> 20) + " MiB, too large for one file",
                    "export it into a folder: give --out a name without .zip");
        }
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (String name : manifest.names()) {
            entries.put(name, Files.readAllBytes(staged.resolve(name)));
        }
        entries.putAll(papers(manifest));
        PouchFolder.copy(new ByteArrayInputStream(StrictZip.write(entries)), file, Long.MAX_VALUE);
    }

    private static Map<String, byte[]> papers(PouchManifest manifest) {
        return new TreeMap<>(
                Map.of(PouchPaper.TEXT, PouchPaper.text(manifest), PouchPaper.PDF, PouchPaper.pdf(manifest)));
    }

    private static void remove(Path partial) {
        try {
            PouchFolder.delete(partial);
        } catch (IOException stays) {
            // its name says that it is none, and the command says that it failed
        }
    }

    /** A file on the medium. */
    private interface Found {
        InputStream open() throws IOException;
    }

    /**
     * Brings what lies on a medium into an empty folder.
     *
     * @return the names on the medium that are no pouch's, as they are there
     * @throws Stop if nothing is there, or it cannot be read
     */
    public static List<String> read(Path medium, Path into) {
        try {
            List<String> strange = new ArrayList<>();
            Map<String, Found> found = Files.isDirectory(medium) ? inFolder(medium, strange) : inFile(medium);
            Map<String, Long> sizes = sizes(found);
            for (Map.Entry<String, Found> file : found.entrySet()) {
                String name = file.getKey();
                if (PAPERS.contains(name)) {
                    continue;
                }
                long most = sizes.getOrDefault(name, 0L);
                if (!sizes.containsKey(name)) {
                    strange.add(name);
                }
                try (InputStream in = file.getValue().open()) {
                    PouchFolder.copy(in, into.resolve(safe(name, into)), most);
                }
            }
            for (int i = 0; i < strange.size(); i++) {
                Path extra = into.resolve("extra-" + i);
                PouchFolder.copy(InputStream.nullInputStream(), extra, 0);
            }
            PouchFolder.sync(into);
            return strange;
        } catch (IOException unreadable) {
            throw new Stop(
                    ExitCode.FINDING,
                    "the medium cannot be read; nothing was taken in",
                    "look whether it is mounted, and try another reader");
        }
    }

    /** Only names of our own making get into our folder. */
    private static String safe(String name, Path into) throws IOException {
        if (name.matches("[a-z0-9][a-z0-9.]{0,30}")) {
            return name;
        }
        try (Stream<Path> files = Files.list(into)) {
            return "strange-" + files.count();
        }
    }

    private static Map<String, Found> inFolder(Path folder, List<String> strange) throws IOException {
        Map<String, Found> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.limit(MOST_FILES).toList()) {
                // some systems show names in capitals that were written small
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                boolean regular = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
                if (!regular || found.put(name, () -> Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) != null) {
                    strange.add(file.getFileName().toString());
                }
            }
        }
        return found;
    }

    /** Nothing if it is none of ours: then the gateway finds no manifest. */
    private static Map<String, Found> inFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Stop(ExitCode.NOT_FOUND, "there is no pouch at " + file, "name its folder or its file");
        }
        if (Files.size(file) > 2L * MOST_IN_FILE) {
            return Map.of();
        }
        Map<String, Found> found = new TreeMap<>();
        Optional<Map<String, byte[]>> entries = StrictZip.read(Files.readAllBytes(file), 2L * MOST_IN_FILE);
        entries.orElse(Map.of()).forEach((name, octets) -> found.put(name, () -> new ByteArrayInputStream(octets)));
        return found;
    }

    /** How much of each file can matter: one octet more than it should have shows that it has more. */
    private static Map<String, Long> sizes(Map<String, Found> found) throws IOException {
        Map<String, Long> sizes = new HashMap<>();
        sizes.put(PouchManifest.NAME, PouchManifest.MAX_BYTES + 1L);
        sizes.put(PouchManifest.SIGNATURE, PouchManifest.MAX_SIGNATURE + 1L);
        Found manifest = found.get(PouchManifest.NAME);
        if (manifest != null) {
            try (InputStream in = manifest.open()) {
                PouchManifest.parse(in.readNBytes(PouchManifest.MAX_BYTES + 1)).ifPresent(read -> {
                    for (int i = 0; i < read.parts().size(); i++) {
                        sizes.put(PouchManifest.name(i + 1), read.parts().get(i).octets() + 1);
                    }
                });
            }
        }
        return sizes;
    }
}
