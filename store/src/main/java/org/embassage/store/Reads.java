package org.embassage.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Reads through Jdbi; its failures, whose texts quote statements, never leave. */
final class Reads {

    private Reads() {}

    static <T> T of(Jdbi jdbi, Function<Handle, T> read) {
        try (Handle handle = jdbi.open()) {
            return read.apply(handle);
        } catch (JdbiException failed) {
            throw Failures.unavailable(failed);
        }
    }
}
