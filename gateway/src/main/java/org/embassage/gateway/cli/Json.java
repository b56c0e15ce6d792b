package org.embassage.gateway.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.embassage.gateway.terminal.ExitCode;

/** What {@code --json} prints: one object, whose {@code schema} rises when a field changes its meaning. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SCHEMA = 1;

    private Json() {}

    static ObjectNode verdict(int exitCode) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("schema", SCHEMA);
        object.put("ok", exitCode == ExitCode.OK);
        object.put("exit", exitCode);
        return object;
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static String text(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing a tree to memory", e);
        }
    }
}
