package org.embassage.evidence.verify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.dispute.Standing;
import org.embassage.evidence.receipt.Evidence;

/**
 * What was found of a dispute file.
 *
 * @param report the whole result; its checks are those of both bundles judged as one, what each bundle alone has against it, and
 *     {@link Check#SIDES}. Its verdict is never better than that of either bundle alone
 * @param exchange the only exchange whose receipts are compared, if the file is about one
 * @param sides each bundle judged alone, in the order of the gateways' names; fewer than two if the file holds fewer
 * @param together both judged as one
 * @param receipts each receipt that is compared, in the order of their times
 * @param ledgers what the two bundles hold of each ledger, a sentence each
 */
public record DisputeReport(
        VerificationReport report,
        Optional<ExchangeId> exchange,
        List<Side> sides,
        VerificationReport together,
        List<Line> receipts,
        List<String> ledgers) {

    public DisputeReport {
        sides = List.copyOf(sides);
        receipts = List.copyOf(receipts);
        ledgers = List.copyOf(ledgers);
    }

    /**
     * One side.
     *
     * @param gateway whose bundle it is said to be
     * @param bundle SHA-256 of the bundle
     * @param report on the bundle alone
     */
    public record Side(GatewayId gateway, Digest bundle, VerificationReport report) {
        /** Whether the gateway signed the list of the bundle's files, and they are as listed. */
        public boolean signed() {
            return signed(report);
        }

        static boolean signed(VerificationReport bundle) {
            return Stream.of(Check.CONTAINER, Check.INDEX, Check.EXPORTER)
                    .allMatch(check -> bundle.of(check).status() == Status.PASS);
        }
    }

    /**
     * One receipt.
     *
     * @param evidence what it says, by the first bundle in which it is whole
     * @param word {@code match}, {@code conflicting}, or {@code only-} and the side
     * @param expected whether both sides should hold it: false if one is no party to what it is about
     * @param words what stands under it and what follows, sentences without full stops
     */
    public record Line(
            EvidenceId id,
            Optional<Evidence> evidence,
            Standing standing,
            String word,
            boolean expected,
            List<String> words) {
        public Line {
            words = List.copyOf(words);
        }

        /** As a person names it. */
        public String title() {
            return "receipt " + id
                    + evidence.map(e -> " (" + e.event().etsiName() + ") by " + e.issuer())
                            .orElse(", which is whole in neither bundle");
        }
    }
}
