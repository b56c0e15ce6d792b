package org.embassage.translation.description;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the problems of one loading, so that a team sees all of them at once. Not thread-safe. */
public final class Problems {

    /** A hostile file shall not make an endless list. */
    private static final int MOST = 200;

    private final List<Problem> found = new ArrayList<>();

    public void add(String file, String key, String what, String remedy) {
        Problem problem = new Problem(file, key, what, remedy);
        if (found.size() < MOST && !found.contains(problem)) {
            found.add(problem);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** The thing if nothing was wrong; it is made only then. */
    public <T> Loading<T> unlessAny(Supplier<T> thing) {
        return found.isEmpty() ? new Loading.Loaded<>(thing.get()) : new Loading.Problematic<>(found);
    }
}
