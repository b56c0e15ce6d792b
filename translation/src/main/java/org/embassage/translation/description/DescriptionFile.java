package org.embassage.translation.description;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads a YAML file of which every value is text, so that {@code 01}, {@code NO} and {@code 1e3} mean what is written.
 * Anchors, tags and keys that stand twice are problems.
 */
public final class DescriptionFile {

    private static final int MOST_BYTES = 1 << 20;

    private DescriptionFile() {}

    /** The file's top section; an empty one, with a problem reported, if it cannot be read. */
    public static Section read(Path path, Problems problems) {
        String name = nameOf(path);
        return textOf(path, name, problems)
                .map(text -> parse(text, name, problems))
                .orElseGet(() -> new Section(name, "", Map.of(), new Problems()));
    }

    private static Section parse(String text, String name, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new TextSchema())
                .setAllowDuplicateKeys(false)
                .setMaxAliasesForCollections(0)
                .setCodePointLimit(MOST_BYTES)
                .setLabel(name)
                .build();
        try {
            // One by one, because loading a single document trips over a file without any, and takes a first of two.
            Iterator<Object> documents =
                    new Load(settings).loadAllFromString(text).iterator();
            Object root = documents.hasNext() ? documents.next() : "";
            if (root instanceof Map<?, ?> map && !documents.hasNext()) {
                return new Section(name, "", map, problems);
            }
            problems.add(name, "", "The file does not hold keys and values.", "Compare it with a shipped description.");
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1))
                    .orElse("");
            problems.add(
                    name,
                    line,
                    "This is not YAML as it is read here.",
                    "Look for a wrong indent, quote or double key.");
        } catch (YamlEngineException e) {
            problems.add(name, "", "This is not YAML as it is read here.", "Look for a wrong indent, quote or anchor.");
        }
        return new Section(name, "", Map.of(), new Problems());
    }

    /** The text of a small UTF-8 file. */
    static Optional<String> textOf(Path path, String name, Problems problems) {
        try {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > MOST_BYTES) {
                problems.add(
                        name, "", "There is no such regular file of at most 1 MiB.", "Put it beside the description.");
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString());
        } catch (CharacterCodingException e) {
            problems.add(name, "", "The file is not UTF-8.", "Save it as UTF-8.");
        } catch (IOException e) {
            problems.add(name, "", "The file cannot be read.", "Check its permissions.");
        }
        return Optional.empty();
    }

    static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
