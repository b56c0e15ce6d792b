package org.embassage.gateway.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.embassage.gateway.config.Found.Items;
import org.embassage.gateway.config.Found.Mapping;
import org.embassage.gateway.config.Found.Scalar;
import org.embassage.gateway.config.Found.Spot;
import org.embassage.gateway.config.Shape.Choice;
import org.embassage.gateway.config.Shape.Flag;
import org.embassage.gateway.config.Shape.Group;
import org.embassage.gateway.config.Shape.Key;
import org.embassage.gateway.config.Shape.Many;
import org.embassage.gateway.config.Shape.OneOf;
import org.embassage.gateway.config.Shape.Place;
import org.embassage.gateway.config.Shape.Secret;
import org.embassage.gateway.config.Shape.Text;
import org.embassage.gateway.config.Shape.Whole;

/** Holds what was found against its shape and notes every problem; never stops at the first. */
final class Checker {

    static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env):([^{}\\s][^{}]*)\\}");
    private static final int LIKE = 3;

    private final String file;
    private final List<Problem> problems;

    Checker(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    void check(Found found, Shape shape, String path) {
        if (shape instanceof Group group) {
            mapping(found, path).ifPresent(mapping -> group(mapping, group.keys(), path));
        } else if (shape instanceof OneOf oneOf) {
            mapping(found, path).ifPresent(mapping -> oneOf(mapping, oneOf.keys(), path));
        } else if (shape instanceof Many many) {
            items(found, many, path);
        } else if (found instanceof Scalar scalar) {
            scalar(scalar, shape, path);
        } else {
            wrong(found.spot(), path, "a single value belongs here", "write " + form(shape) + " after the colon");
        }
    }

    private Optional<Mapping> mapping(Found found, String path) {
        if (found instanceof Mapping mapping) {
            return Optional.of(mapping);
        }
        wrong(found.spot(), path, "keys belong here", "write them below, indented");
        return Optional.empty();
    }

    private void group(Mapping mapping, List<Key> keys, String path) {
        known(mapping, keys, path);
        for (Key key : keys) {
            Found value = mapping.entries().get(key.name());
            String name = YamlFile.join(path, key.name());
            if (value != null) {
                check(value, key.shape(), name);
            } else if (key.required()) {
                wrong(mapping.spot(), name, "the key is missing", "add it with " + form(key.shape()));
            }
        }
    }

    private void oneOf(Mapping mapping, List<Key> keys, String path) {
        known(mapping, keys, path);
        List<Key> there = keys.stream().filter(key -> mapping.has(key.name())).toList();
        if (there.size() != 1) {
            wrong(
                    mapping.spot(),
                    path,
                    there.isEmpty() ? "none of its keys is there" : "more than one of its keys is there",
                    "write exactly one of " + names(keys));
        }
        for (Key key : there) {
            Found value = mapping.entries().get(key.name());
            if (value != null) {
                check(value, key.shape(), YamlFile.join(path, key.name()));
            }
        }
    }

    private void known(Mapping mapping, List<Key> keys, String path) {
        for (Map.Entry<String, Found> entry : mapping.entries().entrySet()) {
            if (keys.stream().noneMatch(key -> key.name().equals(entry.getKey()))) {
                String remedy = Likeness.nearest(
                                entry.getKey(), keys.stream().map(Key::name).toList(), LIKE)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("remove it; known here: " + names(keys));
                wrong(entry.getValue().spot(), YamlFile.join(path, entry.getKey()), "the key is not known", remedy);
            }
        }
    }

    private void items(Found found, Many many, String path) {
        if (!(found instanceof Items items)) {
            wrong(found.spot(), path, "a list belongs here", "write one item a line, each after a hyphen");
            return;
        }
        if (items.items().size() > many.max()) {
            wrong(items.spot(), path, "the list is too long", "write at most " + many.max() + " items");
        }
        for (int i = 0; i < items.items().size(); i++) {
            check(items.items().get(i), many.item(), path + "[" + (i + 1) + "]");
        }
    }

    private void scalar(Scalar scalar, Shape shape, String path) {
        String text = scalar.text();
        boolean secret = shape instanceof Secret;
        if (!secret && REFERENCE.matcher(text).find()) {
            wrong(scalar.spot(), path, "a reference stands where no secret belongs", "write the value itself");
        } else if (secret && !REFERENCE.matcher(text).matches()) {
            wrong(scalar.spot(), path, "a secret is never written into this file", "write " + form(shape));
        } else if (!fits(text, shape)) {
            wrong(scalar.spot(), path, "the value does not have the form that belongs here", "write " + form(shape));
        }
    }

    private static boolean fits(String text, Shape shape) {
        if (shape instanceof Text form) {
            return form.pattern().matcher(text).matches();
        }
        if (shape instanceof Choice choice) {
            return choice.values().contains(text);
        }
        if (shape instanceof Flag) {
            return text.equals("true") || text.equals("false");
        }
        if (shape instanceof Whole whole) {
            return text.matches("-?[0-9]{1,18}")
                    && Long.parseLong(text) >= whole.min()
                    && Long.parseLong(text) <= whole.max();
        }
        return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
    }

    static String form(Shape shape) {
        if (shape instanceof Text text) {
            return text.form();
        }
        if (shape instanceof Choice choice) {
            return "one of " + String.join(", ", choice.values());
        }
        if (shape instanceof Whole whole) {
            return "a whole number from " + whole.min() + " to " + whole.max();
        }
        if (shape instanceof Flag) {
            return "true or false";
        }
        if (shape instanceof Place) {
            return "the path of a file or folder";
        }
        if (shape instanceof Secret) {
            return "a reference, ${file:path} or ${env:NAME}";
        }
        if (shape instanceof Group group) {
            return "keys: " + names(group.keys());
        }
        return shape instanceof OneOf oneOf ? "one of the keys " + names(oneOf.keys()) : "a list";
    }

    private static String names(List<Key> keys) {
        return keys.stream().map(Key::name).collect(Collectors.joining(", "));
    }

    private void wrong(Spot spot, String key, String what, String remedy) {
        problems.add(new Problem(file, spot.line(), spot.column(), key, what, remedy));
    }
}
