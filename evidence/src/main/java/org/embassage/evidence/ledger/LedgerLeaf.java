package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;

/**
 * The text of one ledger entry (docs/formats/ledger.md, "Leaf"): its first line is {@code embassage-leaf/v1}, its
 * second its type. Holds no personal data. Bytes that may be added to a receipt's container later never change its leaf.
 *
 * @param text lines that end in a line feed, UTF-8
 */
public record LedgerLeaf(String text) {

    private static final String MAGIC = "embassage-leaf/v1\n";

    /** The leaf of a receipt that this gateway issued. */
    public static LedgerLeaf issued(Receipt receipt) {
        return evidence("issued", receipt);
    }

    /** The leaf of a receipt that this gateway received from a peer. */
    public static LedgerLeaf received(Receipt receipt) {
        return evidence("received", receipt);
    }

    private static LedgerLeaf evidence(String direction, Receipt receipt) {
        Optional<ExchangeId> exchange = receipt.evidence().subject() instanceof Subject.OfExchange of
                ? Optional.of(of.exchange())
                : Optional.empty();
        return evidence(
                direction, receipt.id(), receipt.evidence().event(), exchange, receipt.manifest(), receipt.signature());
    }

    /** The leaf that the issuer of a receipt has of it, from what identifies the receipt. */
    public static LedgerLeaf issued(
            EvidenceId id, EvidenceEvent event, Optional<ExchangeId> exchange, Digest manifest, Digest signature) {
        return evidence("issued", id, event, exchange, manifest, signature);
    }

    static LedgerLeaf evidence(
            String direction,
            EvidenceId id,
            EvidenceEvent event,
            Optional<ExchangeId> exchange,
            Digest manifest,
            Digest signature) {
        return lines(
                "evidence",
                direction,
                id.toString(),
                event.uri(),
                exchange.map(ExchangeId::toString).orElse("-"),
                manifest.hex(),
                signature.hex());
    }

    /**
     * Leaf 0 of an epoch.
     *
     * @param origin of this ledger
     * @param previous SHA-256 of the last witnessed note of the epoch before, or {@code -} for the first
     */
    public static LedgerLeaf epoch(String origin, String previous) {
        return lines("epoch", origin, previous);
    }

    /** Sequence numbers of a pair of gateways, both ends included, that were reserved and will never be used. */
    public static LedgerLeaf voided(GatewayId sender, GatewayId recipient, long from, long to) {
        return lines("void", sender.value(), recipient.value(), Long.toString(from), Long.toString(to));
    }

    /** An agreement came into the gateway's keeping. */
    public static LedgerLeaf agreement(String id, int version, Digest digest) {
        return lines("agreement", id, Integer.toString(version), digest.hex());
    }

    /**
     * An act of a person on an item.
     *
     * @param act a word, for example {@code RELEASE}
     * @param actor role and pseudonym, never a name
     * @param subject id of what was acted upon
     */
    public static LedgerLeaf act(EvidenceId id, String act, String actor, String subject) {
        return lines("act", id.toString(), act, actor, subject);
    }

    static LedgerLeaf lines(String type, String... lines) {
        return new LedgerLeaf(MAGIC + type + "\n" + String.join("\n", lines) + "\n");
    }

    /** The bytes that are hashed into the tree. */
    public byte[] octets() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** When it was made, UTC in milliseconds: receipts and acts say it in their ids, other leaves say nothing. */
    public Optional<Instant> time() {
        String[] lines = text.split("\n", 6);
        if (lines.length < 5 || !text.startsWith(MAGIC)) {
            return Optional.empty();
        }
        String id = lines[1].equals("evidence") ? lines[3] : lines[1].equals("act") ? lines[2] : "";
        try {
            UUID uuid = UUID.fromString(id);
            return uuid.version() == 7
                    ? Optional.of(Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16))
                    : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text.replace('\n', ' ').trim();
    }
}
