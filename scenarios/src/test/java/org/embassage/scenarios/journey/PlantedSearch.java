package org.embassage.scenarios.journey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Looks for words in files, in every encoding and case in which they may have been written. */
final class PlantedSearch {

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("IBM870"),
            Charset.forName("windows-1251"));

    private final List<String> needles = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    PlantedSearch(List<String> planted) {
        for (String word : planted) {
            String lower = word.toLowerCase(Locale.ROOT);
            for (String form : List.of(word, lower, word.charAt(0) + lower.substring(1))) {
                words.add(form);
                for (Charset charset : CHARSETS) {
                    if (charset.newEncoder().canEncode(form)) {
                        needles.add(octets(form.getBytes(charset)));
                    }
                }
            }
        }
    }

    private static String octets(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).toList());
        }
    }

    boolean isIn(String text) {
        return words.stream().anyMatch(text::contains);
    }

    /** Whether the file, or an entry of it if it is a ZIP, holds a word. A file that vanished holds none. */
    boolean holds(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            return holds(content)
                    || content.length > 4 && content[0] == 'P' && content[1] == 'K' && anEntryHolds(content);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean anEntryHolds(byte[] zip) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (isIn(entry.getName()) || holds(entries.readAllBytes())) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean holds(byte[] content) {
        String text = octets(content);
        return needles.stream().anyMatch(text::contains);
    }
}
