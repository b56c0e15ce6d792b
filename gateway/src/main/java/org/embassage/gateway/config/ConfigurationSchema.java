package org.embassage.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.embassage.gateway.config.Shape.Choice;
import org.embassage.gateway.config.Shape.Flag;
import org.embassage.gateway.config.Shape.Group;
import org.embassage.gateway.config.Shape.Key;
import org.embassage.gateway.config.Shape.Many;
import org.embassage.gateway.config.Shape.OneOf;
import org.embassage.gateway.config.Shape.Secret;
import org.embassage.gateway.config.Shape.Text;
import org.embassage.gateway.config.Shape.Whole;

/** The JSON Schema (draft 2020-12) of gateway.yaml, for editors and for checks in a pipeline. */
public final class ConfigurationSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConfigurationSchema() {}

    /** The schema, indented, with a line end. */
    public static String text() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "urn:embassage:configuration:1");
        schema.put("title", "Embassage gateway.yaml");
        schema.setAll(of(ConfigurationShape.ROOT));
        try {
            return JSON.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(schema)
                            .replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree to memory", e);
        }
    }

    private static ObjectNode of(Shape shape) {
        ObjectNode schema = JSON.createObjectNode();
        if (shape instanceof Group group) {
            keys(schema, group.keys());
            ArrayNode required = JSON.createArrayNode();
            group.keys().stream().filter(Key::required).map(Key::name).forEach(required::add);
            if (!required.isEmpty()) {
                schema.set("required", required);
            }
        } else if (shape instanceof OneOf oneOf) {
            keys(schema, oneOf.keys());
            schema.put("minProperties", 1);
            schema.put("maxProperties", 1);
        } else if (shape instanceof Many many) {
            schema.put("type", "array");
            schema.set("items", of(many.item()));
            schema.put("maxItems", many.max());
        } else if (shape instanceof Whole whole) {
            schema.put("type", "integer");
            schema.put("minimum", whole.min());
            schema.put("maximum", whole.max());
        } else if (shape instanceof Flag) {
            schema.put("type", "boolean");
        } else {
            schema.put("type", "string");
            text(schema, shape);
        }
        return schema;
    }

    private static void text(ObjectNode schema, Shape shape) {
        if (shape instanceof Text text) {
            schema.put("pattern", "^(?:" + text.pattern().pattern() + ")$");
        } else if (shape instanceof Choice choice) {
            choice.values().forEach(schema.putArray("enum")::add);
        } else if (shape instanceof Secret) {
            schema.put("pattern", "^" + Checker.REFERENCE.pattern() + "$");
        } else {
            schema.put("minLength", 1);
        }
    }

    private static void keys(ObjectNode schema, List<Key> keys) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (Key key : keys) {
            ObjectNode below = JSON.createObjectNode();
            below.put("description", key.about());
            below.setAll(of(key.shape()));
            key.otherwise().ifPresent(otherwise -> {
                if (key.shape() instanceof Whole) {
                    below.put("default", Long.parseLong(otherwise));
                } else if (key.shape() instanceof Flag) {
                    below.put("default", Boolean.parseBoolean(otherwise));
                } else {
                    below.put("default", otherwise);
                }
            });
            properties.set(key.name(), below);
        }
        schema.put("additionalProperties", false);
    }
}
