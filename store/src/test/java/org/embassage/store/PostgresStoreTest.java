package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Erasable;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.keep.EndEpochs;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeyUse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts on a PostgreSQL server of its own, whose tables are emptied before each test. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class PostgresStoreTest
        implements JournalContract,
                RegisterContract,
                ReceiptRegisterContract,
                QuarantineContract,
                LedgerbookContract,
                StampbookContract,
                ErasurebookContract,
                LinkContract,
                PouchContract {

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

    /** Keys in one file that two nodes read, change and write back whole: who changes it meanwhile is forgotten. */
    private static final class SharedFile {
        private volatile Map<String, byte[]> keys = Map.of("20261125", new byte[32]);

        private void rewrite(UnaryOperator<Map<String, byte[]>> change) {
            Map<String, byte[]> read = keys;
            Map<String, byte[]> changed = change.apply(new TreeMap<>(read));
            for (int turn = 0; turn < 200; turn++) {
                Thread.yield(); // a disk takes its time
            }
            keys = Map.copyOf(changed);
        }
    }

    /** One node's view of the file. */
    private static final class Node implements EpochKeeper {
        private final SharedFile file;
        private final Map<String, SecretKey> cached = new ConcurrentHashMap<>();

        private Node(SharedFile file) {
            this.file = file;
        }

        @Override
        public List<String> epochs() {
            return file.keys.keySet().stream().sorted().toList();
        }

        @Override
        public EpochKey currentEpoch() {
            List<String> names = epochs();
            return epoch(names.get(names.size() - 1));
        }

        @Override
        public EpochKey epoch(String name) {
            SecretKey key = cached.computeIfAbsent(name, asked -> {
                byte[] octets = file.keys.get(asked);
                if (octets == null) {
                    throw new Broken(FaultCode.KEY_UNAVAILABLE);
                }
                return new SecretKeySpec(octets, "AES");
            });
            return new EpochKey(name, key);
        }

        @Override
        public EpochKey beginEpoch(String name) {
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            if (!epochs().contains(name)) {
                file.rewrite(keys -> {
                    keys.put(name, fresh);
                    return keys;
                });
                cached.put(name, new SecretKeySpec(fresh, "AES"));
            }
            return epoch(name);
        }

        @Override
        public void destroyEpoch(String name) {
            file.rewrite(keys -> {
                keys.remove(name);
                return keys;
            });
            cached.remove(name);
        }

        @Override
        public KeyEntry current(KeyUse use) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<KeyEntry> all(KeyUse use) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SecretKey intakeSecret() {
            throw new UnsupportedOperationException();
        }
    }

    private static EndEpochs endEpochs(SqlStore node, EpochKeeper keys) {
        return new EndEpochs(
                keys,
                node.epochs(),
                node.erasurebook(),
                node.journal(),
                new Uuids(Clock.systemUTC(), new SecureRandom()),
                new EndEpochs.Pace(Duration.ofDays(30), Duration.ZERO, Duration.ZERO),
                Clock.systemUTC());
    }

    @RepeatedTest(5)
    void twoNodesThatEndAnEpochAtOnceLoseNoKeyAndNoDocument() throws Exception {
        run("DELETE FROM content_key; DELETE FROM epoch");
        SharedFile file = new SharedFile();
        Node ours = new Node(file);
        Node theirs = new Node(file);
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try (SqlStore one = SqlStore.open(settings, ours);
                SqlStore other = SqlStore.open(settings, theirs)) {
            List<ExchangeId> kept = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                ExchangeId id = Samples.exchangeId();
                one.journal().commit(StepOutcome.of(Samples.inboxPut(Samples.OSTRANA, id)));
                kept.add(id);
            }
            ExchangeId gone = kept.remove(0);
            one.journal()
                    .commit(StepOutcome.of(new Fact.InboxMoved(
                            Samples.OSTRANA,
                            gone,
                            InboxState.ACCEPTED,
                            InboxState.HANDED_OVER,
                            Samples.NOON,
                            Optional.empty(),
                            Optional.empty())));
            one.journal()
                    .commit(StepOutcome.of(new Fact.ContentErased(
                            new Erasable.Received(gone, Samples.OSTRANA),
                            ErasureReason.UNLAWFUL,
                            Samples.NOON,
                            new EvidenceId(Samples.uuid()),
                            true)));

            List<Callable<List<ExchangeId>>> work =
                    List.of(() -> endAndWrite(one, ours), () -> endAndWrite(other, theirs));
            for (Future<List<ExchangeId>> written : nodes.invokeAll(work)) {
                kept.addAll(written.get());
            }

            assertThat(file.keys).hasSize(1);
            assertThat(query("SELECT name FROM epoch WHERE destroyed_at IS NOT NULL"))
                    .containsExactly("20261125");
            assertThat(query("SELECT text FROM ledger_leaf WHERE text LIKE '%EPOCH_DESTROYED%'"))
                    .hasSize(1);
            // A node that starts now knows no key but what is in the file.
            try (SqlStore later = SqlStore.open(settings, new Node(file))) {
                for (ExchangeId id : kept) {
                    assertThat(later.register()
                                    .inboxMessage(Samples.OSTRANA, id)
                                    .octets())
                            .isNotEmpty();
                }
            }
        } finally {
            nodes.shutdownNow();
            run("DELETE FROM content_key; DELETE FROM epoch");
            reopen();
        }
    }

    /** Runs until the old epoch's key is destroyed, and stores documents all the while. */
    private static List<ExchangeId> endAndWrite(SqlStore node, Node keys) {
        EndEpochs rounds = endEpochs(node, keys);
        List<ExchangeId> written = new ArrayList<>();
        while (rounds.isAsked()) {
            try {
                rounds.run();
                ExchangeId id = Samples.exchangeId();
                if (node.journal().commit(StepOutcome.of(Samples.inboxPut(Samples.OSTRANA, id)))
                        instanceof StepResult.Committed) {
                    written.add(id);
                }
            } catch (Broken again) {
                // the other node was at it, or the epoch has just been retired: as timers do, once more
            }
        }
        return written;
    }

    @Test
    void whatOneNodeDoesAloneAnotherDoesNotDoMeanwhileButAfterwards() {
        try (SqlStore other = SqlStore.open(settings, KEYS)) {
            assertThat(store().epochs().alone(() -> {
                        assertThat(other.epochs().alone(() -> true)).isFalse();
                        return true;
                    }))
                    .isTrue();
            assertThat(other.epochs().alone(() -> true)).isTrue();
            assertThatThrownBy(() -> store().epochs().alone(() -> {
                        throw new IllegalStateException("SYNTHETIC death");
                    }))
                    .hasMessage("SYNTHETIC death");
            assertThat(other.epochs().alone(() -> true)).isTrue();
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
