package org.embassage.store.development;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.NoteSigner;

/**
 * An administrator who may do everything on one machine: takes the append-only triggers away, changes leaves of a stopped
 * gateway's ledger, computes all hashes anew, and signs every checkpoint again with the real key. The ledger that comes out
 * is sound in itself; only what others hold contradicts it. For SQLite files that can be thrown away.
 */
public final class LedgerRewriter {

    private LedgerRewriter() {}

    /**
     * Rewrites a ledger in place.
     *
     * @param database of a gateway that does not run
     * @param key the ledger's own
     * @param change of every leaf's text
     * @throws IllegalStateException if the database cannot be changed
     */
    public static void rewrite(Path database, NoteSigner key, UnaryOperator<String> change) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.setAutoCommit(false);
            dropTriggers(connection);
            MerkleTree tree = new MerkleTree();
            List<String> texts = texts(connection, "SELECT text FROM ledger_leaf ORDER BY idx");
            for (int i = 0; i < texts.size(); i++) {
                LedgerLeaf leaf = new LedgerLeaf(change.apply(texts.get(i)));
                tree.append(MerkleHash.leaf(leaf.octets()));
                update(
                        connection,
                        "UPDATE ledger_leaf SET text = ?, hash = ? WHERE idx = ?",
                        leaf.text(),
                        MerkleHash.leaf(leaf.octets()),
                        i);
            }
            for (String size : texts(connection, "SELECT DISTINCT size FROM checkpoint")) {
                long leaves = Long.parseLong(size);
                String note = key.sign(new Checkpoint(key.verifier().name(), leaves, tree.root(leaves)).text());
                update(connection, "UPDATE checkpoint SET note = ? WHERE size = ?", note, leaves);
            }
            update(connection, "DELETE FROM cosignature");
            update(connection, "DELETE FROM shown_note");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void dropTriggers(Connection connection) throws SQLException {
        for (String name : texts(connection, "SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
            update(connection, "DROP TRIGGER " + name);
        }
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
