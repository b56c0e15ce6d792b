package org.embassage.gateway.pouch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.PouchManifest;
import org.embassage.exchange.wire.PouchManifest.Part;
import org.embassage.gateway.observe.Version;
import org.embassage.verifier.paper.Paper;
import org.embassage.verifier.paper.Style;

/**
 * The manifest on paper, for whoever carries the pouch and signs for it: who packed it for whom, how much it is, its digest.
 * Nothing of it says what the messages are about or whom they concern. The same manifest gives the same octets.
 */
public final class PouchPaper {

    /** As text. */
    public static final String TEXT = "paper.txt";

    /** As PDF. */
    public static final String PDF = "paper.pdf";

    /** Of so many bundles the paper says all. */
    private static final int MOST_BUNDLES = 200;

    private static final List<String> HANDS = List.of(
            "Packed by (role, seal no.)",
            "Taken by courier",
            "Date, time, place",
            "Handed over by courier",
            "Taken at the destination by",
            "Date, time, place");
    private static final String CLAIM =
            "Who takes it checks that the seal is whole. The digest is that of pouch.txt: whoever"
                    + " imports the pouch is shown it again.";

    private PouchPaper() {}

    /** The digest in groups that a person can compare. */
    public static String grouped(String hex) {
        return hex.replaceAll("(.{8})(?=.)", "$1 ");
    }

    /** For example {@code 3 messages, 5 receipts}. */
    public static String counts(Map<ItemKind, Integer> counts) {
        return counts.isEmpty()
                ? "no items"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " "
                                + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + (entry.getValue() == 1 || entry.getKey() == ItemKind.VOID ? "" : "s"))
                        .collect(Collectors.joining(", "));
    }

    private static List<List<String>> facts(PouchManifest manifest) {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("Pouch", Long.toString(manifest.number())));
        facts.add(List.of("From", manifest.from().value()));
        facts.add(List.of("To", manifest.to().value()));
        facts.add(List.of("Packed (UTC)", manifest.packed().toString()));
        facts.add(List.of("Bundles", manifest.parts().size() + ", " + manifest.size() + " bytes"));
        facts.add(List.of("Items", counts(manifest.counts())));
        facts.add(List.of(
                "Confirms pouches",
                manifest.taken().isEmpty()
                        ? "none"
                        : manifest.taken().stream()
                                .map(taken -> Long.toString(taken.number()))
                                .collect(Collectors.joining(", "))));
        facts.add(List.of("SHA-256 of pouch.txt", grouped(manifest.digest().hex())));
        return facts;
    }

    private static List<List<String>> bundles(PouchManifest manifest) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_BUNDLES, manifest.parts().size()); i++) {
            Part part = manifest.parts().get(i);
            rows.add(List.of(
                    PouchManifest.name(i + 1),
                    Long.toString(part.octets()),
                    counts(part.counts()),
                    part.digest().hex()));
        }
        return rows;
    }

    private static List<String> rest(PouchManifest manifest) {
        int more = manifest.parts().size() - MOST_BUNDLES;
        return more <= 0 ? List.of() : List.of("and " + more + " more, which pouch.txt lists");
    }

    /** For a printer of any kind: ASCII, at most 80 columns. */
    public static byte[] text(PouchManifest manifest) {
        StringBuilder text = new StringBuilder("POUCH MANIFEST\n\n");
        facts(manifest).forEach(fact -> text.append(String.format("%-21s %s%n", fact.get(0), fact.get(1))));
        text.append('\n');
        bundles(manifest)
                .forEach(row -> text.append(
                        String.format("%s  %s bytes  %s%n  %s%n", row.get(0), row.get(1), row.get(2), row.get(3))));
        rest(manifest).forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        HANDS.forEach(hand -> text.append(String.format("%n%-30s %s%n", hand, "_".repeat(48))));
        text.append("\nWho takes it checks that the seal is whole. The digest is that of pouch.txt:\n")
                .append("whoever imports the pouch is shown it again.\n");
        return text.toString().replace(System.lineSeparator(), "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** PDF/A, one page or more. */
    public static byte[] pdf(PouchManifest manifest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Paper paper = new Paper(text -> text)) {
            paper.heading(1, "Pouch manifest");
            paper.table(List.of(), List.of(25, 75), facts(manifest));
            paper.heading(2, "Signed for");
            paper.blanks(HANDS);
            paper.paragraph(CLAIM, Style.BODY);
            if (!manifest.parts().isEmpty()) {
                paper.heading(2, "Bundles");
                paper.table(List.of("File", "Bytes", "Items", "SHA-256"), List.of(15, 12, 25, 48), bundles(manifest));
            }
            for (String line : rest(manifest)) {
                paper.paragraph(line, Style.BODY);
            }
            String title = "Pouch " + manifest.number() + " from " + manifest.from() + " to " + manifest.to();
            paper.write(
                    out,
                    title,
                    "embassage " + Version.current(),
                    manifest.packed(),
                    title,
                    "SHA-256 of pouch.txt: " + manifest.digest().hex(),
                    Long.parseUnsignedLong(manifest.digest().hex().substring(0, 16), 16));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // all lies in memory
        }
        return out.toByteArray();
    }
}
