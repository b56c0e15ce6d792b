package org.embassage.referees;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An unpacked bundle that somebody changed and for which he wrote the index anew, unsigned. */
final class HostileFolder {

    private final Map<String, byte[]> files = new TreeMap<>();

    private HostileFolder() {}

    /** @param vector a file of vectors/bundles */
    static HostileFolder of(String vector) {
        HostileFolder made = new HostileFolder();
        try (InputStream in =
                        Files.newInputStream(Line.VECTORS.resolve("bundles").resolve(vector));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                made.files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        made.files.remove("bundle.txt.p7s");
        return made;
    }

    List<String> names(String begin) {
        return files.keySet().stream().filter(name -> name.startsWith(begin)).toList();
    }

    String text(String name) {
        return new String(files.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
    }

    HostileFolder with(String name, byte[] octets) {
        files.put(name, octets);
        return this;
    }

    HostileFolder with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    HostileFolder without(String name) {
        files.remove(name);
        return this;
    }

    /** @param lines what is done to the text of an index that is about all these files */
    Path write(Path folder, UnaryOperator<String> lines) throws IOException {
        String before = text("bundle.txt")
                .lines()
                .filter(line -> !line.startsWith("file ") && !line.startsWith("end "))
                .collect(Collectors.joining("\n", "", "\n"));
        String index = lines.apply(before
                + files.entrySet().stream()
                        .filter(file -> !file.getKey().startsWith("bundle.txt"))
                        .map(file -> "file " + sha256(file.getValue()) + " " + file.getKey() + "\n")
                        .collect(Collectors.joining()));
        with("bundle.txt", index + "end " + sha256(index.getBytes(StandardCharsets.UTF_8)) + "\n");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        return folder;
    }

    static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
