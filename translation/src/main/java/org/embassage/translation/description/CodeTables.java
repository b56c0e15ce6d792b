package org.embassage.translation.description;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The code tables of a description, by name. A table stands in the description ({@code name: {from: to}}) or in a CSV
 * file beside it ({@code name: {file: table.csv}}): UTF-8, first line {@code from;to}, then one code per line; empty
 * lines and lines that begin with {@code #} do not count.
 */
public final class CodeTables {

    /** A table without codes. */
    public static final CodeTable EMPTY = new CodeTable(Map.of());

    private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,60}\\.csv");

    private final Map<String, Map<String, String>> tables;
    private final Set<String> files;

    private CodeTables(Map<String, Map<String, String>> tables, Set<String> files) {
        this.tables = tables;
        this.files = files;
    }

    /** The names of the files beside the description that tables were read from, sorted. */
    public Set<String> files() {
        return Collections.unmodifiableSet(files);
    }

    /** Reads the section {@code tables}, which may be missing. */
    public static CodeTables read(Section description, Path folder) {
        Map<String, Map<String, String>> tables = new HashMap<>();
        Set<String> files = new TreeSet<>();
        description.optionalSection("tables").ifPresent(section -> {
            for (String name : section.keys()) {
                Map<String, String> pairs = section.pairs(name);
                if (pairs.keySet().equals(Set.of("file"))) {
                    String file = pairs.getOrDefault("file", "");
                    files.add(file);
                    tables.put(name, fromFile(file, section, name, folder));
                } else {
                    tables.put(name, Map.copyOf(pairs));
                }
            }
        });
        return new CodeTables(tables, files);
    }

    private static Map<String, String> fromFile(String fileName, Section section, String table, Path folder) {
        if (!FILE_NAME.matcher(fileName).matches()) {
            section.problem(table, "This is not the name of a code table.", "Name a .csv file in the same folder.");
            return Map.of();
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        DescriptionFile.textOf(folder.resolve(fileName), fileName, section.problems())
                .ifPresent(text -> lines(text, fileName, section.problems(), pairs));
        return Map.copyOf(pairs);
    }

    private static void lines(String text, String fileName, Problems problems, Map<String, String> pairs) {
        String[] lines = text.replace("\uFEFF", "").split("\r?\n", -1);
        if (!lines[0].equals("from;to")) {
            problems.add(fileName, "line 1", "A code table begins with the line from;to.", "Add it.");
        }
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isBlank() || lines[i].startsWith("#")) {
                continue;
            }
            String[] cells = lines[i].split(";", -1);
            if (cells.length != 2 || cells[1].isBlank()) {
                problems.add(fileName, "line " + (i + 1), "A line holds two codes.", "Write from;to.");
            } else if (pairs.putIfAbsent(cells[0].strip(), cells[1].strip()) != null) {
                problems.add(fileName, "line " + (i + 1), "This code stands twice.", "Remove one of the lines.");
            }
        }
    }

    /** The table that a key of a section names. */
    public Optional<CodeTable> named(Section section, String key) {
        return section.optionalText(key).flatMap(name -> {
            Map<String, String> pairs = tables.get(name);
            if (pairs == null) {
                section.problem(key, "There is no code table of this name.", "Add it under tables.");
                return Optional.empty();
            }
            return Optional.of(new CodeTable(pairs));
        });
    }
}
