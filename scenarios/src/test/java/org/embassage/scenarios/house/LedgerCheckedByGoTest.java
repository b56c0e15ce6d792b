package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.TlogProof;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Go's own sumdb library reads our notes and proofs as they are, and rejects each of them with one bit flipped. */
@Tag("foreign")
class LedgerCheckedByGoTest {

    private static final String ORIGIN = "QVL-BG/receipts/1";

    @TempDir
    static Path tools;

    private static Path checker;

    @TempDir
    Path folder;

    @BeforeAll
    static void compile() {
        checker = GoTool.build("ledgercheck", tools);
    }

    @BeforeEach
    void writeALedgersTexts() throws Exception {
        write(1000, 12_345, 777);
    }

    @ParameterizedTest
    @CsvSource({"1000, 12345, 777", "1, 2, 0", "7, 8, 7", "5, 5, 4", "4096, 4097, 4096"})
    void goVerifiesOurNotesAndProofs(int oldSize, int newSize, int index) throws Exception {
        write(oldSize, newSize, index);

        assertThat(check()).isEqualTo(new ForeignTool.Outcome(0, "VERIFIED\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"old.note", "new.note", "leaf.txt", "receipt.tlog-proof", "consistency.txt"})
    void goRejectsThemWithOneBitFlipped(String file) throws IOException {
        byte[] octets = Files.readAllBytes(folder.resolve(file));
        octets[octets.length / 2] ^= 1;
        Files.write(folder.resolve(file), octets);

        ForeignTool.Outcome outcome = check();

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).startsWith("REJECTED: ");
    }

    @Test
    void goRejectsANoteOfAnotherKeyOfTheSameName() throws Exception {
        Files.writeString(folder.resolve("vkey.txt"), newSigner().verifier().vkey());

        assertThat(check().exit()).isEqualTo(1);
    }

    private ForeignTool.Outcome check() {
        return ForeignTool.run(folder, Map.of(), List.of(checker.toString(), folder.toString()));
    }

    private void write(int oldSize, int newSize, int index) throws Exception {
        NoteSigner signer = newSigner();
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < newSize; i++) {
            tree.append(MerkleHash.leaf(leaf(i).octets()));
        }
        String newNote = signer.sign(new Checkpoint(ORIGIN, newSize, tree.root(newSize)).text());
        put("vkey.txt", signer.verifier().vkey());
        put("old.note", signer.sign(new Checkpoint(ORIGIN, oldSize, tree.root(oldSize)).text()));
        put("new.note", newNote);
        put("leaf.txt", leaf(index).text());
        put("receipt.tlog-proof", new TlogProof(index, tree.inclusionProof(index, newSize), newNote).text());
        put(
                "consistency.txt",
                tree.consistencyProof(oldSize, newSize).stream()
                        .map(hash -> Base64.getEncoder().encodeToString(hash.bytes()) + "\n")
                        .collect(Collectors.joining()));
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static LedgerLeaf leaf(int i) {
        EvidenceId id = EvidenceId.parse("01931f6e-0000-7000-8000-%012x".formatted(i));
        return LedgerLeaf.act(id, "RELEASE", "officer-4f1c", "SYNTHETIC");
    }

    private static NoteSigner newSigner() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new NoteSigner(ORIGIN, pair.getPrivate(), pair.getPublic());
    }
}
