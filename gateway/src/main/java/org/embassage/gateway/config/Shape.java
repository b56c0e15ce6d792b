package org.embassage.gateway.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may stand at a key. The binder, the JSON Schema and the reference page are all made from it. */
sealed interface Shape {

    /**
     * A text.
     *
     * @param form what it looks like, for people, for example "a gateway id such as QVL-BG"
     * @param pattern that it matches as a whole; also valid in ECMA 262, for the JSON Schema
     */
    record Text(String form, Pattern pattern) implements Shape {}

    /** A whole number, both ends included. */
    record Whole(long min, long max) implements Shape {}

    record Choice(List<String> values) implements Shape {}

    /** {@code true} or {@code false}. */
    record Flag() implements Shape {}

    /** A file or folder; relative ones are below the gateway's home. */
    record Place() implements Shape {}

    /** A reference to a secret, <code>${file:path}</code> or <code>${env:NAME}</code>; never the secret itself. */
    record Secret() implements Shape {}

    /** Keys in any order. */
    record Group(List<Key> keys) implements Shape {}

    /** Exactly one of the keys. */
    record OneOf(List<Key> keys) implements Shape {}

    /**
     * @param max how many at most
     */
    record Many(Shape item, int max) implements Shape {}

    /**
     * One key.
     *
     * @param name lower case with hyphens
     * @param required whether the file must name it
     * @param otherwise what holds if the file does not name it, as it would be written there
     * @param about one sentence for the reference page
     */
    record Key(String name, Shape shape, boolean required, Optional<String> otherwise, String about) {

        static Key required(String name, Shape shape, String about) {
            return new Key(name, shape, true, Optional.empty(), about);
        }

        static Key optional(String name, Shape shape, String about) {
            return new Key(name, shape, false, Optional.empty(), about);
        }

        static Key defaulted(String name, Shape shape, String otherwise, String about) {
            return new Key(name, shape, false, Optional.of(otherwise), about);
        }
    }
}
