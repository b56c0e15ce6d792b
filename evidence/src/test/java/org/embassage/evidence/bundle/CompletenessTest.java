package org.embassage.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.Completeness.Range;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerSlice;
import org.embassage.evidence.ledger.LedgerSlice.Entry;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletenessTest {

    private static final GatewayId QVL = new GatewayId("QVL-BG");
    private static final GatewayId QOS = new GatewayId("QOS-POL");

    private static final String WRITTEN = """
            embassage-completeness/v1
            gateway QVL-BG
            origin QVL-BG/receipts/1
            entries 0 to 1
            scope peer QOS-POL
            since 2031-05-01T00:00:00Z
            until 2031-06-01T00:00:00Z
            part 2 of 3
            pair QOS-POL QVL-BG 1 4
            pair QVL-BG QOS-POL 17 90
            hole QVL-BG QOS-POL 33 33
            elsewhere QVL-BG QOS-POL 40 42
            elsewhere QVL-BG QOS-POL 44 44
            """;

    private static Completeness.Builder builder() {
        LedgerLeaf leaf = LedgerLeaf.epoch("QVL-BG/receipts/1", "-");
        MerkleTree tree = new MerkleTree();
        tree.append(MerkleHash.leaf(leaf.octets()));
        return Completeness.about(LedgerSlice.of(
                "QVL-BG/receipts/1",
                tree,
                0,
                1,
                1,
                List.of(new Entry.Clear(leaf)).iterator()));
    }

    @Test
    void aStatementIsWrittenInOneWayWhateverTheOrderInWhichItWasTold() {
        Completeness statement = builder()
                .scope(new Completeness.Scope.Peer(QOS))
                .part(2, 3)
                .elsewhere(QVL, QOS, 44)
                .elsewhere(QVL, QOS, 41)
                .elsewhere(QVL, QOS, 40)
                .elsewhere(QVL, QOS, 42)
                .elsewhere(QVL, QOS, 41)
                .hole(QVL, QOS, 33)
                .pair(QVL, QOS, 17, 90)
                .pair(QOS, QVL, 1, 4)
                .until(Instant.parse("2031-06-01T00:00:00Z"))
                .since(Instant.parse("2031-05-01T00:00:00.123Z"))
                .build();

        assertThat(statement.octets()).asString(StandardCharsets.UTF_8).isEqualTo(WRITTEN);
        assertThat(Completeness.parse(statement.octets())).contains(statement);
        assertThat(statement.pairs().get(1).elsewhere()).containsExactly(new Range(40, 42), new Range(44, 44));
    }

    @Test
    void theShortestStatementIsReadToo() {
        Completeness statement = builder().build();

        assertThat(Completeness.parse(statement.octets())).contains(statement);
        assertThat(statement.scope()).isEqualTo(new Completeness.Scope.All());
        assertThat(statement.since()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "embassage-completeness/v1, embassage-completeness/v2",
        "gateway QVL-BG, gateway QOS-POL",
        "entries 0 to 1, entries 1 to 1",
        "entries 0 to 1, entries 00 to 1",
        "scope peer QOS-POL, scope everything",
        "scope peer QOS-POL, scope peer QOS",
        "since 2031-05-01T00:00:00Z, since 2031-05-01T00:00Z",
        "since 2031-05-01T00:00:00Z, since yesterday",
        "part 2 of 3, part 4 of 3",
        "part 2 of 3, part 0 of 3",
        "pair QOS-POL QVL-BG 1 4, pair QOS-POL QVL-BG 4 1",
        "pair QOS-POL QVL-BG 1 4, pair QOS-POL QVL-BG 0 4",
        "pair QOS-POL QVL-BG 1 4, pair QVL-BG QOS-POL 1 4",
        "pair QOS-POL QVL-BG 1 4, pair ZZZ-POL QVL-BG 1 4",
        "pair QOS-POL QVL-BG 1 4, hole QOS-POL QVL-BG 1 4",
        "hole QVL-BG QOS-POL 33 33, hole QOS-POL QVL-BG 33 33",
        "hole QVL-BG QOS-POL 33 33, hole QVL-BG QOS-POL 16 33",
        "hole QVL-BG QOS-POL 33 33, hole QVL-BG QOS-POL 33 40",
        "elsewhere QVL-BG QOS-POL 44 44, elsewhere QVL-BG QOS-POL 43 44",
        "elsewhere QVL-BG QOS-POL 44 44, elsewhere QVL-BG QOS-POL 44 91",
    })
    void anotherWayOfWritingIsNotRead(String written, String otherwise) {
        String changed = WRITTEN.replace(written, otherwise);

        assertThat(changed).isNotEqualTo(WRITTEN);
        assertThat(Completeness.parse(changed.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aStatementThatIsCutAnywhereIsNotRead() {
        for (int length = 0; length < WRITTEN.length(); length++) {
            String cut = WRITTEN.substring(0, length);
            boolean whole = cut.endsWith("\n") && cut.contains("part 2 of 3\n");

            assertThat(Completeness.parse(cut.getBytes(StandardCharsets.UTF_8)).isPresent())
                    .as("first %s characters", length)
                    .isEqualTo(whole);
        }
    }

    @Test
    void aNumberIsToldOfADirectionThatHasItOnly() {
        assertThatThrownBy(() -> builder().hole(QVL, QOS, 3).build()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> builder().pair(QVL, QOS, 1, 2).hole(QVL, QOS, 3).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder()
                        .pair(QVL, QOS, 1, 3)
                        .hole(QVL, QOS, 3)
                        .elsewhere(QVL, QOS, 3)
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
