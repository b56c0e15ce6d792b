package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts on a PostgreSQL server of its own, whose tables are emptied before each test. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PostgresStoreTest
        implements JournalContract, RegisterContract, LedgerbookContract, StampbookContract, ErasurebookContract {

    private static final Epochs KEYS = Epochs.of("20261125");
    private static EmbeddedPostgres server;
    private static StoreSettings settings;
    private static SqlStore store;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        settings = StoreSettings.postgresql(server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        open();
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
        server.close();
    }

    /** Deletes what the triggers would keep: only a superuser can pass them by, and only knowingly. */
    @BeforeEach
    void empty() throws SQLException {
        List<String> statements = new ArrayList<>(List.of("SET session_replication_role = replica"));
        for (String table : query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                + " AND tablename NOT IN ('flyway_schema_history', 'ledger_head', 'content_key')")) {
            statements.add("DELETE FROM " + table);
        }
        statements.add("DELETE FROM content_key WHERE id NOT LIKE 'shared/%'"); // those the open store goes on using
        statements.add("UPDATE ledger_head SET size = 0");
        run(String.join("; ", statements));
    }

    private static void open() {
        store = SqlStore.open(settings, KEYS);
    }

    @Override
    public Epochs keys() {
        return KEYS;
    }

    @Override
    public SqlStore store() {
        return store;
    }

    @Override
    public SqlStore reopen() {
        store.close();
        open();
        return store;
    }

    private static void run(String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url());
                Statement run = connection.createStatement()) {
            run.execute(statements);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url());
                Statement run = connection.createStatement();
                ResultSet rows = run.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    // ---- what is PostgreSQL's own

    @Test
    void twoNodesShareOneDatabaseAndOneLedger() {
        try (SqlStore other = SqlStore.open(settings, KEYS)) {
            assertThat(commitAll(Samples.leaf("ours"))).containsExactly(0L);
            assertThat(other.journal().commit(StepOutcome.of(Samples.leaf("theirs"))))
                    .isEqualTo(new StepResult.Committed(List.of(1L)));
            assertThat(store().ledgerbook().size()).isEqualTo(2);
        }
    }

    @Test
    void twoNodesAtTheSameTimeNeverShareAnEntryOrANumberOrALeaf() throws Exception {
        List<StepOutcome> steps = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            steps.add(StepOutcome.of(new Fact.OutboxPut(Samples.message(Samples.OSTRANA))));
        }
        assertThat(store().journal().commit(steps)).hasSize(150);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        List<String> leased = new ArrayList<>();
        List<Long> leaves = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();

        try (SqlStore other = SqlStore.open(settings, KEYS)) {
            for (Future<Done> node : nodes.invokeAll(List.<Callable<Done>>of(() -> work(store), () -> work(other)))) {
                leased.addAll(node.get().leased);
                leaves.addAll(node.get().leaves);
                numbers.addAll(node.get().numbers);
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(leased).hasSize(150).doesNotHaveDuplicates();
        assertThat(numbers).doesNotHaveDuplicates();
        assertThat(leaves.stream().sorted().toList())
                .isEqualTo(LongStream.range(0, leaves.size()).boxed().toList());
    }

    private record Done(List<String> leased, List<Long> leaves, List<Long> numbers) {}

    private static Done work(SqlStore node) {
        Done done = new Done(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Instant until = Samples.NOON.plusSeconds(60);
        while (true) {
            List<OutboxEntry> some = node.journal().lease(Samples.OSTRANA, Transport.JMS, Samples.NOON, until, 4);
            if (some.isEmpty()) {
                return done;
            }
            some.forEach(entry -> done.leased.add(entry.id()));
            done.numbers.add(node.journal().reserveSequence(Samples.OSTRANA, 1));
            if (node.journal().commit(StepOutcome.of(Samples.leaf("x"))) instanceof StepResult.Committed committed) {
                done.leaves.addAll(committed.leaves());
            }
        }
    }

    @Test
    void aServerThatCannotBeReachedTellsNothingOfItsAddress() {
        StoreSettings nowhere = StoreSettings.postgresql("jdbc:postgresql://127.0.0.1:1/none", "user", "hunter2");

        assertThatThrownBy(() -> SqlStore.open(nowhere, KEYS))
                .isInstanceOf(Broken.class)
                .hasMessage("EMB-9001 The store cannot commit.")
                .hasNoCause();
    }

    @Test
    void aServerWithoutFsyncIsRefused() throws IOException {
        try (EmbeddedPostgres unsafe = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start()) {
            StoreSettings there = StoreSettings.postgresql(unsafe.getJdbcUrl("postgres", "postgres"), "postgres", "");

            assertThatThrownBy(() -> SqlStore.open(there, KEYS))
                    .isInstanceOfSatisfying(
                            Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.STORE_NOT_DURABLE));
        }
    }

    @Test
    void aReaderReadsAndNeverWrites() {
        commitAll(Samples.leaf("a"));

        try (SqlStore reader = SqlStore.open(settings.toRead(), KEYS)) {
            assertThat(reader.ledgerbook().size()).isEqualTo(1);
            assertThatThrownBy(() -> reader.journal().reserveSequence(Samples.OSTRANA, 1))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_leaf SET text = 'x'",
                "DELETE FROM ledger_leaf",
                "TRUNCATE ledger_leaf",
                "UPDATE receipt SET late = 1",
                "UPDATE receipt SET drop_id = 'x'",
                "DELETE FROM receipt",
                "UPDATE content SET key_id = 'x'",
                "DELETE FROM content",
                "UPDATE ledger_head SET size = 0",
                "DELETE FROM ledger_head",
                "UPDATE receipt_token SET at = 0",
                "DELETE FROM receipt_token",
                "TRUNCATE receipt_token"
            })
    void whatCountsAsEvidenceIsOnlyEverAddedTo(String statement) {
        commitAll(
                Samples.issued(Samples.receipt(Samples.exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE), Samples.OSTRANA));
        commitAll(new Fact.ReceiptStamped(0, Samples.NOON, new Published(new byte[] {1})));

        assertThatThrownBy(() -> run(statement)).hasMessageContaining("append only");
    }
}
