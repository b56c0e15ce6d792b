package org.embassage.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;

/**
 * Commits steps until it is killed. After each commit it prints a line for each exchange of it: its id and the index of
 * its leaf. Arguments: the database file, the first sequence number.
 */
final class CrashingWriter {

    private static final int STEPS = 5;

    private CrashingWriter() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (SqlStore store = SqlStore.open(StoreSettings.sqlite(Path.of(args[0])), Epochs.of("20261125"))) {
            var drop = Samples.dropId();
            store.journal().commit(StepOutcome.of(Samples.dropOpened(drop)));
            for (long sequence = Long.parseLong(args[1]); ; sequence += STEPS) {
                List<ExchangeId> ids = new ArrayList<>();
                List<StepOutcome> steps = new ArrayList<>();
                for (int i = 0; i < STEPS; i++) {
                    ExchangeId id = Samples.exchangeId();
                    ids.add(id);
                    steps.add(Samples.sent(id, sequence + i, drop, new byte[11_000]));
                }
                List<StepResult> results = store.journal().commit(steps);
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < STEPS; i++) {
                    var committed = (StepResult.Committed) results.get(i);
                    lines.append(ids.get(i))
                            .append(' ')
                            .append(committed.leaves().get(0))
                            .append('\n');
                }
                out.print(lines);
                out.flush();
            }
        }
    }
}
