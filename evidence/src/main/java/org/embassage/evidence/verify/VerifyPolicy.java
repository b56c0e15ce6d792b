package org.embassage.evidence.verify;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the auditor lets go. A text of lines; {@code #} begins a comment:
 *
 * <pre>
 * embassage-policy/v1
 * optional time-stamp
 * optional continuity
 * witnesses 2
 * </pre>
 *
 * @param witnesses how many cosigners other than its issuer must stand behind each receipt, 1 unless the text says so
 * @param optional checks that may be NOT CHECKED without spoiling the verdict; a FAIL always spoils it
 */
public record VerifyPolicy(Set<Check> optional, int witnesses) {

    /**
     * A policy from which an auditor may start: times may be the issuers' own, and proofs between all checkpoints of a
     * peer's ledger may be kept by that peer alone.
     */
    public static final String BASELINE = """
            embassage-policy/v1
            # The gateways' own clocks are enough where no authority that I bring has time-stamped a receipt.
            optional time-stamp
            # A gateway has consistency proofs of its own ledger; those of a peer's ledger are with the peer.
            optional continuity
            # A peer that has no witness key yet cosigns nothing.
            optional witnessed
            """;

    private static final String MAGIC = "embassage-policy/v1";
    private static final String OPTIONAL = "optional ";
    private static final Pattern WITNESSES = Pattern.compile("witnesses\\s+([1-9][0-9]?)");

    /** One witness is enough. */
    public VerifyPolicy(Set<Check> optional) {
        this(optional, 1);
    }

    public VerifyPolicy {
        optional = Set.copyOf(optional);
    }

    /** Nothing is optional. */
    public static VerifyPolicy strict() {
        return new VerifyPolicy(Set.of());
    }

    /** @return nothing if a line is not understood or names no check */
    public static Optional<VerifyPolicy> parse(String text) {
        Set<Check> optional = EnumSet.noneOf(Check.class);
        boolean magic = false;
        int witnesses = 1;
        for (String line : text.split("\\R", -1)) {
            String stated = line.replaceFirst("#.*", "").strip();
            if (stated.isEmpty()) {
                continue;
            }
            if (!magic) {
                magic = stated.equals(MAGIC);
                if (!magic) {
                    return Optional.empty();
                }
                continue;
            }
            Matcher counted = WITNESSES.matcher(stated);
            if (counted.matches()) {
                witnesses = Integer.parseInt(counted.group(1));
                continue;
            }
            Optional<Check> check = stated.startsWith(OPTIONAL)
                    ? Check.ofId(stated.substring(OPTIONAL.length()).strip())
                    : Optional.empty();
            if (check.isEmpty()) {
                return Optional.empty();
            }
            optional.add(check.get());
        }
        return magic ? Optional.of(new VerifyPolicy(optional, witnesses)) : Optional.empty();
    }
}
