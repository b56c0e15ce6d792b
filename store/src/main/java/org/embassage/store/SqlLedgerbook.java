package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Restorebook;

/** Reads the ledger from a database. */
final class SqlLedgerbook implements Ledgerbook {

    private static final String LEAVES = " FROM ledger_leaf WHERE idx >= :from AND idx < :to ORDER BY idx";
    private static final String CHECKPOINTS = "SELECT size - :first AS size, at, note, 1 AS consistent FROM checkpoint"
            + " WHERE size > :first AND size <= :end ORDER BY checkpoint.size DESC, at DESC, seq DESC LIMIT :limit";
    /** Of the newest epoch of the peer that was accepted; of any while none was. */
    private static final String CURRENT = " AND COALESCE((SELECT SUBSTR(note, 1, LENGTH(origin) + 1) = origin || '\n'"
            + " FROM peer_epoch e WHERE e.peer = peer_note.peer ORDER BY e.seq DESC LIMIT 1), TRUE)";

    private static final String COSIGNATURES =
            "SELECT size, cosigner, at, line FROM cosignature WHERE origin = :origin";

    private final Database database;
    private final SqlRestorebook restores;
    private final long first;
    private final long end;

    private SqlLedgerbook(Database database, long first, long end) {
        this.database = database;
        this.restores = new SqlRestorebook(database);
        this.first = first;
        this.end = end;
    }

    /** The book of the epoch that is the newest now. */
    static SqlLedgerbook newest(Database database) {
        List<Epoch> epochs = new SqlLedgerbook(database, 0, Long.MAX_VALUE).epochs();
        return new SqlLedgerbook(
                database, epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1).first(), Long.MAX_VALUE);
    }

    @Override
    public List<Epoch> epochs() {
        List<Epoch> later = Reads.of(
                database.reads(),
                handle -> handle.createQuery(
                                "SELECT origin, first_idx, beginning FROM ledger_epoch ORDER BY first_idx DESC")
                        .map((row, context) -> new Epoch(
                                row.getString("origin"),
                                row.getLong("first_idx"),
                                Long.MAX_VALUE,
                                Optional.of(row.getString("beginning"))))
                        .list());
        Optional<String> leaf = Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT text FROM ledger_leaf WHERE idx = 0")
                        .mapTo(String.class)
                        .findOne());
        if (leaf.isEmpty()) {
            return List.of();
        }
        String[] lines = leaf.get().split("\n", -1);
        String origin = lines.length > 2 ? lines[2] : "";
        List<Epoch> all = new ArrayList<>();
        long behind = Long.MAX_VALUE;
        for (Epoch epoch : later) {
            all.add(0, new Epoch(epoch.origin(), epoch.first(), behind, epoch.beginning()));
            behind = epoch.first();
        }
        all.add(0, new Epoch(origin, 0, behind, Optional.empty()));
        return List.copyOf(all);
    }

    @Override
    public Ledgerbook of(Epoch epoch) {
        return new SqlLedgerbook(database, epoch.first(), epoch.end());
    }

    @Override
    public long first() {
        return first;
    }

    @Override
    public Restorebook restorebook() {
        return restores;
    }

    @Override
    public long size() {
        long all = Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size FROM ledger_head WHERE id = 1")
                        .mapTo(Long.class)
                        .one());
        return Math.min(all, end) - first;
    }

    /** The last index of a page, excluded, in the one row of all leaves. */
    private long pageEnd(long from, int limit) {
        return Math.min(first + from + limit, end);
    }

    /** Whether the newest leaf is the one that the head says. */
    boolean isWhole() {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size = (SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf)"
                                + " FROM ledger_head WHERE id = 1")
                        .mapTo(Boolean.class)
                        .findOne()
                        .orElse(false));
    }

    @Override
    public List<byte[]> leafHashes(long from, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT hash" + LEAVES)
                        .bind("from", first + from)
                        .bind("to", pageEnd(from, limit))
                        .map((row, context) -> row.getBytes(1))
                        .list());
    }

    @Override
    public List<String> leaves(long from, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT text" + LEAVES)
                        .bind("from", first + from)
                        .bind("to", pageEnd(from, limit))
                        .map((row, context) -> row.getString(1))
                        .list());
    }

    @Override
    public List<ActLeaf> acts(long from, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT idx, text FROM ledger_leaf WHERE receipt_id IS NULL"
                                + " AND idx >= :from AND idx < :end AND text LIKE :act ORDER BY idx LIMIT :limit")
                        .bind("from", first + from)
                        .bind("end", end)
                        .bind("act", "embassage-leaf/v1\nact\n%")
                        .bind("limit", limit)
                        .map((row, context) -> ActLeaf.of(row.getLong("idx") - first, row.getString("text")))
                        .list());
    }

    @Override
    public Optional<HeldNote> newestCheckpoint() {
        return checkpoints(1).stream().findFirst();
    }

    @Override
    public List<HeldNote> checkpoints(int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(CHECKPOINTS)
                        .bind("first", first)
                        .bind("end", end)
                        .bind("limit", limit)
                        .map((row, context) -> note(row))
                        .list());
    }

    @Override
    public Optional<HeldNote> checkpoint(long size) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size - :first AS size, at, note, 1 AS consistent FROM checkpoint"
                                + " WHERE size = :size AND size > :first AND size <= :end ORDER BY seq LIMIT 1")
                        .bind("size", size + first)
                        .bind("first", first)
                        .bind("end", end)
                        .map((row, context) -> note(row))
                        .findOne());
    }

    @Override
    public Optional<HeldNote> newestPeerNote(GatewayId peer) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size, at, note, consistent FROM peer_note"
                                + " WHERE peer = :peer AND consistent = 1"
                                + CURRENT
                                + " ORDER BY size DESC, at DESC, seq DESC LIMIT 1")
                        .bind("peer", peer.value())
                        .map((row, context) -> note(row))
                        .findOne());
    }

    @Override
    public List<HeldNote> peerNotes(GatewayId peer, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size, at, note, consistent FROM peer_note"
                                + " WHERE peer = :peer ORDER BY at DESC, seq DESC LIMIT :limit")
                        .bind("peer", peer.value())
                        .bind("limit", limit)
                        .map((row, context) -> note(row))
                        .list());
    }

    @Override
    public Optional<HeldNote> peerNote(GatewayId peer, long size) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size, at, note, consistent FROM peer_note"
                                + " WHERE peer = :peer AND consistent = 1 AND size = :size"
                                + CURRENT
                                + " ORDER BY seq LIMIT 1")
                        .bind("peer", peer.value())
                        .bind("size", size)
                        .map((row, context) -> note(row))
                        .findOne());
    }

    @Override
    public Optional<HeldNote> peerNote(GatewayId peer, String origin, long size) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size, at, note, consistent FROM peer_note"
                                + " WHERE peer = :peer AND consistent = 1 AND size = :size"
                                + " AND SUBSTR(note, 1, LENGTH(:line)) = :line ORDER BY seq LIMIT 1")
                        .bind("peer", peer.value())
                        .bind("size", size)
                        .bind("line", origin + "\n")
                        .map((row, context) -> note(row))
                        .findOne());
    }

    @Override
    public List<ConsistencyProof> continuity(String origin, long from, long to) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT origin, from_size, to_size, path FROM peer_continuity"
                                + " WHERE origin = :origin AND from_size > 0 AND from_size >= :from AND to_size <= :to"
                                + " ORDER BY from_size")
                        .bind("origin", origin)
                        .bind("from", from)
                        .bind("to", to)
                        .map((row, context) -> new ConsistencyProof(
                                row.getString("origin"),
                                row.getLong("from_size"),
                                row.getLong("to_size"),
                                path(row.getString("path"))))
                        .list());
    }

    private static List<Digest> path(String text) {
        return text.lines()
                .map(line -> Digest.of(Base64.getDecoder().decode(line)))
                .toList();
    }

    @Override
    public List<Cosignature> cosignatures(String origin, long above, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(COSIGNATURES + " AND size > :above ORDER BY size, cosigner LIMIT :limit")
                        .bind("origin", origin)
                        .bind("above", above)
                        .bind("limit", limit)
                        .map((row, context) -> cosignature(row))
                        .list());
    }

    @Override
    public Optional<Cosignature> newestCosignature(String origin, String cosigner) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(COSIGNATURES + " AND cosigner = :cosigner ORDER BY size DESC LIMIT 1")
                        .bind("origin", origin)
                        .bind("cosigner", cosigner)
                        .map((row, context) -> cosignature(row))
                        .findOne());
    }

    @Override
    public Optional<Cosignature> newestCosignature(String origin) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(COSIGNATURES + " ORDER BY size DESC LIMIT 1")
                        .bind("origin", origin)
                        .map((row, context) -> cosignature(row))
                        .findOne());
    }

    private static Cosignature cosignature(ResultSet row) throws SQLException {
        return new Cosignature(
                row.getLong("size"), row.getString("cosigner"), Rows.time(row, "at"), row.getString("line"));
    }

    @Override
    public List<KeptAnswer> answers(GatewayId peer, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT size, at, note, opening, consistent FROM ledger_answer"
                                + " WHERE peer = :peer ORDER BY seq DESC LIMIT :limit")
                        .bind("peer", peer.value())
                        .bind("limit", limit)
                        .map((row, context) -> new KeptAnswer(
                                row.getLong("size"),
                                Rows.time(row, "at"),
                                row.getString("note"),
                                row.getString("opening"),
                                Rows.truth(row, "consistent")))
                        .list());
    }

    @Override
    public List<ShownNote> shownNotes() {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT shown_by, size, at, note FROM shown_note ORDER BY seq")
                        .map((row, context) -> new ShownNote(
                                row.getString("shown_by"),
                                row.getLong("size"),
                                Rows.time(row, "at"),
                                row.getString("note")))
                        .list());
    }

    private static HeldNote note(ResultSet row) throws SQLException {
        return new HeldNote(
                row.getLong("size"), Rows.time(row, "at"), row.getString("note"), Rows.truth(row, "consistent"));
    }
}
