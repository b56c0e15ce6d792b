package org.embassage.gateway.config;

import java.util.List;
import org.embassage.gateway.config.Shape.Group;
import org.embassage.gateway.config.Shape.Key;
import org.embassage.gateway.config.Shape.Many;
import org.embassage.gateway.config.Shape.OneOf;

/** The table of all keys in docs/configuration.md. */
final class ConfigurationPage {

    private ConfigurationPage() {}

    /** A Markdown table, one row for each key. */
    static String table() {
        StringBuilder table = new StringBuilder("| key | what | form | if absent |\n|---|---|---|---|\n");
        rows(table, ConfigurationShape.ROOT.keys(), "", false);
        return table.toString();
    }

    private static void rows(StringBuilder table, List<Key> keys, String above, boolean choice) {
        for (Key key : keys) {
            String name = YamlFile.join(above, key.name());
            table.append("| `").append(name).append("` | ").append(key.about());
            table.append(" | ").append(form(key.shape())).append(" | ");
            table.append(absent(key, choice)).append(" |\n");
            if (key.shape() instanceof Group group) {
                rows(table, group.keys(), name, false);
            } else if (key.shape() instanceof OneOf oneOf) {
                rows(table, oneOf.keys(), name, true);
            } else if (key.shape() instanceof Many many && many.item() instanceof Group item) {
                rows(table, item.keys(), name + "[]", false);
            }
        }
    }

    private static String form(Shape shape) {
        if (shape instanceof Group) {
            return "keys below";
        }
        return Checker.form(shape);
    }

    private static String absent(Key key, boolean choice) {
        if (choice) {
            return "the other one";
        }
        return key.required()
                ? "**an error**"
                : key.otherwise().map(text -> "`" + text + "`").orElse("none");
    }
}
