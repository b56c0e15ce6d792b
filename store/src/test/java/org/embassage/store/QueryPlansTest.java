package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.embassage.exchange.journal.EnteredQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked again and again must not get slower as the ledger grows: how SQLite means to find it. */
class QueryPlansTest {

    private static final EnteredQuery ALL = EnteredQuery.of(0, 1_000_000, 4096);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void make() {
        file = folder.resolve("embassage.db");
        SqlStore.open(StoreSettings.sqlite(file), Epochs.of("20261124")).close();
    }

    private List<String> plan(String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql.replaceAll(":[a-z]+", "1"))) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }

    @Test
    void whatIsNotProvenYetIsFoundByItsOwnIndexWithoutWalkingTheLedger() throws SQLException {
        List<String> plan = plan(EnteredQueries.sql(ALL.withoutProof()));

        assertThat(plan.get(0)).startsWith("SCAN r USING INDEX receipt_unproven");
        assertThat(plan.subList(1, plan.size()))
                .allMatch(step -> !step.startsWith("SCAN"))
                .anyMatch(step -> step.startsWith("SEARCH l USING COVERING INDEX leaf_receipt"))
                .noneMatch(step -> step.contains("SEARCH l USING INTEGER PRIMARY KEY"));
    }

    @Test
    void aPageOfTheLedgerReadsThatPageOnly() throws SQLException {
        List<String> plan = plan(EnteredQueries.sql(ALL));

        assertThat(plan.get(0)).startsWith("SEARCH l USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        assertThat(plan).noneMatch(step -> step.startsWith("SCAN"));
    }

    @Test
    void whatIsDueIsFoundInTheOrderOfItsIndexWithoutSorting() throws SQLException {
        List<String> plan = plan(SqlJournal.dueSql("priority, queued_at", "").replace("?", "1"));

        assertThat(plan)
                .singleElement()
                .satisfies(step ->
                        assertThat(step).startsWith("SEARCH outbox USING INDEX outbox_due (peer=? AND transport=?)"));
    }

    @Test
    void whatIsAboutOneExchangeIsFoundByTheExchange() throws SQLException {
        EnteredQuery one = ALL.about(Samples.exchangeId());

        for (String sql : List.of(EnteredQueries.sql(one), EnteredQueries.sql(one.withoutProof()))) {
            assertThat(plan(sql).get(0)).startsWith("SEARCH r USING INDEX receipt_exchange");
            assertThat(plan(sql)).noneMatch(step -> step.startsWith("SCAN"));
        }
    }
}
