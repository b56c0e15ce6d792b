package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerTiles;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.SignedNote;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Go's own sumdb library reads our tiles, entries and cosigned checkpoints, and rejects each with one bit flipped. */
@Tag("foreign")
class TilesCheckedByGoTest {

    private static final String ORIGIN = "QVL-BG/receipts/1";

    @TempDir
    static Path tools;

    private static Path checker;

    @TempDir
    Path folder;

    private String ledgerKey = "";
    private String witnessKey = "";

    @BeforeAll
    static void compile() {
        checker = GoTool.build("tilecheck", tools);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 700, 70_000})
    void goReadsTheWholeLedgerFromItsFiles(int size) throws Exception {
        write(size);

        assertThat(check()).isEqualTo(new ForeignTool.Outcome(0, "VERIFIED " + size + " entries, 1 cosignatures\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/000"})
    void goRejectsEachFileWithOneBitFlipped(String file) throws Exception {
        write(700);
        byte[] octets = Files.readAllBytes(folder.resolve(file));
        octets[file.equals("checkpoint") ? 30 : octets.length / 2] ^= 1;
        Files.write(folder.resolve(file), octets);

        assertThat(check().exit()).isEqualTo(1);
        assertThat(check().output()).startsWith("REJECTED: ");
    }

    private ForeignTool.Outcome check() {
        return ForeignTool.run(folder, Map.of(), List.of(checker.toString(), folder.toString(), ledgerKey, witnessKey));
    }

    private void write(int size) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        NoteSigner signer = new NoteSigner(ORIGIN, pair.getPrivate(), pair.getPublic());
        Cosigner cosigner = new Cosigner("QOS-POL/witness", other.getPrivate(), other.getPublic());
        ledgerKey = signer.verifier().vkey();
        witnessKey = cosigner.verifier().vkey();
        MerkleTree tree = new MerkleTree();
        for (long i = 0; i < size; i++) {
            tree.append(MerkleHash.leaf(leaf(i).octets()));
        }
        LedgerTiles tiles = new LedgerTiles(
                (from, limit) -> indexes(from, limit, size)
                        .mapToObj(i -> MerkleHash.leaf(leaf(i).octets()))
                        .toList(),
                (from, limit) ->
                        indexes(from, limit, size).mapToObj(i -> leaf(i).text()).toList());
        for (LedgerTiles.Resource resource : tiles.between(0, size)) {
            put(resource.path(), resource.octets());
        }
        SignedNote note = SignedNote.parse(signer.sign(new Checkpoint(ORIGIN, size, tree.root(size)).text()))
                .orElseThrow();
        put(
                "checkpoint",
                note.with(cosigner.cosign(note.text(), Instant.parse("2031-05-01T12:00:00Z")))
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static LongStream indexes(long from, int limit, int size) {
        return LongStream.range(from, Math.min(size, from + limit));
    }

    private void put(String name, byte[] octets) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, octets);
    }

    private static LedgerLeaf leaf(long i) {
        EvidenceId id = EvidenceId.parse("01931f6e-0000-7000-8000-%012x".formatted(i));
        return LedgerLeaf.act(id, "RELEASE", "officer-4f1c", "SYNTHETIC");
    }
}
