package org.embassage.verifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.verify.JudgedPeriod;
import org.embassage.evidence.verify.Verdict;

/** What every report on paper says, whatever was found. */
final class PdfTexts {

    static final List<String> METHOD = List.of(
            "Two national gateways exchange records. For each step a gateway writes a receipt: a short statement of what it"
                    + " did, with the time by its own clock, signed with a key that only it has. A signature can be verified"
                    + " by everybody and made by nobody else.",
            "The program computed the digest of each part, a number that changes completely if one letter of the part"
                    + " changes, and compared it with the digest that was signed. So it is seen whether anything was altered"
                    + " after signing.",
            "It followed the certificate of each signer to the authority of that gateway's country, whose certificate the"
                    + " examiner had obtained from that country. It looked at that authority's list of revoked"
                    + " certificates. So it is seen who signed.",
            "It compared the statements of both sides with each other and with the agreement between the countries, which"
                    + " both have signed: the same message, in a possible order, with one outcome.",
            "Each gateway enters its receipts into a ledger and gives the other side a signed total of it at every contact."
                    + " An entry cannot be changed or taken out later without contradicting a total that the other side"
                    + " holds. The program verified that each receipt is entered, and that no total contradicts another.",
            "Nothing in the file is believed because the file says so. What could not be checked is named as such.");

    static final List<List<String>> WORDS = List.of(
            List.of("bundle", "one file with all that is needed to judge one or more exchanges"),
            List.of("gateway", "the computer by which an agency of a country exchanges records with others"),
            List.of("exchange", "one record on its way from one gateway to another"),
            List.of("receipt", "a signed statement by one gateway that one thing happened"),
            List.of("SHA-256, digest", "a number of 64 digits and letters that identifies a file's exact content"),
            List.of("certificate", "a statement by an authority that a certain key belongs to a certain gateway"),
            List.of("trust anchor", "the certificate of an authority in which the examiner believes"),
            List.of("ledger", "a gateway's running list of its receipts, which cannot be changed unnoticed"),
            List.of("checkpoint", "the signed total of a ledger at one moment"),
            List.of("time-stamp", "a statement by an independent authority that something existed at a certain time"),
            List.of("TOTAL-PASSED", Explanation.verdict(Verdict.TOTAL_PASSED)),
            List.of("INDETERMINATE", Explanation.verdict(Verdict.INDETERMINATE)),
            List.of("TOTAL-FAILED", Explanation.verdict(Verdict.TOTAL_FAILED)));

    private static final int MOST_PAIRS = 20;

    private PdfTexts() {}

    /** Rows about a statement of completeness. */
    static List<List<String>> period(JudgedPeriod period) {
        Completeness of = period.statement();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Stated by", of.gateway() + ", about its own ledger " + of.origin()));
        rows.add(List.of(
                "Entries", of.from() + " to " + (of.to() - 1) + ", of a ledger of " + period.size() + " entries"));
        rows.add(List.of("Root of that ledger", period.root().hex()));
        rows.add(List.of("Asked for", of.scope().text()));
        of.since().ifPresent(time -> rows.add(List.of("Asked for from", time(time))));
        of.until().ifPresent(time -> rows.add(List.of("Asked for until", time(time))));
        rows.add(List.of("Part", of.part() + " of " + of.parts()));
        rows.add(List.of(
                "Its entries",
                period.receipts() + " with their receipts in the file; " + period.others() + " of which there is none; "
                        + period.before().size() + " of exchanges that began before; " + period.hidden()
                        + " shown as hashes only"));
        of.pairs().stream()
                .limit(MOST_PAIRS)
                .forEach(pair -> rows.add(List.of(
                        "Numbers from " + pair.sender() + " to " + pair.recipient(),
                        ranges(List.of(pair.numbers()))
                                + (pair.elsewhere().isEmpty()
                                        ? ""
                                        : "; said to lie elsewhere: " + ranges(pair.elsewhere()))
                                + (pair.holes().isEmpty()
                                        ? ""
                                        : "; admitted to be missing: " + ranges(pair.holes())))));
        if (of.pairs().size() > MOST_PAIRS) {
            rows.add(List.of("More directions", of.pairs().size() - MOST_PAIRS + "; the report as JSON names them"));
        }
        return rows;
    }

    private static String ranges(List<Completeness.Range> ranges) {
        String told = ranges.stream()
                .limit(MOST_PAIRS)
                .map(range ->
                        range.first() == range.last() ? "" + range.first() : range.first() + " to " + range.last())
                .collect(Collectors.joining(", "));
        return ranges.size() > MOST_PAIRS ? told + " and " + (ranges.size() - MOST_PAIRS) + " more" : told;
    }

    /** A time as people write it, in UTC. */
    static String time(Instant time) {
        return time.toString().replace('T', ' ').replace("Z", " UTC");
    }
}
