package org.embassage.scenarios.house;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of Markdown as the documents use. */
final class Markdown {

    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

    private Markdown() {}

    /** The targets of all links and images outside code. */
    static List<String> links(String text) {
        List<String> targets = new ArrayList<>();
        for (String line : withoutCode(text)) {
            Matcher link = LINK.matcher(line.replaceAll("`[^`]*`", "`"));
            while (link.find()) {
                targets.add(link.group(1));
            }
        }
        return targets;
    }

    /** The anchors of all headings, as code forges make them. */
    static Set<String> anchors(String text) {
        Set<String> anchors = new LinkedHashSet<>();
        for (String line : withoutCode(text)) {
            if (line.matches("#{1,6} .*")) {
                String slug = line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .strip()
                        .replace(' ', '-');
                anchors.add(slug);
            }
        }
        return anchors;
    }

    /** The lines inside fenced blocks of one language. */
    static List<String> fenced(String text, String language) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("```")) {
                inside = !inside && line.substring(3).strip().equals(language);
            } else if (inside) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<String> withoutCode(String text) {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : text.split("\n", -1)) {
            if (line.strip().startsWith("```")) {
                inside = !inside;
            } else if (!inside) {
                lines.add(line);
            }
        }
        return lines;
    }
}
