package org.embassage.translation.description;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** A closed list of codes and what each becomes. Immutable. */
public final class CodeTable {

    private final Map<String, String> pairs;

    CodeTable(Map<String, String> pairs) {
        this.pairs = Map.copyOf(pairs);
    }

    /** What the code becomes; empty if the table does not have it. Letters of other case are other codes. */
    public Optional<String> get(String code) {
        return Optional.ofNullable(pairs.get(code));
    }

    /** Everything that codes become. */
    public Collection<String> results() {
        return pairs.values();
    }
}
