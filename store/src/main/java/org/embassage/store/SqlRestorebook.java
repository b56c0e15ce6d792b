package org.embassage.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Restorebook;

/** Reads what is known of copies of the store. */
final class SqlRestorebook implements Restorebook {

    private final Database database;

    SqlRestorebook(Database database) {
        this.database = database;
    }

    /** A new epoch begins behind everything that the copy had. */
    @Override
    public Optional<Copy> copied() {
        return Reads.list(
                        database.reads(),
                        "SELECT backup, at, size FROM store_copy c WHERE seq = (SELECT MAX(seq) FROM store_copy)"
                                + " AND NOT EXISTS (SELECT 1 FROM ledger_epoch WHERE first_idx >= c.size)",
                        Map.of(),
                        row -> new Copy(row.getString("backup"), Rows.time(row, "at"), row.getLong("size")))
                .stream()
                .findFirst();
    }

    @Override
    public List<Told> told() {
        return Reads.list(
                database.reads(),
                "SELECT peer, at, note FROM holding ORDER BY peer",
                Map.of(),
                row -> new Told(Rows.gateway(row, "peer"), Rows.time(row, "at"), Rows.text(row, "note")));
    }

    @Override
    public List<Recovering> recovering() {
        return Reads.list(
                database.reads(),
                "SELECT peer, origin, since_at, order_id, summary FROM recovery WHERE recovered_at IS NULL ORDER BY peer",
                Map.of(),
                row -> new Recovering(
                        Rows.gateway(row, "peer"),
                        row.getString("origin"),
                        Rows.time(row, "since_at"),
                        EvidenceId.parse(row.getString("order_id")),
                        Rows.text(row, "summary")));
    }

    @Override
    public boolean uncertain(GatewayId peer, ExchangeId exchange) {
        return !Reads.list(
                        database.reads(),
                        "SELECT 1 FROM uncertain WHERE exchange_id = :exchange AND peer = :peer",
                        Map.of("exchange", exchange.toString(), "peer", peer.value()),
                        row -> true)
                .isEmpty();
    }

    @Override
    public Optional<String> peerEpoch(GatewayId peer) {
        return Reads.list(
                        database.reads(),
                        "SELECT beginning FROM peer_epoch WHERE peer = :peer ORDER BY seq DESC LIMIT 1",
                        Map.of("peer", peer.value()),
                        row -> row.getString("beginning"))
                .stream()
                .findFirst();
    }

    @Override
    public List<String> peerEpochs() {
        return Reads.list(
                database.reads(),
                "SELECT beginning FROM peer_epoch ORDER BY seq",
                Map.of(),
                row -> row.getString("beginning"));
    }

    @Override
    public List<Backup> backups(int limit) {
        return Reads.list(
                database.reads(),
                "SELECT id, at, name, keys FROM backup ORDER BY at DESC LIMIT :limit",
                Map.of("limit", limit),
                row -> new Backup(
                        row.getString("id"), Rows.time(row, "at"), row.getString("name"), Rows.truth(row, "keys")));
    }
}
