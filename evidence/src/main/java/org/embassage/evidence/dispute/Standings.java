package org.embassage.evidence.dispute;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;

/**
 * Finds where each receipt of two bundles stands. Needs no trust: a receipt is known by its id and the digests of its manifest
 * and its signature value, and whether anybody is to be believed is not asked here.
 */
public final class Standings {

    private static final Pattern RECEIPT = Pattern.compile("receipts/([0-9a-f-]{36})\\.asice");

    private Standings() {}

    /**
     * Compares.
     *
     * @param first the files of the first bundle by path
     * @param second the files of the second
     * @param exchange if given, only receipts about this exchange count: those that name it, a refusal of a message of the
     *     same outer digest that could not be opened, and those that are whole in neither bundle, of which nobody can tell
     */
    public static SortedMap<EvidenceId, Standing> of(
            Map<String, byte[]> first, Map<String, byte[]> second, Optional<ExchangeId> exchange) {
        SortedMap<EvidenceId, Optional<Receipt>> mine = receipts(first);
        SortedMap<EvidenceId, Optional<Receipt>> theirs = receipts(second);
        SortedMap<EvidenceId, Standing> standings = new TreeMap<>();
        mine.forEach((id, receipt) -> standings.put(
                id,
                !theirs.containsKey(id)
                        ? Standing.ONLY_FIRST
                        : same(receipt, theirs.getOrDefault(id, Optional.empty()))
                                ? Standing.MATCH
                                : Standing.CONFLICTING));
        theirs.keySet().forEach(id -> standings.putIfAbsent(id, Standing.ONLY_SECOND));
        exchange.ifPresent(one -> {
            Set<Digest> outer = new HashSet<>();
            mine.values().forEach(receipt -> outer(receipt, one).ifPresent(outer::add));
            theirs.values().forEach(receipt -> outer(receipt, one).ifPresent(outer::add));
            standings.keySet().removeIf(id -> !about(mine.getOrDefault(id, Optional.empty()), theirs, id, one, outer));
        });
        return standings;
    }

    private static boolean same(Optional<Receipt> one, Optional<Receipt> other) {
        return one.isPresent()
                && other.isPresent()
                && one.get().manifest().equals(other.get().manifest())
                && one.get().signature().equals(other.get().signature());
    }

    private static Optional<Digest> outer(Optional<Receipt> receipt, ExchangeId exchange) {
        return receipt.filter(one -> names(one, exchange))
                .flatMap(one -> one.evidence().digests())
                .map(MessageDigests::outer);
    }

    private static boolean names(Receipt receipt, ExchangeId exchange) {
        return receipt.evidence().subject() instanceof Subject.OfExchange of
                && of.exchange().equals(exchange);
    }

    private static boolean about(
            Optional<Receipt> mine,
            Map<EvidenceId, Optional<Receipt>> theirs,
            EvidenceId id,
            ExchangeId exchange,
            Set<Digest> outer) {
        Optional<Receipt> other = theirs.getOrDefault(id, Optional.empty());
        return mine.isEmpty() && other.isEmpty()
                || mine.filter(one -> about(one, exchange, outer)).isPresent()
                || other.filter(one -> about(one, exchange, outer)).isPresent();
    }

    private static boolean about(Receipt receipt, ExchangeId exchange, Set<Digest> outer) {
        return names(receipt, exchange)
                || receipt.evidence().subject() instanceof Subject.Unopened
                        && receipt.evidence()
                                .digests()
                                .filter(digests -> outer.contains(digests.outer()))
                                .isPresent();
    }

    /** By the id in the file's name; empty if it is not whole, or another than its name says. */
    private static SortedMap<EvidenceId, Optional<Receipt>> receipts(Map<String, byte[]> files) {
        SortedMap<EvidenceId, Optional<Receipt>> receipts = new TreeMap<>();
        files.forEach((path, container) -> {
            Matcher name = RECEIPT.matcher(path);
            if (name.matches()) {
                id(name.group(1))
                        .ifPresent(id -> receipts.put(
                                id,
                                read(container).filter(receipt -> receipt.id().equals(id))));
            }
        });
        return receipts;
    }

    private static Optional<EvidenceId> id(String text) {
        try {
            return Optional.of(EvidenceId.parse(text));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static Optional<Receipt> read(byte[] container) {
        return ReceiptReader.read(container).fold(good -> Optional.of(good.receipt()), bad -> Optional.empty());
    }
}
