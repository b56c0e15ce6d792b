package org.embassage.exchange.domestic;

import java.util.regex.Pattern;

/**
 * How a dropped file says that it is complete.
 *
 * @param way how
 * @param marker for {@link Way#MARKER}, what the marker file's name has after the name of the file that it marks, for example
 *     {@code .done}; else not looked at
 */
public record Readiness(Way way, String marker) {

    private static final Pattern SHAPE = Pattern.compile("\\.[A-Za-z0-9]{1,16}");

    /** It has not changed for a while. */
    public static final Readiness STILL = new Readiness(Way.STILL, ".done");

    /** The ways. */
    public enum Way {
        /** Size and time of change have stayed the same for a while. */
        STILL,
        /** Whoever drops it renames it when it is whole: it is taken as soon as it is seen. */
        RENAMED,
        /** An empty file of its name and an ending lies beside it. */
        MARKER
    }

    /** @throws IllegalArgumentException if the marker is no ending, or one that has another meaning */
    public Readiness {
        if (!isMarker(marker)) {
            throw new IllegalArgumentException(
                    "a marker is a dot and up to 16 letters or digits, not .tmp, .part or .csv");
        }
    }

    /** Whether it can mark a file: a dot and up to 16 letters or digits, not one that the drop folder uses otherwise. */
    public static boolean isMarker(String text) {
        return SHAPE.matcher(text).matches() && !text.equals(".tmp") && !text.equals(".part") && !text.equals(".csv");
    }

    /** Whether a file of this name is a marker and no drop. */
    public boolean marks(String name) {
        return way == Way.MARKER && name.endsWith(marker) && name.length() > marker.length();
    }
}
