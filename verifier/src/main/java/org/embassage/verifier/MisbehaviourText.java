package org.embassage.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;

/** What is printed of a proof of misbehaviour. */
final class MisbehaviourText {

    private MisbehaviourText() {}

    /** Whether the file begins as one does. */
    static boolean isOne(Path file) throws IOException {
        return Files.isRegularFile(file) && Misbehaviour.isNamed(octets(file, Misbehaviour.MAGIC.length() + 1));
    }

    /** Whether a file in a folder is to be judged as one. */
    static boolean isNamedSo(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".misbehaviour");
    }

    static MisbehaviourReport judge(Path file, LedgerKeys keys) throws IOException {
        return MisbehaviourReport.of(octets(file, Misbehaviour.MAX_BYTES + 1), keys);
    }

    private static byte[] octets(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }

    static String line(MisbehaviourReport report) {
        return report.words() + ": " + Plain.text(report.sentence()) + System.lineSeparator();
    }

    static String of(MisbehaviourReport report, LedgerKeys keys) {
        StringBuilder text = new StringBuilder();
        text.append(Plain.text(report.sentence())).append(String.format(".%n%s%n%n", report.words()));
        report.facts().forEach(fact -> text.append(String.format("  %s%n", Plain.text(fact))));
        keys.leftOut().forEach(card -> text.append(String.format("  left out: %s%n", Plain.text(card))));
        if (report.proven()) {
            text.append(String.format("%nWhat this does not prove:%n"
                    + "  - which of the two histories is the true one, or why there are two;%n"
                    + "  - who did it: whoever can use the ledger's key can;%n"
                    + "  - when: the times are the words of those who state them.%n"));
        }
        return text.toString();
    }

    static String json(MisbehaviourReport report, LedgerKeys keys, String file) {
        return json(report, keys, file, new JsonWriter());
    }

    /** The same in one line. */
    static String jsonLine(MisbehaviourReport report, LedgerKeys keys, String file) {
        return json(report, keys, file, JsonWriter.ofLines());
    }

    private static String json(MisbehaviourReport report, LedgerKeys keys, String file, JsonWriter json) {
        json.object(() -> {
            json.member("schema", VerifyCommand.MISBEHAVIOUR_SCHEMA);
            json.member("verdict", report.words());
            json.member("reason", report.reason());
            json.member("exitCode", report.exitCode());
            json.member("sentence", report.sentence());
            json.member("file", file);
            report.proof().ifPresent(proof -> {
                json.member("ledger", proof.origin());
                json.member("accuser", proof.accuser());
                json.member("found", proof.found().toString());
            });
            json.member("facts", report.facts());
            json.member("leftOut", keys.leftOut());
        });
        return json.text();
    }
}
