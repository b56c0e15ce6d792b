package org.embassage.translation.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embassage.schemas.DocumentFields;
import org.embassage.schemas.DocumentKind;

/** What a mapping asks of the shared schema: which elements stand where, in which order. */
final class SchemaPaths {

    /**
     * @param order position in the schema
     * @param branch whether elements stand in it
     */
    record Element(DocumentFields.Field field, int order, boolean branch) {

        boolean optional() {
            return field.occurs().startsWith("0") || field.occurs().contains("choice");
        }

        boolean isDate() {
            return field.type().equals("PartialDateType");
        }

        String name() {
            return field.path().substring(field.path().lastIndexOf('/') + 1);
        }
    }

    private final Map<String, Element> byPath = new HashMap<>();
    private final Map<String, Map<Integer, Element>> children = new HashMap<>();

    SchemaPaths(DocumentKind kind) {
        List<DocumentFields.Field> all = DocumentFields.of(kind).all();
        for (int i = 0; i < all.size(); i++) {
            String path = all.get(i).path();
            boolean branch = i + 1 < all.size() && all.get(i + 1).path().startsWith(path + "/");
            Element element = new Element(all.get(i), i, branch);
            byPath.put(path, element);
            String parent = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
            children.computeIfAbsent(parent, p -> new TreeMap<>()).put(i, element);
        }
    }

    Optional<Element> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The elements that may stand in another, in order; those of the document for the empty path. */
    List<Element> in(String path) {
        return List.copyOf(children.getOrDefault(path, Map.of()).values());
    }
}
