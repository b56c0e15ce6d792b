package org.embassage.translation.description;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a description file. Each key is asked for by name; {@link #done()} then reports the keys that nobody
 * asked for. A wrong value is reported and replaced by a harmless one, so that reading goes on. Not thread-safe.
 */
public final class Section {

    private final String file;
    private final String path;
    private final Map<?, ?> values;
    private final Problems problems;
    private final Set<String> asked = new HashSet<>();

    Section(String file, String path, Map<?, ?> values, Problems problems) {
        this.file = file;
        this.path = path;
        this.values = values;
        this.problems = problems;
    }

    public Problems problems() {
        return problems;
    }

    /** The keys in the order of the file. */
    public List<String> keys() {
        return values.keySet().stream().map(String::valueOf).toList();
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Reports something wrong with the value of a key. */
    public void problem(String key, String what, String remedy) {
        problems.add(file, at(key), what, remedy);
    }

    /** Reports something wrong with the section itself. */
    public void problem(String what, String remedy) {
        problems.add(file, path, what, remedy);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private @Nullable Object value(String key) {
        asked.add(key);
        return values.get(key);
    }

    /** A text that must be there. */
    public String text(String key) {
        Optional<String> text = optionalText(key);
        if (text.isEmpty() && !has(key)) {
            problem(key, "This key is missing.", "Add it.");
        }
        return text.orElse("");
    }

    public Optional<String> optionalText(String key) {
        Object value = value(key);
        if (value instanceof String text) {
            return Optional.of(text);
        }
        if (value != null) {
            problem(key, "A single text is expected here.", "Write one value, in quotes if it has special characters.");
        }
        return Optional.empty();
    }

    public String text(String key, String otherwise) {
        return optionalText(key).orElse(otherwise);
    }

    /** One of several words. */
    public String choice(String key, String otherwise, List<String> words) {
        String word = otherwise.isEmpty() ? text(key) : text(key, otherwise);
        if (has(key) && !words.contains(word)) {
            problem(key, "This is not one of the words allowed here.", "Use one of " + String.join(", ", words) + ".");
            return words.get(0);
        }
        return words.contains(word) ? word : words.get(0);
    }

    public boolean flag(String key, boolean otherwise) {
        return choice(key, Boolean.toString(otherwise), List.of("true", "false"))
                .equals("true");
    }

    /** A whole number that must be there, within bounds. */
    public int number(String key, int least, int most) {
        return whole(key, text(key), least, most);
    }

    public int number(String key, int least, int most, int otherwise) {
        return optionalText(key).map(text -> whole(key, text, least, most)).orElse(otherwise);
    }

    private int whole(String key, String text, int least, int most) {
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        if (has(key)) {
            problem(key, "A whole number is expected here.", "Write a number from " + least + " to " + most + ".");
        }
        return least;
    }

    /** A regular expression. */
    public Optional<Pattern> pattern(String key) {
        return optionalText(key).flatMap(text -> {
            try {
                return Optional.of(Pattern.compile(text));
            } catch (PatternSyntaxException e) {
                problem(key, "This is not a regular expression.", "Correct it; Java's syntax applies.");
                return Optional.empty();
            }
        });
    }

    /** A list of texts; a single text counts as a list of one. */
    public List<String> texts(String key) {
        Object value = value(key);
        if (value instanceof String text) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof String text) {
                    texts.add(text);
                } else {
                    problem(key, "This list must hold texts only.", "Write one text per entry.");
                    return List.of();
                }
            }
        } else if (value != null) {
            problem(key, "A list of texts is expected here.", "Write [a, b, c].");
        }
        return List.copyOf(texts);
    }

    /** A mapping of texts to texts, in the order of the file; empty if the key is not there. */
    public Map<String, String> pairs(String key) {
        Object value = value(key);
        Map<String, String> pairs = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((from, to) -> {
                if (from instanceof String name && to instanceof String text) {
                    pairs.put(name, text);
                } else {
                    problem(key, "This table must map a text to a text.", "Write one line 'from: to' per entry.");
                }
            });
        } else if (value != null) {
            problem(key, "A table is expected here.", "Write lines 'from: to' below the key.");
        }
        return pairs;
    }

    /** A section that must be there. */
    public Section section(String key) {
        Optional<Section> section = optionalSection(key);
        if (section.isEmpty() && !has(key)) {
            problem(key, "This section is missing.", "Add it.");
        }
        return section.orElseGet(() -> new Section(file, at(key), Map.of(), new Problems()));
    }

    public Optional<Section> optionalSection(String key) {
        Object value = value(key);
        if (value instanceof Map<?, ?> map) {
            return Optional.of(new Section(file, at(key), map, problems));
        }
        if (value != null) {
            problem(key, "A section is expected here.", "Write its keys below it, indented.");
        }
        return Optional.empty();
    }

    /** Whether the value is a list of texts only. */
    public boolean isListOfTexts(String key) {
        return values.get(key) instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    }

    /** A section without keys at the place of a key that is not there. */
    public Section nothing(String key) {
        return new Section(file, at(key), Map.of(), problems);
    }

    /** Whether the value is a single text. */
    public boolean isText(String key) {
        return values.get(key) instanceof String;
    }

    /** A list of sections; empty if the key is not there. A single section counts as a list of one. */
    public List<Section> sections(String key) {
        Object value = value(key);
        if (value instanceof Map<?, ?> map) {
            return List.of(new Section(file, at(key), map, problems));
        }
        List<Section> sections = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                String place = at(key) + "[" + (i + 1) + "]";
                if (list.get(i) instanceof Map<?, ?> map) {
                    sections.add(new Section(file, place, map, problems));
                } else {
                    problems.add(file, place, "A section is expected here.", "Write its keys, indented.");
                }
            }
        } else if (value != null) {
            problem(key, "A list of sections is expected here.", "Begin each with a hyphen.");
        }
        return sections;
    }

    /** Reports every key that nobody asked for. */
    public void done() {
        for (String key : keys()) {
            if (!asked.contains(key)) {
                problem(key, "This key is not known here.", "Correct its spelling or remove it.");
            }
        }
    }
}
