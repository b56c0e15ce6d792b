package org.embassage.schemas;

import java.util.List;
import java.util.function.Function;
import org.embassage.schemas.xml.Violation;

/**
 * What reading a file came to: a view of it, or the reasons why there is none.
 *
 * @param <T> the view
 */
public sealed interface SchemaCheck<T> {

    /** The file obeys its schema and the named rules. */
    record Valid<T>(T view) implements SchemaCheck<T> {}

    /** It does not. There is at least one violation. */
    record Invalid<T>(List<Violation> violations) implements SchemaCheck<T> {
        public Invalid {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("an invalid file violates something");
            }
        }
    }

    /** One answer for either outcome. */
    default <R> R fold(Function<T, R> valid, Function<List<Violation>, R> invalid) {
        return this instanceof Valid<T> yes ? valid.apply(yes.view()) : invalid.apply(((Invalid<T>) this).violations());
    }

    default boolean isValid() {
        return this instanceof Valid;
    }

    /** What it violates; empty if valid. */
    default List<Violation> violations() {
        return fold(valid -> List.of(), Function.identity());
    }

    /** The same with another view. */
    default <R> SchemaCheck<R> map(Function<T, R> next) {
        return fold(valid -> new Valid<>(next.apply(valid)), Invalid::new);
    }

    /**
     * The view.
     *
     * @throws IllegalStateException if the file is invalid; the message names rules and paths, no values
     */
    default T view() {
        return fold(Function.identity(), found -> {
            throw new IllegalStateException("invalid: " + found);
        });
    }
}
