package org.embassage.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.gateway.config.Found.Items;
import org.embassage.gateway.config.Found.Mapping;
import org.embassage.gateway.config.Found.Scalar;
import org.embassage.gateway.config.Found.Spot;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads YAML 1.2 into places and texts. No scalar is interpreted: {@code NO} and {@code 0123} stay what they are.
 */
final class YamlFile {

    private static final int LARGEST = 256 * 1024;
    private static final int DEEPEST = 12;

    private final String file;
    private final List<Problem> problems;

    YamlFile(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The file's root, or nothing if it is not well-formed; then a problem was added. */
    Optional<Found> read(String text) {
        if (text.length() > LARGEST) {
            return wrong(new Spot(1, 1), "", "the file is larger than 256 KiB", "shorten it");
        }
        try {
            LoadSettings settings =
                    LoadSettings.builder().setLabel(file).setUseMarks(true).build();
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty()
                    ? wrong(new Spot(1, 1), "", "the file is empty", "write one with `embassage init`")
                    : found(root.get(), "", 0);
        } catch (MarkedYamlEngineException malformed) {
            Spot spot = malformed
                    .getProblemMark()
                    .map(mark -> new Spot(mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(new Spot(1, 1));
            return wrong(spot, "", "this is not well-formed YAML here", "check indentation, colons and quotes");
        } catch (YamlEngineException malformed) {
            return wrong(
                    new Spot(1, 1), "", "the file is not one YAML document", "write one document of text in UTF-8");
        }
    }

    private Optional<Found> found(Node node, String path, int depth) {
        Spot spot = spot(node);
        if (depth > DEEPEST) {
            return wrong(spot, path, "this is nested too deeply", "remove the alias or the extra levels");
        }
        if (node instanceof ScalarNode scalar) {
            return Optional.of(new Scalar(spot, scalar.getValue()));
        }
        if (node instanceof SequenceNode sequence) {
            List<Found> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                found(item, path + "[" + (items.size() + 1) + "]", depth + 1).ifPresent(items::add);
            }
            return Optional.of(new Items(spot, items));
        }
        return node instanceof MappingNode mapping ? mapping(mapping, path, depth) : Optional.empty();
    }

    private Optional<Found> mapping(MappingNode mapping, String path, int depth) {
        Map<String, Found> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                wrong(spot(tuple.getKeyNode()), path, "a key is not a plain text", "write a name before the colon");
                continue;
            }
            String name = join(path, key.getValue());
            if (entries.containsKey(key.getValue())) {
                wrong(spot(key), name, "the key is there twice", "remove one of the two");
                continue;
            }
            found(tuple.getValueNode(), name, depth + 1).ifPresent(value -> entries.put(key.getValue(), value));
        }
        return Optional.of(new Mapping(spot(mapping), entries));
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static Spot spot(Node node) {
        return node.getStartMark()
                .map(mark -> new Spot(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Spot(1, 1));
    }

    private Optional<Found> wrong(Spot spot, String key, String what, String remedy) {
        problems.add(new Problem(file, spot.line(), spot.column(), key, what, remedy));
        return Optional.empty();
    }
}
