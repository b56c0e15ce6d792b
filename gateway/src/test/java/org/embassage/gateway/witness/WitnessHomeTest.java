package org.embassage.gateway.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.NoteVerifier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessHomeTest {

    private static final String ORIGIN = "QVL-BG/receipts/1";

    @TempDir
    Path folder;

    private WitnessHome home;
    private String ledger = "";
    private String peerAsWitness = "";

    @BeforeEach
    void make() throws IOException, GeneralSecurityException {
        home = new WitnessHome(folder.resolve("witness"));
        home.init("witness.example/one");
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ledger = new NoteSigner(ORIGIN, keys.getPrivate(), keys.getPublic())
                .verifier()
                .vkey();
        peerAsWitness = new WitnessHome(folder.resolve("peer"))
                .init("QVL-BG/witness")
                .verifier()
                .vkey();
    }

    @Test
    void aGatewaysFileOfKeysMayBeTakenAsItIs() throws IOException {
        named("# of QVL-BG\n" + ledger + "\n" + peerAsWitness + "\n\n");

        assertThat(home.logs()).extracting(NoteVerifier::name).containsExactly(ORIGIN);
    }

    @Test
    void aLineThatIsNoKeyIsNotPassedOver() throws IOException {
        named(ledger + "\n" + ledger.substring(0, ledger.length() - 4) + "\n");

        assertThatThrownBy(home::logs).isInstanceOf(IllegalStateException.class);
    }

    private void named(String keys) throws IOException {
        Files.writeString(home.folder().resolve("logs.vkey"), keys);
    }
}
