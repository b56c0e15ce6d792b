package org.embassage.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.embassage.schemas.xml.TagScanner;

/**
 * The elements of a kind of document that a rule strips or masks. Immutable.
 *
 * <p>Stripping puts the value-absent form {@code <X xsi:nil="true" absent="WITHHELD_BY_POLICY"/>} in the place of every
 * run of elements at a path, so that not even their number is told. Masking leaves of a partial date the year, or year
 * and month, and drops its original text. Every other byte of the document stays as it is; no code is written per type.
 *
 * <p>Guarantees: what comes out of a valid document is valid. {@link #of} refuses paths for which that would not hold.
 */
public final class Minimisation {

    /** What is left of a date. */
    public enum Mask {
        YEAR,
        YEAR_MONTH
    }

    private final Set<String> stripped = new HashSet<>();
    private final Map<String, Mask> masked = new HashMap<>();

    private Minimisation() {}

    /**
     * Resolves element paths against the schema. Where two masks meet, the stronger one wins.
     *
     * @param kind of the documents
     * @param strip element paths
     * @param mask element paths with what is to be left
     * @throws IllegalArgumentException if a path means nothing, or something that cannot be stripped or masked
     */
    public static Minimisation of(DocumentKind kind, Collection<String> strip, Map<String, Mask> mask) {
        DocumentFields fields = DocumentFields.of(kind);
        Minimisation minimisation = new Minimisation();
        for (String path : strip) {
            require(fields.strippable(path), path);
            minimisation.stripped.addAll(fields.resolve(path));
        }
        mask.forEach((path, to) -> {
            require(fields.maskable(path), path);
            fields.resolve(path).forEach(full -> minimisation.masked.merge(full, to, Minimisation::stronger));
        });
        return minimisation;
    }

    private static void require(boolean holds, String path) {
        if (!holds) {
            throw new IllegalArgumentException("cannot be stripped or masked: " + path);
        }
    }

    private static Mask stronger(Mask one, Mask other) {
        return EnumSet.of(one, other).iterator().next();
    }

    /** Whether documents stay as they are. */
    public boolean isEmpty() {
        return stripped.isEmpty() && masked.isEmpty();
    }

    /**
     * Minimises a document.
     *
     * @param document valid, a document element on its own
     */
    public byte[] apply(byte[] document) {
        if (isEmpty()) {
            return document;
        }
        String text = new String(document, StandardCharsets.UTF_8);
        return new Rewriting(text).result().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The paths at which a document says more than these rules leave; empty for a document they were applied to. A
     * receiver refuses a document that breaches them.
     */
    public Set<String> breaches(DocumentView document) {
        Set<String> breaches = new TreeSet<>();
        stripped.stream().filter(document.present()::contains).forEach(breaches::add);
        masked.forEach((path, to) -> {
            List<String> tooMuch =
                    to == Mask.YEAR ? List.of("Date", "YearMonth", "OriginalText") : List.of("Date", "OriginalText");
            if (tooMuch.stream().anyMatch(part -> document.present().contains(path + "/" + part))) {
                breaches.add(path);
            }
        });
        return breaches;
    }

    /** One document being rewritten. */
    private final class Rewriting {

        private final String text;
        private final TagScanner tags;
        private final StringBuilder out;
        private final StringBuilder path = new StringBuilder();
        private int copied;
        private int depth;
        private String lastStripped = "";

        Rewriting(String text) {
            this.text = text;
            this.tags = new TagScanner(text);
            this.out = new StringBuilder(text.length() + 128);
        }

        String result() {
            while (tags.next()) {
                if (tags.closes()) {
                    up();
                    lastStripped = "";
                } else {
                    start();
                }
            }
            return out.append(text, copied, text.length()).toString();
        }

        private void start() {
            down(tags.name());
            String here = path.toString();
            boolean ends = !tags.opens();
            if (stripped.contains(here)) {
                boolean repeated = here.equals(lastStripped);
                replaceElement(repeated ? "" : ValueAbsent.form(tags));
                lastStripped = here;
                ends = true;
            } else {
                lastStripped = "";
                Mask mask = masked.get(here);
                if (mask != null && !ends) {
                    int from = tags.start();
                    String absent = ValueAbsent.form(tags);
                    tags.toEndTag();
                    replace(
                            from,
                            DateMask.apply(text.substring(from, tags.end()), mask)
                                    .orElse(absent));
                    ends = true;
                }
            }
            if (ends) {
                up();
            }
        }

        private void replaceElement(String replacement) {
            int from = tags.start();
            tags.toEndTag();
            replace(from, replacement);
        }

        private void replace(int from, String replacement) {
            out.append(text, copied, from).append(replacement);
            copied = tags.end();
        }

        private void down(String name) {
            if (depth == 1) {
                path.append(name);
            } else if (depth > 1) {
                path.append('/').append(name);
            }
            depth++;
        }

        private void up() {
            depth--;
            int slash = path.lastIndexOf("/");
            path.setLength(Math.max(slash, 0));
        }
    }
}
