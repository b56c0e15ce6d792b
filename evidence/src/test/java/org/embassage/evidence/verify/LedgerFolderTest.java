package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.Chance;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerTiles;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.NoteVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a ledger, as an auditor copied it, and what can be done to it. */
class LedgerFolderTest {

    private static final Instant NOW = Instant.parse("2031-05-02T12:00:00Z");
    private static final int SIZE = 700;

    @TempDir
    Path folder;

    private final GatewayId gateway = new GatewayId("QVL-BG");
    private final TestLedger ledger = new TestLedger(gateway);
    private final List<LedgerLeaf> leaves = new ArrayList<>(List.of(LedgerLeaf.epoch("QVL-BG/receipts/1", "-")));
    private final Cosigner witness = witness("witness.example/one");

    private static Cosigner witness(String name) {
        KeyPair keys = Chance.current().ed25519(name);
        return new Cosigner(name, keys.getPrivate(), keys.getPublic());
    }

    private static LedgerLeaf leaf(int i) {
        return new LedgerLeaf(
                "embassage-leaf/v1\nact\n01c30000-0000-7000-8000-%012x\nRELEASE\nOFFICER\nSYNTHETIC\n".formatted(i));
    }

    @BeforeEach
    void write() throws IOException {
        for (int i = 1; i < SIZE; i++) {
            leaves.add(leaf(i));
            ledger.append(leaf(i));
        }
        tiles(300);
        tiles(SIZE);
        ledger.witness(witness);
        put("notes/QVL-BG/300.00000000.note", ledger.checkpoint(300));
        ledger.unwitness();
        put("notes/QVL-BG/700.00000000.note", ledger.checkpoint());
        put("checkpoint", ledger.checkpoint());
    }

    private void tiles(int size) throws IOException {
        LedgerTiles tiles = new LedgerTiles(
                (from, limit) -> leaves.subList((int) from, (int) Math.min(leaves.size(), from + limit)).stream()
                        .map(each -> MerkleHash.leaf(each.octets()))
                        .toList(),
                (from, limit) -> leaves.subList((int) from, (int) Math.min(leaves.size(), from + limit)).stream()
                        .map(LedgerLeaf::text)
                        .toList());
        for (LedgerTiles.Resource resource : tiles.between(0, size)) {
            Path file = folder.resolve(resource.path());
            Files.createDirectories(file.getParent());
            Files.write(file, resource.octets());
        }
    }

    private void put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private LedgerKeys keys() {
        return new LedgerKeys(
                List.of(new LedgerKeys.Ledger(NoteVerifier.parse(ledger.vkey()).orElseThrow(), "SYNTHETIC")),
                List.of(new LedgerKeys.Witness(witness.verifier(), "SYNTHETIC")),
                List.of());
    }

    private LedgerReport read() throws IOException {
        return LedgerFolder.read(folder, keys(), VerifyPolicy.strict(), NOW, done -> {});
    }

    private static List<String> sentences(LedgerReport report) {
        return report.lines().stream().map(LedgerReport.Line::sentence).toList();
    }

    @Test
    void aLedgerThatIsAsItWasSignedPassesAndSaysWhatNobodyWitnessed() throws IOException {
        LedgerReport report = read();

        assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(sentences(report))
                .anyMatch(line -> line.startsWith("checkpoint: 700 entries"))
                .anyMatch(line -> line.equals("entries: 699 act, 1 epoch"))
                .anyMatch(line -> line.startsWith("witness: witness.example/one cosigned 300 entries"))
                .anyMatch(line -> line.startsWith("unwitnessed: entries 300 to 699, the oldest of them of 20"))
                .anyMatch(line -> line.equals("notes: 2 checkpoints of this ledger fit its entries"));
    }

    @Test
    void anEditedEntryFails() throws IOException {
        Path file = folder.resolve("tile/entries/001");
        byte[] octets = Files.readAllBytes(file);
        octets[100] ^= 1;
        Files.write(file, octets);

        assertThat(read().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(sentences(read())).anyMatch(line -> line.contains("tile/0/001 does not say"));
    }

    @Test
    void anEditedTileFails() throws IOException {
        Path file = folder.resolve("tile/1/000.p/2");
        byte[] octets = Files.readAllBytes(file);
        octets[0] ^= 1;
        Files.write(file, octets);

        assertThat(read().sentence()).isEqualTo("tile/1/000.p/2 does not say what the entries give");
    }

    @Test
    void aMissingFileIsOpenAndNotWrong() throws IOException {
        Files.delete(folder.resolve("tile/entries/001"));
        Files.delete(folder.resolve("tile/entries/001.p/44"));

        assertThat(read().verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(read().sentence()).isEqualTo("tile/entries/001 is missing");
    }

    @Test
    void aRewrittenLedgerIsGivenAwayByOneOldNote() throws IOException {
        TestLedger other = ledger.fork(200);
        leaves.subList(200, SIZE).clear();
        for (int i = 200; i < SIZE; i++) {
            leaves.add(leaf(i + 10_000));
            other.append(leaf(i + 10_000));
        }
        tiles(SIZE);
        put("checkpoint", other.checkpoint());
        put("notes/QVL-BG/700.00000000.note", other.checkpoint());

        assertThat(read().verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(read().sentence()).contains("300.00000000.note").contains("changed after it was signed");
    }

    @Test
    void aLargerNoteThanTheCheckpointIsOpen() throws IOException {
        put("checkpoint", ledger.checkpoint(690));

        assertThat(read().verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(read().sentence()).contains("more than the checkpoint");
    }

    @Test
    void aCosignatureOfAnotherCheckpointFailsAndAStrangersCountsForNothing() throws IOException {
        ledger.witness(witness("stranger"));
        put("notes/QVL-BG/300.00000000.note", ledger.checkpoint(300));
        assertThat(read().verdict()).isEqualTo(Verdict.INDETERMINATE);

        ledger.witness(witness);
        String line = ledger.checkpoint(299).lines().skip(5).findFirst().orElseThrow();
        ledger.unwitness();
        put("notes/QVL-BG/300.00000000.note", ledger.checkpoint(300) + line + "\n");
        assertThat(read().sentence()).contains("that this witness did not sign");
    }

    @Test
    void withoutTheKeyNothingIsSaidAndByAnotherItFails() throws IOException {
        LedgerKeys none = new LedgerKeys(List.of(), List.of(), List.of());
        LedgerKeys other = new LedgerKeys(
                List.of(new LedgerKeys.Ledger(
                        NoteVerifier.parse(TestLedger.of(gateway, "stranger ledger")
                                        .vkey())
                                .orElseThrow(),
                        "SYNTHETIC")),
                List.of(),
                List.of());

        assertThat(LedgerFolder.read(folder, none, VerifyPolicy.strict(), NOW, done -> {})
                        .verdict())
                .isEqualTo(Verdict.INDETERMINATE);
        assertThat(LedgerFolder.read(folder, other, VerifyPolicy.strict(), NOW, done -> {})
                        .verdict())
                .isEqualTo(Verdict.TOTAL_FAILED);
    }

    @Test
    void aNeutralWitnesssFolderIsReadToo() throws IOException {
        Path place = Files.createDirectories(folder.resolve("home/ledgers/0"));
        ledger.witness(witness);
        Files.createDirectories(place.resolve("notes"));
        Files.writeString(place.resolve("notes/5.00000000.note"), ledger.checkpoint(5));
        Files.writeString(place.resolve("checkpoint"), ledger.checkpoint(9));
        LedgerReport good = LedgerFolder.read(folder.resolve("home"), keys(), VerifyPolicy.strict(), NOW, done -> {});
        TestLedger other = ledger.fork(2);
        for (int i = 2; i < 9; i++) {
            other.append(leaf(i + 10_000));
        }
        Files.writeString(place.resolve("notes/9.00000000.note"), other.checkpoint(9));
        LedgerReport forked = LedgerFolder.read(folder.resolve("home"), keys(), VerifyPolicy.strict(), NOW, done -> {});

        assertThat(good.verdict()).as(good.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(forked.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(forked.sentence()).contains("signed two histories");
    }
}
