package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register.KnownReceipt;
import org.embassage.exchange.journal.Register.StoredReceipt;

/** Reads receipts, with their containers or without. */
final class ReceiptQueries {

    /** Chosen first, so that no container is read in vain. */
    private static final String CHOSEN = "(SELECT r.*, l.idx FROM receipt r JOIN ledger_leaf l ON l.receipt_id = r.id ";

    private static final String WITH_CONTAINERS = ") r JOIN content c ON c.id = 'receipt/' || r.id"
            + " LEFT JOIN content_key k ON k.id = c.key_id ORDER BY r.idx ";

    private static final int AT_ONCE = 32;

    private final Database database;
    private final ContentReader contents;

    ReceiptQueries(Database database, ContentReader contents) {
        this.database = database;
        this.contents = contents;
    }

    Optional<StoredReceipt> receipt(EvidenceId receipt) {
        return list("WHERE r.id = :id", Map.of("id", receipt.toString())).stream()
                .findFirst();
    }

    List<StoredReceipt> of(ExchangeId exchange) {
        return list("WHERE r.exchange_id = :exchange ORDER BY l.idx", Map.of("exchange", exchange.toString()));
    }

    List<StoredReceipt> newest(int limit) {
        return reversed(list("ORDER BY l.idx DESC LIMIT :limit", Map.of("limit", limit)));
    }

    List<StoredReceipt> asked(ReceiptQuery query) {
        StringBuilder where = new StringBuilder("WHERE l.idx >= :leaf");
        Map<String, Object> values = new HashMap<>(Map.of("leaf", query.fromLeaf(), "limit", query.limit()));
        query.from().ifPresent(from -> {
            where.append(" AND r.at >= :from");
            values.put("from", from.toEpochMilli());
        });
        query.until().ifPresent(until -> {
            where.append(" AND r.at < :until");
            values.put("until", until.toEpochMilli());
        });
        query.agreement().ifPresent(agreement -> {
            where.append(" AND r.agreement_id = :agreement");
            values.put("agreement", agreement);
        });
        query.peer().ifPresent(peer -> {
            where.append(" AND r.peer = :peer");
            values.put("peer", peer.value());
        });
        query.drop().ifPresent(drop -> {
            where.append(" AND r.drop_id = :drop");
            values.put("drop", drop.toString());
        });
        if (!query.events().isEmpty()) {
            where.append(query.events().stream() // names of constants, not words of anybody
                    .map(event -> "'" + event.name() + "'")
                    .collect(Collectors.joining(", ", " AND r.event IN (", ")")));
        }
        return list(where + " ORDER BY l.idx LIMIT :limit", values);
    }

    List<KnownReceipt> issuedFor(GatewayId peer, long from, long to, int limit) {
        return known(
                "WHERE l.idx >= :from AND l.idx < :to AND r.issued = 1 AND r.peer = :peer ORDER BY l.idx LIMIT :limit",
                Map.of("from", from, "to", to, "peer", peer.value(), "limit", limit));
    }

    List<KnownReceipt> issued(Collection<ExchangeId> exchanges, EvidenceEvent event) {
        return inParts(
                exchanges,
                names ->
                        "WHERE r.exchange_id IN (" + names + ") AND r.issued = 1 AND r.event = '" + event.name() + "'");
    }

    List<KnownReceipt> known(Collection<EvidenceId> receipts) {
        return inParts(receipts, names -> "WHERE r.id IN (" + names + ")");
    }

    List<KnownReceipt> known(ExchangeId exchange) {
        return known("WHERE r.exchange_id = :exchange ORDER BY l.idx", Map.of("exchange", exchange.toString()));
    }

    /** As many at once as a statement likes, always with the same number of names, so that there is one statement. */
    private List<KnownReceipt> inParts(Collection<?> ids, UnaryOperator<String> condition) {
        String names = IntStream.range(0, AT_ONCE).mapToObj(i -> ":id" + i).collect(Collectors.joining(", "));
        List<String> all = ids.stream().map(Object::toString).distinct().toList();
        List<KnownReceipt> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            Map<String, Object> values = new HashMap<>();
            for (int i = 0; i < AT_ONCE; i++) {
                values.put("id" + i, all.get(Math.min(from + i, all.size() - 1)));
            }
            found.addAll(known(condition.apply(names), values));
        }
        found.sort(Comparator.comparingLong(KnownReceipt::leafIndex));
        return found;
    }

    private List<KnownReceipt> known(String condition, Map<String, ?> values) {
        return Reads.list(
                database.reads(),
                "SELECT r.*, l.idx FROM receipt r JOIN ledger_leaf l ON l.receipt_id = r.id " + condition,
                values,
                row -> new KnownReceipt(
                        EvidenceId.parse(row.getString("id")),
                        EvidenceEvent.valueOf(row.getString("event")),
                        Rows.gateway(row, "issuer"),
                        Rows.exchangeIfAny(row, "exchange_id"),
                        Rows.truth(row, "issued"),
                        row.getLong("idx"),
                        Rows.digest(row, "manifest_digest"),
                        Rows.digest(row, "signature_digest")));
    }

    List<StoredReceipt> withoutProof(GatewayId peer, int limit) {
        return list(
                "WHERE r.peer = :peer AND r.issued = 0 AND r.proof IS NULL ORDER BY l.idx LIMIT :limit",
                Map.of("peer", peer.value(), "limit", limit));
    }

    Map<EvidenceId, String> settleableProofs(GatewayId issuer, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle
                        .createQuery(
                                "SELECT e.receipt_id, e.proof FROM early_proof e JOIN receipt r ON r.id = e.receipt_id"
                                        + " WHERE e.peer = :peer AND r.peer = e.peer AND r.issued = 0 LIMIT :limit")
                        .bind("peer", issuer.value())
                        .bind("limit", limit)
                        .map((row, context) ->
                                Map.entry(EvidenceId.parse(row.getString("receipt_id")), row.getString("proof")))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static List<StoredReceipt> reversed(List<StoredReceipt> receipts) {
        List<StoredReceipt> reversed = new ArrayList<>(receipts);
        Collections.reverse(reversed);
        return reversed;
    }

    private List<StoredReceipt> list(String condition, Map<String, ?> values) {
        return Reads.of(
                        database.reads(),
                        handle -> handle.createQuery("SELECT r.*, " + StoredContent.COLUMNS + " FROM " + CHOSEN
                                        + condition + WITH_CONTAINERS)
                                .bindMap(values)
                                .map((row, context) -> read(row))
                                .list())
                .stream()
                .map(Encrypted::decrypt)
                .toList();
    }

    /** A receipt whose container is not decrypted yet. */
    private interface Encrypted {
        StoredReceipt decrypt();
    }

    private Encrypted read(ResultSet row) throws SQLException {
        StoredContent container = StoredContent.read(row);
        StoredReceipt receipt = new StoredReceipt(
                EvidenceId.parse(row.getString("id")),
                EvidenceEvent.valueOf(row.getString("event")),
                Rows.time(row, "at"),
                Rows.gateway(row, "issuer"),
                Rows.exchangeIfAny(row, "exchange_id"),
                Rows.truth(row, "issued"),
                Rows.truth(row, "late"),
                row.getLong("idx"),
                Rows.digest(row, "manifest_digest"),
                Rows.digest(row, "signature_digest"),
                new Content(new byte[0]),
                Rows.text(row, "proof"));
        return () -> with(receipt, contents.decrypt(container));
    }

    private static StoredReceipt with(StoredReceipt receipt, Content container) {
        return new StoredReceipt(
                receipt.id(),
                receipt.event(),
                receipt.time(),
                receipt.issuer(),
                receipt.exchange(),
                receipt.issued(),
                receipt.late(),
                receipt.leafIndex(),
                receipt.manifest(),
                receipt.signature(),
                container,
                receipt.proof());
    }
}
