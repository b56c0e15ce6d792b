package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.journal.Stampbook.StatusKind;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult.Committed;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the files of an SQLite store, and who may open them. */
class SqliteFileTest {

    /** Stands for a name: it must never be found on the disk. */
    private static final String MARKER = "SYNTHETIC-MARKER-ANDERSDOTTER";

    @TempDir
    Path folder;

    private final Epochs epochs = Epochs.of("20261124", "20261125");
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(settings(), epochs);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private StoreSettings settings() {
        return StoreSettings.sqlite(folder.resolve("embassage.db"));
    }

    // ---- encryption

    @Test
    void noContentIsEverInClearInTheFiles() {
        ExchangeId exchange = Samples.exchangeId();
        commit(new Fact.DropOpened(Samples.dropId(), Samples.FEED, NOON, 1, Samples.content("drop " + MARKER)));
        commit(inbox(exchange, "message " + MARKER));
        commit(new Fact.OutboxPut(outbox("sealed " + MARKER)));
        commit(Samples.quarantined("q-1", "detail " + MARKER, "content " + MARKER));
        commit(Samples.leaf("CLEAR-LEAF"));

        assertThat(filesWith(MARKER)).isEmpty();
        assertThat(filesWith("CLEAR-LEAF")).isNotEmpty(); // the search does find what is in clear
        close();
        assertThat(filesWith(MARKER)).isEmpty();
        open();
        assertThat(Samples.text(store.register().inboxMessage(OSTRANA, exchange)))
                .contains(MARKER);
    }

    @Test
    void olderEpochsStayReadableUntilTheirKeyIsDestroyed() {
        ExchangeId old = Samples.exchangeId();
        ExchangeId fresh = Samples.exchangeId();
        commit(inbox(old, "old"));
        epochs.begin("20261126");
        commit(inbox(fresh, "fresh"));

        assertThat(Samples.text(store.register().inboxMessage(OSTRANA, old))).isEqualTo("old");
        epochs.destroy("20261125");
        assertBroken(FaultCode.KEY_UNAVAILABLE, () -> store.register().inboxMessage(OSTRANA, old));
        assertThat(Samples.text(store.register().inboxMessage(OSTRANA, fresh))).isEqualTo("fresh");
    }

    @Test
    void destroyingOneKeyErasesOneContentAndNoReceipt() throws SQLException {
        ExchangeId erased = Samples.exchangeId();
        ExchangeId kept = Samples.exchangeId();
        var receipt = Samples.receipt(erased, EvidenceEvent.RELAY_ACCEPTANCE);
        commit(inbox(erased, "erased"), Samples.issued(receipt, OSTRANA));
        commit(inbox(kept, "kept"));
        commit(Samples.quarantined("q-1", "detail", "content"));

        sql("DELETE FROM content_key WHERE id LIKE 'inbox/" + erased + "%' OR id = 'quarantine/q-1'");

        assertBroken(FaultCode.KEY_UNAVAILABLE, () -> store.register().inboxMessage(OSTRANA, erased));
        assertBroken(FaultCode.KEY_UNAVAILABLE, () -> store.register().quarantineContent("q-1"));
        assertThat(store.register().quarantined("q-1").orElseThrow().detail()).isEmpty();
        assertThat(Samples.text(store.register().inboxMessage(OSTRANA, kept))).isEqualTo("kept");
        assertThat(store.register().receipts(erased)).hasSize(1);
    }

    @Test
    void whatWasErasedIsInNoFileAnyMoreNotEvenEncrypted() throws SQLException {
        ExchangeId erased = Samples.exchangeId();
        commit(inbox(erased, "erased ".repeat(5_000)));
        commit(new Fact.InboxMoved(
                OSTRANA,
                erased,
                org.embassage.exchange.journal.InboxState.ACCEPTED,
                org.embassage.exchange.journal.InboxState.HANDED_OVER,
                NOON,
                java.util.Optional.empty(),
                java.util.Optional.empty()));
        List<String> traces = List.of(
                bytes("SELECT substr(body, 100, 64) FROM content WHERE id LIKE 'inbox/" + erased + "%'"),
                bytes("SELECT wrapped FROM content_key WHERE id LIKE 'inbox/" + erased + "%'"));
        assertThat(traces).allSatisfy(trace -> assertThat(filesWith(trace)).isNotEmpty());

        commit(new Fact.ContentErased(
                new org.embassage.exchange.journal.Erasable.Received(erased, OSTRANA),
                org.embassage.exchange.journal.ErasureReason.UNLAWFUL,
                NOON,
                new org.embassage.evidence.EvidenceId(Samples.uuid()),
                false));
        store.epochs().scrub();

        assertThat(traces).allSatisfy(trace -> assertThat(filesWith(trace)).isEmpty());
    }

    @Test
    void aContentInAnothersPlaceIsDamage() throws SQLException {
        ExchangeId a = Samples.exchangeId();
        ExchangeId b = Samples.exchangeId();
        commit(inbox(a, "a"), inbox(b, "b"));

        sql("DROP TRIGGER content_keeps");
        sql("UPDATE content SET key_id = 'inbox/" + a + "/QOS-POL', body = (SELECT body FROM content WHERE id = 'inbox/"
                + a + "/QOS-POL') WHERE id = 'inbox/" + b + "/QOS-POL'");

        assertBroken(FaultCode.STORE_DAMAGED, () -> store.register().inboxMessage(OSTRANA, b));
        assertThat(Samples.text(store.register().inboxMessage(OSTRANA, a))).isEqualTo("a");
    }

    @Test
    void aFlippedBitIsDamage() throws SQLException {
        ExchangeId id = Samples.exchangeId();
        commit(inbox(id, "SYNTHETIC"));

        sql("DROP TRIGGER content_keeps");
        sql("UPDATE content SET body = zeroblob(length(body))  WHERE id LIKE 'inbox/%'");

        assertBroken(FaultCode.STORE_DAMAGED, () -> store.register().inboxMessage(OSTRANA, id));
    }

    @Test
    void aReceiptThatIsPutOutInItsOwnStepIsStoredOnce() throws SQLException {
        var receipt = Samples.receipt(Samples.exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commit(Samples.issued(receipt, OSTRANA), new Fact.OutboxPut(Samples.receiptItem(OSTRANA, receipt)));
        assertThat(count("content")).isEqualTo(1);

        commit(new Fact.OutboxPut(Samples.receiptItem(OSTRANA, receipt)));

        assertThat(count("content")).isEqualTo(2);
        assertThat(store.journal().lease(OSTRANA, Transport.JMS, NOON, NOON.plusSeconds(1), 9))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.content().octets()).isEqualTo(receipt.container()));
    }

    // ---- append only

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_leaf SET text = 'x'",
                "DELETE FROM ledger_leaf",
                "UPDATE receipt SET late = 1",
                "UPDATE receipt SET drop_id = 'x'",
                "DELETE FROM receipt",
                "UPDATE content SET key_id = 'x'",
                "DELETE FROM content",
                "UPDATE ledger_head SET size = 0",
                "DELETE FROM ledger_head",
                "UPDATE checkpoint SET note = 'x'",
                "DELETE FROM peer_note",
                "UPDATE receipt_token SET token = x'00'",
                "DELETE FROM receipt_token",
                "UPDATE checkpoint_token SET note = 'x'",
                "DELETE FROM checkpoint_token",
                "DELETE FROM kept_status",
                "UPDATE time_stamping SET mode = 'NONE'"
            })
    void whatCountsAsEvidenceIsOnlyEverAddedTo(String statement) {
        commit(Samples.issued(Samples.receipt(Samples.exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA));
        commit(new Fact.CheckpointSigned(1, NOON, "note"), new Fact.PeerNoteHeld(OSTRANA, 1, NOON, "note", true));
        Published proof = new Published(new byte[] {1});
        commit(
                new Fact.TimeStampingSet(
                        Stamping.EACH, 0, NOON, Samples.leaf("each").leaf()),
                new Fact.ReceiptStamped(0, NOON, proof),
                new Fact.CheckpointStamped(1, "note", NOON, proof),
                new Fact.StatusKept(StatusKind.CRL, NOON, proof));

        assertThatThrownBy(() -> sql(statement)).hasMessageContaining("append only");
    }

    @Test
    void aLedgerThatLostItsLastLeafIsNotOpened() throws SQLException {
        commit(Samples.leaf("a"), Samples.leaf("b"));
        close();
        sql("DROP TRIGGER ledger_leaf_stays");
        sql("DELETE FROM ledger_leaf WHERE idx = 1");

        assertBroken(FaultCode.STORE_DAMAGED, () -> SqlStore.open(settings(), epochs));
        assertBroken(FaultCode.STORE_DAMAGED, () -> SqlStore.open(settings().toRead(), epochs));
    }

    @Test
    void aFileWithTornPagesIsDamagedAndNotOnlyUnavailable() throws IOException {
        commit(Samples.leaf("a"));
        close();
        Path database = folder.resolve("embassage.db");
        byte[] octets = Files.readAllBytes(database);
        // all but the first page, as after a power cut on a disk that did not write what it said it had
        Arrays.fill(octets, 4096, octets.length, (byte) 0);
        Files.write(database, octets);

        assertBroken(FaultCode.STORE_DAMAGED, () -> SqlStore.open(settings(), epochs));
    }

    @Test
    void everyCommitIsFlushedToTheDisk() {
        close();
        try (SqliteDatabase database = SqliteDatabase.open(settings())) {
            List<String> pragmas = database.write(session -> List.of(
                    session.query("PRAGMA synchronous", row -> row.getString(1)).get(0),
                    session.query("PRAGMA journal_mode", row -> row.getString(1))
                            .get(0)));

            assertThat(pragmas).containsExactly("2", "wal"); // FULL
        }
    }

    // ---- who may open it

    @Test
    void aReaderReadsWhileTheWriterWrites() {
        commit(Samples.leaf("a"));

        try (SqlStore reader = SqlStore.open(settings().toRead(), epochs)) {
            assertThat(reader.ledgerbook().size()).isEqualTo(1);
            commit(Samples.leaf("b"));
            assertThat(reader.ledgerbook().size()).isEqualTo(2);
            assertThatThrownBy(() -> reader.journal().commit(StepOutcome.of(Samples.leaf("c"))))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aReaderReadsAStoreThatNobodyWrites() {
        commit(Samples.leaf("a"));
        close();

        try (SqlStore reader = SqlStore.open(settings().toRead(), epochs)) {
            assertThat(reader.ledgerbook().size()).isEqualTo(1);
        }
    }

    @Test
    void aReaderMakesNoStore() {
        Path none = folder.resolve("none.db");

        assertBroken(
                FaultCode.STORE_UNAVAILABLE,
                () -> SqlStore.open(StoreSettings.sqlite(none).toRead(), epochs));
        assertThat(none).doesNotExist();
    }

    @Test
    void aSecondWriterIsTurnedAwayUntilTheFirstCloses() {
        assertBroken(FaultCode.STORE_IN_USE, () -> SqlStore.open(settings(), epochs));

        close();
        open();
        assertThat(store.ledgerbook().size()).isZero();
    }

    @Test
    void aStoreOfANewerProgramIsNotTouched() throws SQLException {
        close();
        sql("INSERT INTO flyway_schema_history VALUES (99, '99', 'newer', 'SQL', 'V99__newer.sql', 1, 'x',"
                + " '2026-11-25 12:00:00.000', 1, 1)");

        assertBroken(FaultCode.STORE_VERSION, () -> SqlStore.open(settings(), epochs));
        assertBroken(FaultCode.STORE_VERSION, () -> SqlStore.open(settings().toRead(), epochs));

        sql("DELETE FROM flyway_schema_history WHERE installed_rank = 99");
        open();
    }

    @Test
    void theFilesAreTheOwnersAlone() throws IOException {
        commit(Samples.leaf("a"));

        for (String name : List.of("embassage.db", "embassage.db-wal", "embassage.db-shm")) {
            assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
                    .isEqualTo(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        }
    }

    @Test
    void aDatabaseThatFailsTellsNothingOfItsText() throws SQLException {
        sql("DROP TABLE outbox");

        assertThatThrownBy(() -> store.journal().commit(StepOutcome.of(new Fact.OutboxPut(Samples.message(OSTRANA)))))
                .isInstanceOf(Broken.class)
                .hasMessage("EMB-9001 The store cannot commit.")
                .hasNoCause();
        assertThat(store.ledgerbook().size()).isZero();
    }

    @Test
    void theSettingsNeverPrintThePassword() {
        assertThat(StoreSettings.postgresql("jdbc:postgresql://h/d", "user", "hunter2"))
                .hasToString("PostgreSQL");
        assertThatThrownBy(() -> StoreSettings.postgresql("jdbc:other:x", "user", "hunter2"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyKindOfFactCanBeWritten() {
        assertThat(Planner.known().keySet()).containsExactlyInAnyOrder(Fact.class.getPermittedSubclasses());
    }

    // ---- helpers

    private void commit(Fact... facts) {
        assertThat(store.journal().commit(StepOutcome.of(facts))).isInstanceOf(Committed.class);
    }

    private static Fact.InboxPut inbox(ExchangeId id, String text) {
        Fact.InboxPut plain = Samples.inboxPut(OSTRANA, id);
        return new Fact.InboxPut(
                plain.peer(),
                id,
                plain.kind(),
                plain.schemaVersion(),
                plain.priority(),
                plain.sequence(),
                plain.agreement(),
                plain.clause(),
                plain.submitted(),
                plain.expires(),
                plain.received(),
                plain.via(),
                plain.outer(),
                plain.inner(),
                plain.manifest(),
                plain.supersedes(),
                Samples.content(text));
    }

    private static OutboxEntry outbox(String text) {
        OutboxEntry plain = Samples.message(OSTRANA, Samples.exchangeId(), Priority.BULK, NOON);
        return new OutboxEntry(
                plain.id(),
                plain.peer(),
                plain.kind(),
                plain.transport(),
                plain.priority(),
                plain.exchange(),
                plain.receipt(),
                0,
                NOON,
                NOON,
                new Content(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertBroken(FaultCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(code));
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings().url());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private String bytes(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings().url());
                Statement run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            return new String(rows.getBytes(1), StandardCharsets.ISO_8859_1);
        }
    }

    private int count(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings().url());
                Statement run = connection.createStatement();
                var rows = run.executeQuery("SELECT COUNT(*) FROM " + table)) {
            return rows.getInt(1);
        }
    }

    private List<Path> filesWith(String text) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> holds(file, text)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
