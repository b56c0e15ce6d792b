package org.embassage.store;

import com.sun.management.OperatingSystemMXBean;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Carrier.Transport;

/**
 * Measures by hand what the store costs per exchange: commits of 64 steps, 11 kB of content each, at a sender (six
 * facts) and at a receiver (three), and the leasing between. Arguments: commits per round, and the word
 * {@code postgresql} for that database instead of SQLite. Prints wall time and CPU time of this process.
 */
final class CommitCost {

    private static final int STEPS = 64;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private CommitCost() {}

    private interface Round {
        void run(long number);
    }

    public static void main(String[] args) throws Exception {
        int commits = Integer.parseInt(args[0]);
        if (args.length > 1) {
            try (EmbeddedPostgres server =
                    EmbeddedPostgres.builder().setServerConfig("fsync", "on").start()) {
                measure(StoreSettings.postgresql(server.getJdbcUrl("postgres", "postgres"), "postgres", ""), commits);
            }
        } else {
            Path folder = Files.createTempDirectory("commit-cost");
            measure(StoreSettings.sqlite(folder.resolve("embassage.db")), commits);
        }
    }

    private static void measure(StoreSettings settings, int commits) {
        try (SqlStore store = SqlStore.open(settings, Epochs.of("20261125"))) {
            var drop = Samples.dropId();
            store.journal().commit(StepOutcome.of(Samples.dropOpened(drop)));
            long first = store.journal().reserveSequence(Samples.OSTRANA, 100_000_000);
            for (int round = 0; round < 4; round++) {
                long base = first + (long) round * commits * STEPS;
                measure("send", commits, n -> store.journal().commit(sends(base + n * STEPS, drop)));
                measure("receive", commits, n -> store.journal().commit(receives()));
                measure("lease+end", commits, n -> {
                    List<OutboxEntry> leased = store.journal()
                            .lease(Samples.OSTRANA, Transport.JMS, Samples.NOON, Samples.NOON.plusSeconds(60), STEPS);
                    store.journal()
                            .commit(leased.stream()
                                    .map(entry -> StepOutcome.of(new Fact.OutboxEnded(entry.id(), Samples.NOON)))
                                    .toList());
                });
                List<ExchangeId> ids = store.register().exchanges(Optional.empty(), Optional.empty(), STEPS).stream()
                        .map(view -> view.exchange())
                        .toList();
                measure(
                        "read 64 exchanges",
                        commits,
                        n -> ids.forEach(id -> store.register().exchange(id)));
                measure(
                        "read 64 receipts",
                        commits,
                        n -> ids.forEach(id -> store.register().receipts(id)));
            }
        }
    }

    private static List<StepOutcome> sends(long sequence, DropId drop) {
        List<StepOutcome> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            steps.add(Samples.sent(Samples.exchangeId(), sequence + i, drop, new byte[11_000]));
        }
        return steps;
    }

    private static List<StepOutcome> receives() {
        List<StepOutcome> steps = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            ExchangeId id = Samples.exchangeId();
            var receipt = Samples.receipt(id, EvidenceEvent.RELAY_ACCEPTANCE);
            Fact.InboxPut plain = Samples.inboxPut(Samples.OSTRANA, id);
            steps.add(StepOutcome.of(
                    new Fact.InboxPut(
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
                            new Content(new byte[11_000])),
                    Samples.issued(receipt, Samples.OSTRANA),
                    new Fact.OutboxPut(Samples.receiptItem(Samples.OSTRANA_BORDER, receipt))));
        }
        return steps;
    }

    private static void measure(String what, int commits, Round round) {
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        for (int n = 0; n < commits; n++) {
            round.run(n);
        }
        double perExchange = 1000.0 * commits * STEPS;
        System.out.printf(
                Locale.ROOT,
                "%-18s cpu %7.1f us  wall %7.1f us per exchange%n",
                what,
                (SYSTEM.getProcessCpuTime() - cpu) / perExchange,
                (System.nanoTime() - wall) / perExchange);
    }
}
