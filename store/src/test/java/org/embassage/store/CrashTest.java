package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes is killed at several moments; what it acknowledged must be there. */
class CrashTest {

    /** Acknowledged lines after which a writer is killed. */
    private static final List<Integer> MOMENTS = List.of(1, 23, 160);

    @TempDir
    Path folder;

    @Test
    void whatAKilledWriterAcknowledgedIsThere() throws Exception {
        Path file = folder.resolve("embassage.db");
        Map<ExchangeId, Long> acknowledged = new HashMap<>();

        for (int round = 0; round < MOMENTS.size(); round++) {
            acknowledged.putAll(killedAfter(MOMENTS.get(round), file, 1 + 1_000_000L * round));

            for (StoreSettings settings : List.of(StoreSettings.sqlite(file).toRead(), StoreSettings.sqlite(file))) {
                try (SqlStore store = SqlStore.open(settings, Epochs.of("20261125"))) {
                    assertThatAllIsThere(store, acknowledged);
                }
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(184);
    }

    private static void assertThatAllIsThere(SqlStore store, Map<ExchangeId, Long> acknowledged) {
        acknowledged.forEach((exchange, leaf) -> {
            assertThat(store.register().exchange(exchange)).isPresent();
            assertThat(store.register().receipts(exchange))
                    .extracting(StoredReceipt::leafIndex)
                    .containsExactly(leaf);
        });
        // Every step stands whole or not at all, and the ledger has no gap.
        long size = store.ledgerbook().size();
        List<String> texts = store.ledgerbook().leaves(0, Math.toIntExact(size) + 9);
        assertThat(texts).hasSize(Math.toIntExact(size));
        assertThat(store.register().exchangeCounts().values().stream()
                        .mapToLong(n -> n)
                        .sum())
                .isEqualTo(size);
        assertThat(store.register().outboxCounts()).singleElement().satisfies(waiting -> {
            assertThat(waiting.transport()).isEqualTo(Transport.JMS);
            assertThat(waiting.waiting()).isEqualTo(size);
        });
        MerkleTree stored = new MerkleTree();
        store.ledgerbook().leafHashes(0, Math.toIntExact(size)).forEach(stored::append);
        MerkleTree computed = new MerkleTree();
        texts.forEach(text -> computed.append(MerkleHash.leaf(text.getBytes(StandardCharsets.UTF_8))));
        assertThat(stored.root(size)).isEqualTo(computed.root(size));
    }

    /** Starts a writer, kills it once so many lines were read, and returns all that it acknowledged. */
    private Map<ExchangeId, Long> killedAfter(int lines, Path file, long sequence) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dsamples.first=" + sequence,
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        file.toString(),
                        Long.toString(sequence))
                .redirectError(folder.resolve("writer.err").toFile())
                .start();
        List<String> read = new ArrayList<>();
        try (BufferedReader out = writer.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                read.add(line);
                if (read.size() == lines) {
                    writer.toHandle().destroyForcibly(); // the process's own would close its output unread
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor()).as("killed, not ended").isNotZero();
        assertThat(read.size()).isGreaterThanOrEqualTo(lines);
        Map<ExchangeId, Long> acknowledged = new HashMap<>();
        for (String line : read) {
            int space = line.indexOf(' ');
            acknowledged.put(ExchangeId.parse(line.substring(0, space)), Long.valueOf(line.substring(space + 1)));
        }
        return acknowledged;
    }
}
