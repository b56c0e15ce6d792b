package org.embassage.translation.description;

import java.util.List;
import java.util.function.Function;

/**
 * What loading a description came to: the thing described, or every problem of its files at once.
 *
 * @param <T> what is described
 */
public sealed interface Loading<T> {

    /** The description is whole. */
    record Loaded<T>(T value) implements Loading<T> {}

    /** It is not. There is at least one problem. */
    record Problematic<T>(List<Problem> problems) implements Loading<T> {
        public Problematic {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("a problematic description has a problem");
            }
        }
    }

    default <R> R fold(Function<T, R> loaded, Function<List<Problem>, R> problematic) {
        return this instanceof Loaded<T> good
                ? loaded.apply(good.value())
                : problematic.apply(((Problematic<T>) this).problems());
    }

    /**
     * The thing described.
     *
     * @throws IllegalArgumentException if there are problems; the message lists them
     */
    default T orThrow() {
        return fold(Function.identity(), problems -> {
            throw new IllegalArgumentException(problems.toString());
        });
    }
}
