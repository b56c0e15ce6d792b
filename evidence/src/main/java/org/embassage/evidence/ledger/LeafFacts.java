package org.embassage.evidence.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;

/** What a leaf says, by its type (docs/formats/ledger.md, "Leaf"). */
public sealed interface LeafFacts {

    /**
     * A receipt is in the ledger.
     *
     * @param issued by the ledger's gateway; else it received it
     * @param exchange none if the receipt is about something else
     * @param manifest SHA-256 of the receipt's manifest
     * @param signature SHA-256 of its signature value
     */
    record OfEvidence(
            boolean issued,
            EvidenceId id,
            EvidenceEvent event,
            Optional<ExchangeId> exchange,
            Digest manifest,
            Digest signature)
            implements LeafFacts {}

    /** Sequence numbers, both ends included, that will never be used. */
    record OfVoid(GatewayId sender, GatewayId recipient, long first, long last) implements LeafFacts {}

    /** Leaf 0. */
    record OfEpoch(String origin, String previous) implements LeafFacts {}

    /** An act, or an agreement that came into keeping: nothing of which there is a receipt. */
    record Other(String type) implements LeafFacts {}

    /** @return nothing if it is not written as a leaf of a known type */
    static Optional<LeafFacts> of(LedgerLeaf leaf) {
        List<String> lines = Arrays.asList(leaf.text().split("\n", 16));
        if (lines.size() < 3 || !lines.get(lines.size() - 1).isEmpty()) {
            return Optional.empty();
        }
        List<String> values = lines.subList(2, lines.size() - 1);
        try {
            Optional<LeafFacts> facts = switch (lines.get(1) + " " + values.size()) {
                case "evidence 6" -> Optional.of(evidence(values));
                case "void 4" -> Optional.of(voided(values));
                case "epoch 2" -> Optional.of(new OfEpoch(values.get(0), values.get(1)));
                case "act 4", "agreement 3" -> Optional.of(new Other(lines.get(1)));
                default -> Optional.empty();
            };
            return facts.filter(read -> written(read, lines).equals(leaf));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static LeafFacts evidence(List<String> values) {
        return new OfEvidence(
                values.get(0).equals("issued"),
                EvidenceId.parse(values.get(1)),
                EvidenceEvent.ofUri(values.get(2)),
                values.get(3).equals("-") ? Optional.empty() : Optional.of(ExchangeId.parse(values.get(3))),
                Digest.fromHex(values.get(4)),
                Digest.fromHex(values.get(5)));
    }

    private static LeafFacts voided(List<String> values) {
        return new OfVoid(
                new GatewayId(values.get(0)),
                new GatewayId(values.get(1)),
                Numbers.parse(values.get(2)).orElseThrow(IllegalArgumentException::new),
                Numbers.parse(values.get(3)).orElseThrow(IllegalArgumentException::new));
    }

    /** There is one way to write each. */
    private static LedgerLeaf written(LeafFacts facts, List<String> lines) {
        if (facts instanceof OfEvidence of) {
            return LedgerLeaf.evidence(
                    of.issued() ? "issued" : "received",
                    of.id(),
                    of.event(),
                    of.exchange(),
                    of.manifest(),
                    of.signature());
        }
        if (facts instanceof OfVoid of) {
            return LedgerLeaf.voided(of.sender(), of.recipient(), of.first(), of.last());
        }
        return LedgerLeaf.lines(lines.get(1), lines.subList(2, lines.size() - 1).toArray(String[]::new));
    }
}
