package org.embassage.referees;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Asks EU DSS about receipts and the receipts in bundles. Arguments: a folder of CA certificates and revocation lists,
 * an instant such as {@code 2026-11-25T06:00:00Z} or {@code now}, and files. Prints a line for each receipt: what DSS
 * says, where the receipt lies, and below it what DSS holds against it. Exit code 0 if all passed, else 1. Fetches nothing.
 */
public final class Dss {

    /** The ending of an evidence record that lies beside a file, and the place of the opinion about it. */
    static final String RECORD = ".ers";

    private Dss() {}

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out));
    }

    static int run(List<String> arguments, PrintStream out) {
        if (arguments.size() < 3) {
            out.println("usage: Dss TRUST-FOLDER INSTANT|now FILE...");
            return 2;
        }
        Trust trust = Trust.read(Path.of(arguments.get(0)));
        Instant at = arguments.get(1).equals("now") ? Instant.now() : Instant.parse(arguments.get(1));
        List<Opinion> all = new ArrayList<>();
        for (String file : arguments.subList(2, arguments.size())) {
            judge(Path.of(file), trust, at).forEach((place, opinion) -> {
                out.println(opinion + "  " + file + " " + place);
                opinion.messages().forEach(message -> out.println("    " + message));
                all.add(opinion);
            });
        }
        return all.stream().allMatch(opinion -> opinion.weight() == 0) ? 0 : 1;
    }

    /** What DSS says of each receipt of a file, by its place there, and of the evidence record beside it. */
    static SortedMap<String, Opinion> judge(Path file, Trust trust, Instant at) {
        SortedMap<String, Opinion> opinions = new TreeMap<>();
        try {
            EvidenceFile evidence = EvidenceFile.read(file);
            DssReferee referee = new DssReferee(trust, evidence.certificates(), evidence.revocationLists(), at);
            Path record = file.resolveSibling(file.getFileName() + RECORD);
            if (Files.exists(record)) {
                opinions.put(
                        RECORD,
                        referee.record(
                                Files.readAllBytes(record), file.getFileName().toString(), Files.readAllBytes(file)));
            }
            for (Map.Entry<String, byte[]> receipt : evidence.receipts().entrySet()) {
                opinions.put(receipt.getKey(), referee.receipt(receipt.getKey(), receipt.getValue()));
            }
        } catch (IOException noZip) {
            opinions.put("", Opinion.unreadable("no ZIP"));
        }
        return opinions;
    }
}
