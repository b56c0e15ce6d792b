package org.embassage.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Epochs;

/** Moves content keys between epochs in a database. Only wrapped keys move, 40 octets each; contents stay as they are. */
final class SqlEpochs implements Epochs {

    private static final String BEGUN =
            "INSERT INTO epoch (name, begun_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";
    private static final String SOME = "SELECT id, epoch, wrapped FROM content_key WHERE epoch = ? LIMIT ?";
    private static final String MOVE = "UPDATE content_key SET epoch = ?, wrapped = ? WHERE id = ? AND epoch = ?";
    private static final String LEFT = "SELECT COUNT(*) FROM content_key WHERE epoch = ?";
    private static final String RETIRED = "INSERT INTO epoch (name, retired_at) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET retired_at = excluded.retired_at";

    /** Every process on a database knows this work by the same number; any will do. */
    private static final long EPOCHS = 0x656d62617373L;

    private final Database database;
    private final ContentVault vault;

    SqlEpochs(Database database, ContentVault vault) {
        this.database = database;
        this.vault = vault;
    }

    @Override
    public boolean alone(BooleanSupplier part) {
        return database.alone(EPOCHS, part);
    }

    @Override
    public void begun(String name, Instant at) {
        int noted = database.write(session -> session.update(BEGUN, name, at));
        if (noted > 1) {
            throw new IllegalStateException("one row for each epoch");
        }
    }

    @Override
    public int rewrap(Set<String> from, int limit) {
        String to = vault.epoch();
        return database.write(session -> {
            List<Object[]> moves = new ArrayList<>();
            for (String epoch : from) {
                List<WrappedKey> some = session.query(
                        SOME,
                        row -> new WrappedKey(row.getString("id"), row.getString("epoch"), row.getBytes("wrapped")),
                        epoch,
                        limit - moves.size());
                for (WrappedKey key : some) {
                    moves.add(new Object[] {to, vault.rewrap(key, to), key.id(), key.epoch()});
                }
            }
            int moved = 0;
            if (!moves.isEmpty()) {
                for (int changed : session.batch(MOVE, moves)) {
                    moved += changed;
                }
            }
            if (moved != moves.size()) {
                throw new Broken(FaultCode.STORE_UNAVAILABLE); // another node was at it: begin anew
            }
            return moved;
        });
    }

    @Override
    public boolean retire(String name, Instant at) {
        return database.write(session -> {
            session.execute(database.dialect().lockKeys());
            boolean left = session.query(LEFT, row -> row.getLong(1), name).get(0) > 0;
            return !left && session.update(RETIRED, name, at) == 1;
        });
    }

    @Override
    public void scrub() {
        database.scrub();
    }
}
