package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stamping;

/**
 * Reads proofs of time from a database. Tokens are given in the order of the leaves, so what waits lies behind the last
 * one: no row of the receipts has to be marked.
 */
final class SqlStampbook implements Stampbook {

    private static final String SETTING = "SELECT mode, from_idx, at FROM time_stamping ORDER BY seq DESC LIMIT 1";
    private static final String UNSTAMPED =
            "SELECT r.id, l.idx, r.signature_digest FROM ledger_leaf l JOIN receipt r ON r.id = l.receipt_id"
                    + " WHERE l.idx >= :from AND l.idx > (SELECT COALESCE(MAX(leaf_idx), -1) FROM receipt_token)"
                    + " ORDER BY l.idx LIMIT :limit";
    private static final String TOKEN =
            "SELECT t.at, t.token FROM ledger_leaf l JOIN receipt_token t ON t.leaf_idx = l.idx WHERE l.receipt_id = :id";
    private static final String ANCHOR = "SELECT size, note, at, token FROM checkpoint_token ";
    private static final String COVERED = "SELECT at FROM checkpoint WHERE size > :index ORDER BY size, at LIMIT 1";
    private static final String STATUS = "SELECT kind, at, body FROM kept_status WHERE ";

    private final Database database;

    SqlStampbook(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Setting> setting() {
        return list(
                        SETTING,
                        Map.of(),
                        row -> new Setting(
                                Stamping.valueOf(row.getString("mode")), row.getLong("from_idx"), Rows.time(row, "at")))
                .stream()
                .findFirst();
    }

    @Override
    public List<Unstamped> unstamped(long from, int limit) {
        return list(
                UNSTAMPED,
                Map.of("from", from, "limit", limit),
                row -> new Unstamped(
                        EvidenceId.parse(row.getString("id")),
                        row.getLong("idx"),
                        Rows.digest(row, "signature_digest")));
    }

    @Override
    public Optional<Kept> token(EvidenceId receipt) {
        return list(TOKEN, Map.of("id", receipt.toString()), row -> new Kept(Rows.time(row, "at"), bytes(row, "token")))
                .stream()
                .findFirst();
    }

    @Override
    public long stamped() {
        return list("SELECT COUNT(*) AS n FROM receipt_token", Map.of(), row -> row.getLong("n"))
                .get(0);
    }

    @Override
    public Optional<Anchor> newestAnchor() {
        return anchors(1).stream().findFirst();
    }

    @Override
    public Optional<Anchor> anchorOver(long leafIndex) {
        return list(
                        ANCHOR + "WHERE size > :index ORDER BY size LIMIT 1",
                        Map.of("index", leafIndex),
                        SqlStampbook::anchor)
                .stream()
                .findFirst();
    }

    @Override
    public List<Anchor> anchors(int limit) {
        return list(ANCHOR + "ORDER BY size DESC LIMIT :limit", Map.of("limit", limit), SqlStampbook::anchor);
    }

    @Override
    public Optional<Instant> covered(long leafIndex) {
        return list(COVERED, Map.of("index", leafIndex), row -> Rows.time(row, "at")).stream()
                .findFirst();
    }

    @Override
    public boolean keeps(Digest digest) {
        return !list(STATUS + "digest = :digest", Map.of("digest", digest.bytes()), row -> true)
                .isEmpty();
    }

    @Override
    public List<Status> statuses(StatusKind kind) {
        return list(
                STATUS + "kind = :kind ORDER BY at, digest",
                Map.of("kind", kind.name()),
                row -> new Status(kind, Rows.time(row, "at"), bytes(row, "body")));
    }

    private static Anchor anchor(ResultSet row) throws SQLException {
        return new Anchor(row.getLong("size"), row.getString("note"), Rows.time(row, "at"), bytes(row, "token"));
    }

    private static Published bytes(ResultSet row, String column) throws SQLException {
        return new Published(row.getBytes(column));
    }

    private <T> List<T> list(String sql, Map<String, ?> values, Reads.Reader<T> reader) {
        return Reads.list(database.reads(), sql, values, reader);
    }
}
