package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof of misbehaviour, judged by the command with what the auditor brings. */
class MisbehaviourTest {

    private static final Path VECTORS = Path.of("..", "vectors", "misbehaviour");

    @TempDir
    Path folder;

    private Scene scene;

    @BeforeEach
    void make() throws IOException {
        scene = new Scene(folder);
        for (String name : List.of("fork", "not-joined", "shown-note-forged")) {
            Files.copy(VECTORS.resolve(name + ".misbehaviour"), folder.resolve(name + ".misbehaviour"));
        }
        Files.createDirectories(folder.resolve("pins"));
        Files.copy(VECTORS.resolve("trust/keys.vkey"), folder.resolve("pins/keys.vkey"));
    }

    @Test
    void aForkIsProvenByAPinnedKeyAlone() {
        Scene.Run run = scene.run(List.of("@/fork.misbehaviour", "--trust", "@/pins"));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("QOS-POL signed two histories of its ledger: with 5 entries")
                .contains("\nPROVEN\n")
                .contains("What this does not prove");
    }

    @Test
    void whatAccusesWronglyIsNotProven() {
        Scene.Run open = scene.run(List.of("@/not-joined.misbehaviour", "--trust", "@/pins", "--quiet"));
        Scene.Run forged = scene.run(List.of("@/shown-note-forged.misbehaviour", "--trust", "@/pins", "--json"));

        assertThat(open.exitCode()).isEqualTo(4);
        assertThat(open.out()).startsWith("NOT PROVEN: Nothing is proven yet");
        assertThat(forged.exitCode()).isEqualTo(4);
        assertThat(forged.out()).contains("\"reason\": \"SHOWN_NOT_SIGNED\"");
    }

    @Test
    void withoutTheLedgersKeyItSaysWhatToBring() {
        Scene.Run run = scene.run(List.of("@/fork.misbehaviour", "--trust", "@/anchors"));

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).contains("you bring no key of the ledger QOS-POL/receipts/1");
    }

    @Test
    void aSignedCardInTheTrustFolderIsAKeyAndAChangedOneIsNot() throws IOException {
        scene.accusation();
        byte[] card = Files.readAllBytes(folder.resolve("anchors/QOS-POL.1.card.xml"));
        List<String> words = List.of("@/QOS-POL.1.misbehaviour", "--trust", "@/anchors");

        assertThat(scene.run(words).out())
                .contains("\nPROVEN\n")
                .contains("of the peer card QOS-POL.1.card.xml, signed by QOS");

        card[card.length - 3] ^= 1;
        Files.write(folder.resolve("anchors/QOS-POL.1.card.xml"), card);
        assertThat(scene.run(words).exitCode()).isEqualTo(4);
        assertThat(scene.run(words).out()).contains("left out: QOS-POL.1.card.xml is not believed");
    }
}
