package org.embassage.evidence.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** In which of two files each thing lies that was laid together from both, so that sentences can say so. */
final class Origins {

    private static final Pattern PLACE = Pattern.compile(
            "(?:receipts|proofs|notes|answers|consistency|anchors)/[A-Za-z0-9./-]*[A-Za-z0-9](?: \\(the other (?:one|copy)\\))?"
                    + "(?! \\(in )");
    private static final String BOTH = "both";

    private final Map<String, String> names = new HashMap<>();

    void only(String place, String name) {
        names.put(place, name);
    }

    void both(String place) {
        names.put(place, BOTH);
    }

    /** What lies at one place came from where the other's did. */
    void swap(String one, String other) {
        String kept = names.getOrDefault(one, BOTH);
        names.put(one, names.getOrDefault(other, BOTH));
        names.put(other, kept);
    }

    /** The sentence, and behind each place in it where that is: {@code notes/… (in the bundle of QVL-BG)}. */
    String named(String sentence) {
        return PLACE.matcher(sentence).replaceAll(found -> {
            String name = names.get(found.group());
            String place = found.group().replaceFirst(" \\(the other (one|copy)\\)$", "");
            return Matcher.quoteReplacement(name == null ? found.group() : place + " (in " + name + ")");
        });
    }
}
