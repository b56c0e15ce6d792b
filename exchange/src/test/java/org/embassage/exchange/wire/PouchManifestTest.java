package org.embassage.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.wire.PouchManifest.Part;
import org.embassage.exchange.wire.PouchManifest.Taken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PouchManifestTest {

    private static final Digest ONE = Digest.sha256(new byte[] {1});
    private static final Digest TWO = Digest.sha256(new byte[] {2});
    private static final PouchManifest MANIFEST = new PouchManifest(
            new GatewayId("QVL-BG"),
            new GatewayId("QOS-POL"),
            3,
            Instant.parse("2031-06-01T12:00:00Z"),
            List.of(new Taken(1, ONE), new Taken(2, TWO)),
            List.of(
                    new Part(ONE, 1200, Map.of(ItemKind.RECEIPT, 2, ItemKind.MESSAGE, 2)),
                    new Part(TWO, 90, Map.of(ItemKind.LEDGER_NOTE, 1))));

    @Test
    void aManifestIsWrittenInOneWayAndReadBack() {
        assertThat(text()).isEqualTo("""
                        embassage-pouch/v1
                        from QVL-BG
                        to QOS-POL
                        pouch 3
                        packed 2031-06-01T12:00:00Z
                        taken 1 %s
                        taken 2 %s
                        bundle b0000001.emb %s 1200 MESSAGE=2 RECEIPT=2
                        bundle b0000002.emb %s 90 LEDGER_NOTE=1
                        end %s
                        """.formatted(
                ONE.hex(),
                TWO.hex(),
                ONE.hex(),
                TWO.hex(),
                Digest.sha256(text().substring(0, text().indexOf("end ")).getBytes(StandardCharsets.UTF_8))
                        .hex()));
        assertThat(PouchManifest.parse(MANIFEST.octets())).contains(MANIFEST);
        assertThat(MANIFEST.counts())
                .isEqualTo(Map.of(ItemKind.MESSAGE, 2, ItemKind.RECEIPT, 2, ItemKind.LEDGER_NOTE, 1));
        assertThat(MANIFEST.names()).containsExactly("pouch.txt", "pouch.p7s", "b0000001.emb", "b0000002.emb");
    }

    /** The digest at the end is made anew, so that each is refused for what it says. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pouch 3                    | pouch 0
            pouch 3                    | pouch 03
            from QVL-BG                | from ../..
            to QOS-POL                 | to qos
            2031-06-01T12:00:00Z       | yesterday
            b0000002.emb               | b0000003.emb
            b0000002.emb               | ../../x.emb
            90 LEDGER                  | 0 LEDGER
            90 LEDGER                  | 99999999999 LEDGER
            LEDGER_NOTE=1              | LEDGER_NOTE=0
            LEDGER_NOTE=1              | NOTHING=1
            MESSAGE=2 RECEIPT=2        | RECEIPT=2 MESSAGE=2
            embassage-pouch/v1         | embassage-pouch/v2
            taken 1                    | took 1
            """)
    void whatIsWrittenOtherwiseIsNoManifest(String was, String is) {
        String body = text().substring(0, text().indexOf("end ")).replace(was.strip(), is);
        String ended = body + "end "
                + Digest.sha256(body.getBytes(StandardCharsets.UTF_8)).hex() + "\n";

        assertThat(ended).isNotEqualTo(text());
        assertThat(PouchManifest.parse(ended.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aManifestWithAWrongEndOrMoreBehindItIsNone() {
        assertThat(PouchManifest.parse((text() + "\n").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(PouchManifest.parse(text().replace("QOS-POL", "QOS-BP").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(PouchManifest.parse(new byte[0])).isEmpty();
        assertThat(PouchManifest.parse(new byte[PouchManifest.MAX_BYTES + 1])).isEmpty();
    }

    @Test
    void aBundleHasItemsAndASizeThatABundleCanHave() {
        assertThatThrownBy(() -> new Part(ONE, 10, Map.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Part(ONE, DispatchBundle.MAX_BYTES + 1L, Map.of(ItemKind.VOID, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String text() {
        return new String(MANIFEST.octets(), StandardCharsets.UTF_8);
    }
}
