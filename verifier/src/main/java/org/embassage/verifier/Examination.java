package org.embassage.verifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;

/**
 * One file that was examined, with all that a report says of it.
 *
 * @param name of the file as it was given to the command; not yet made fit for print
 * @param bytes its size
 * @param sha256 of the file, as it was examined
 * @param record SHA-256 of the evidence record that lay beside it, if one did
 * @param report what was found
 * @param dispute what else was found, if the file is a dispute file; its report is {@code report}
 * @param policy what the auditor lets go
 * @param examined when the command ran, by this machine's clock, UTC
 * @param command how it was called: the trust folder and, if there was one, the policy file
 */
record Examination(
        String name,
        long bytes,
        Digest sha256,
        Optional<Digest> record,
        VerificationReport report,
        Optional<DisputeReport> dispute,
        VerifyPolicy policy,
        Instant examined,
        Called command) {

    /** What the command was called with, as it was typed. */
    record Called(String trust, List<String> policy) {}

    /** The verdict, with the indication if there is one: {@code INDETERMINATE (NO_POE)}. */
    String verdict() {
        Indication why = report.indication();
        return report.verdict().words() + (why == Indication.NONE ? "" : " (" + why + ")");
    }

    /** Whether the file is a single receipt, and not a bundle. */
    boolean isReceipt() {
        return !report.of(Check.INDEX).calledFor();
    }

    /** What the policy lets go, by number. */
    List<String> letGo() {
        return policy.optional().stream()
                .sorted(Comparator.comparing(Check::number))
                .map(Check::id)
                .toList();
    }

    /** The policy in one sentence. */
    String policySentence() {
        String letGo = letGo().isEmpty()
                ? "nothing is let go: every check that is called for must hold"
                : "may be left unchecked: " + String.join(", ", letGo());
        return policy.witnesses() == 1 ? letGo : letGo + "; witnesses wanted: " + policy.witnesses();
    }

    /** The policy as a file has it; its lines. */
    List<String> policyLines() {
        List<String> lines = new ArrayList<>(List.of("embassage-policy/v1"));
        letGo().forEach(check -> lines.add("optional " + check));
        if (policy.witnesses() != 1) {
            lines.add("witnesses " + policy.witnesses());
        }
        return lines;
    }

    /** Whether it is not what holds without a policy file. */
    boolean hasPolicy() {
        return policyLines().size() > 1;
    }

    /** The arguments that give the same verdict again, at any later time. */
    List<String> again() {
        List<String> words = new ArrayList<>(List.of(shell(name), "--trust", shell(command.trust())));
        command.policy().forEach(policyFile -> words.addAll(List.of("--policy", shell(policyFile))));
        words.addAll(List.of("--at", report.at().toString()));
        return words;
    }

    /** A word that a POSIX shell takes as it is. */
    private static String shell(String word) {
        return word.matches("[A-Za-z0-9@%+=:,./_-]+")
                ? word
                : "'" + Plain.text(word).replace("'", "'\\''") + "'";
    }
}
