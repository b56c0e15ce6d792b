package org.embassage.translation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The descriptions that ship for the two fictional countries, to be copied into a gateway's home and edited there. */
public final class Profiles {

    private static final Map<String, List<String>> FILES = Map.of(
            "qvl",
            List.of(
                    "feeds/border-guard.yaml",
                    "feeds/offences.csv",
                    "feeds/colours.csv",
                    "feeds/items.csv",
                    "formats/qvl-xml.yaml"),
            "qos",
            List.of(
                    "feeds/police.yaml",
                    "feeds/trestne-ciny.csv",
                    "feeds/barvy.csv",
                    "feeds/zbozi.csv",
                    "formats/qos-csv.yaml"));

    private Profiles() {}

    /**
     * The files of a profile, relative to a gateway's home.
     *
     * @param profile {@code qvl} or {@code qos}
     */
    public static List<String> files(String profile) {
        List<String> files = FILES.get(profile);
        if (files == null) {
            throw new IllegalArgumentException("the profiles are qvl and qos");
        }
        return files;
    }

    /**
     * Copies the files of a profile below a folder and leaves alone what is there already.
     *
     * @throws UncheckedIOException if a file cannot be written
     */
    public static void copy(String profile, Path home) {
        for (String file : files(profile)) {
            Path target = home.resolve(file);
            if (!Files.exists(target)) {
                copy(profile + "/" + file, target, home);
            }
        }
    }

    private static void copy(String resource, Path target, Path home) {
        try (InputStream content = Profiles.class.getResourceAsStream("profiles/" + resource)) {
            if (content == null) {
                throw new IllegalStateException("a profile file is missing from the build");
            }
            Path folder = target.getParent();
            Files.createDirectories(folder == null ? home : folder);
            Files.copy(content, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
