package org.embassage.gateway.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.gateway.ledger.AlarmFiles;
import org.embassage.gateway.witness.WitnessClient.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The neutral witness over real HTTP. */
class WitnessServerTest {

    private static final String ORIGIN = "QVL-BG/receipts/1";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2031-06-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private NoteSigner ledger;
    private MerkleTree tree;
    private WitnessHome home;
    private Cosigner cosigner;
    private WitnessServer server;
    private WitnessClient client;

    @BeforeEach
    void start() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ledger = new NoteSigner(ORIGIN, keys.getPrivate(), keys.getPublic());
        tree = tree(100, "");
        home = new WitnessHome(folder.resolve("witness"));
        cosigner = home.init("witness.example/one");
        Files.writeString(home.folder().resolve("logs.vkey"), ledger.verifier().vkey() + "\n");
        serve();
    }

    private void serve() throws Exception {
        server = WitnessServer.start(home, "127.0.0.1", 0, CLOCK);
        client = new WitnessClient(URI.create("http://127.0.0.1:" + server.port()), cosigner.verifier());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static MerkleTree tree(int size, String history) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            tree.append(MerkleHash.leaf((history + i).getBytes(StandardCharsets.UTF_8)));
        }
        return tree;
    }

    private String note(MerkleTree of, long size) {
        return ledger.sign(new Checkpoint(ORIGIN, size, of.root(size)).text());
    }

    private int post(String path, String body) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return response.statusCode();
    }

    @Test
    void aFirstCheckpointAndOneThatContinuesItAreCosigned() throws Exception {
        Outcome first = client.submit(0, List.of(), note(tree, 10));
        Outcome second = client.submit(10, tree.consistencyProof(10, 100), note(tree, 100));

        assertThat(first).isInstanceOf(Outcome.Cosigned.class);
        assertThat(second)
                .isInstanceOfSatisfying(
                        Outcome.Cosigned.class,
                        cosigned -> assertThat(cosigner.verifier().cosigned(cosigned.note()))
                                .contains(CLOCK.instant()));
    }

    @Test
    void whatItHoldsIsServedWithBothSignatures() throws Exception {
        assertThat(client.held(ORIGIN)).isEmpty();
        var unused = client.submit(0, List.of(), note(tree, 10));

        SignedNote held = SignedNote.parse(client.held(ORIGIN).orElseThrow()).orElseThrow();
        assertThat(ledger.verifier().verifies(held)).isTrue();
        assertThat(cosigner.verifier().cosigned(held)).isPresent();
    }

    @Test
    void anUnknownLedgerIs404() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        NoteSigner other = new NoteSigner("QRL-CU/receipts/1", keys.getPrivate(), keys.getPublic());
        String note = other.sign(new Checkpoint("QRL-CU/receipts/1", 10, tree.root(10)).text());

        assertThat(client.submit(0, List.of(), note)).isEqualTo(new Outcome.Refused(404));
    }

    @Test
    void aForgedSignatureIs403() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        NoteSigner forger = new NoteSigner(ORIGIN, keys.getPrivate(), keys.getPublic());

        assertThat(client.submit(0, List.of(), forger.sign(new Checkpoint(ORIGIN, 10, tree.root(10)).text())))
                .isEqualTo(new Outcome.Refused(403));
    }

    @Test
    void nonsenseAndAnOldSizeAboveTheNewOneAre400() throws Exception {
        assertThat(post("/add-checkpoint", "nonsense")).isEqualTo(400);
        assertThat(post("/add-checkpoint", "old 01\n\n" + note(tree, 10))).isEqualTo(400);
        assertThat(client.submit(11, List.of(), note(tree, 10))).isEqualTo(new Outcome.Refused(400));
    }

    @Test
    void anotherOldSizeThanTheOneHeldIs409AndTellsTheSize() throws Exception {
        var unused = client.submit(0, List.of(), note(tree, 10));

        assertThat(client.submit(5, tree.consistencyProof(5, 100), note(tree, 100)))
                .isEqualTo(new Outcome.Holds(10));
    }

    @Test
    void aLedgerThatWasRewrittenIs422AndNothingOfItIsHeld() throws Exception {
        var unused = client.submit(0, List.of(), note(tree, 10));
        MerkleTree rewritten = tree(100, "other");

        assertThat(client.submit(10, rewritten.consistencyProof(10, 100), note(rewritten, 100)))
                .isEqualTo(new Outcome.Refused(422));
        assertThat(client.submit(10, List.of(), note(rewritten, 10))).isEqualTo(new Outcome.Refused(422));
        assertThat(client.submit(10, List.of(), note(tree, 10))).isInstanceOf(Outcome.Cosigned.class);
        assertThat(client.held(ORIGIN).flatMap(Checkpoint::unverified).map(Checkpoint::size))
                .contains(10L);
    }

    @Test
    void aProofFromNothingIs422() throws Exception {
        assertThat(client.submit(0, List.of(Digest.sha256()), note(tree, 10))).isEqualTo(new Outcome.Refused(422));
    }

    @Test
    void afterARestartItHoldsWhatItHeld() throws Exception {
        var unused = client.submit(0, List.of(), note(tree, 10));
        server.close();
        serve();

        assertThat(client.submit(0, List.of(), note(tree, 100))).isEqualTo(new Outcome.Holds(10));
        assertThat(client.submit(10, tree.consistencyProof(10, 100), note(tree, 100)))
                .isInstanceOf(Outcome.Cosigned.class);
    }

    @Test
    void ofManyAtOnceFromTheSameSizeOneWinsAndTheOthersAreTold() throws Exception {
        var unused = client.submit(0, List.of(), note(tree, 10));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Outcome>> calls = new ArrayList<>();
        for (int size = 11; size <= 40; size++) {
            long to = size;
            calls.add(() -> client.submit(10, tree.consistencyProof(10, to), note(tree, to)));
        }

        int cosigned = 0;
        for (Future<Outcome> done : threads.invokeAll(calls)) {
            cosigned += done.get() instanceof Outcome.Cosigned ? 1 : 0;
        }
        threads.shutdownNow();

        assertThat(cosigned).isEqualTo(1);
    }

    @Test
    void onlyReceiptsAreTakenAndNothingTooLarge() throws Exception {
        assertThat(post("/receipts", "content")).isEqualTo(400);
        assertThat(post("/receipts", "x".repeat(WitnessDoor.LONGEST + 1))).isEqualTo(413);
        assertThat(Files.exists(home.folder().resolve("receipts"))).isFalse();
    }

    @Test
    void aWitnessIsMadeOnceAndItsKeyStays() throws Exception {
        assertThatThrownBy(() -> home.init("witness.example/two")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Optional.of(home.cosigner().verifier().vkey()))
                .contains(cosigner.verifier().vkey());
    }

    // ---- two histories

    @Test
    void twoRootsOfOneSizeAreKeptAsAProofWhoeverBringsThem() throws Exception {
        var unused = client.submit(0, List.of(), note(tree, 10));
        MerkleTree rewritten = tree(100, "other");
        var refused = client.submit(10, List.of(), note(rewritten, 10));
        LedgerKeys keys = new LedgerKeys(
                List.of(new LedgerKeys.Ledger(ledger.verifier(), "SYNTHETIC")),
                List.of(new LedgerKeys.Witness(cosigner.verifier(), "SYNTHETIC")),
                List.of());
        List<Path> proofs = AlarmFiles.proofs(home.folder().resolve("misbehaviour"));

        assertThat(proofs).hasSize(1);
        assertThat(MisbehaviourReport.of(Files.readAllBytes(proofs.get(0)), keys))
                .satisfies(report -> assertThat(report.words()).isEqualTo("PROVEN"))
                .satisfies(report -> assertThat(report.facts())
                        .anyMatch(fact -> fact.startsWith("held: seen and cosigned by witness.example/one")));
    }

    @Test
    void aProofOfConsistencyThatAStrangerSpoiledAccusesNobody() throws Exception {
        var unused = client.submit(0, List.of(), note(tree, 10));

        assertThat(client.submit(10, List.of(Digest.sha256()), note(tree, 100))).isEqualTo(new Outcome.Refused(422));
        assertThat(AlarmFiles.proofs(home.folder().resolve("misbehaviour"))).isEmpty();
    }

    // ---- TLS

    private Path keystore() throws Exception {
        Path file = folder.resolve("tls.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "tls",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=SYNTHETIC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        "synthetic"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        Files.writeString(folder.resolve("tls.password"), "synthetic\n");
        return file;
    }

    @Test
    void overTlsTheWitnessIsKnownByItsPinnedKeyAloneAndByNoOther() throws Exception {
        Path keystore = keystore();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, "synthetic".toCharArray());
        }
        String pin = Digest.sha256(store.getCertificate("tls").getPublicKey().getEncoded())
                .hex();
        server.close();
        server = WitnessServer.start(
                home, "127.0.0.1", 0, Optional.of(WitnessTls.server(keystore, folder.resolve("tls.password"))), CLOCK);
        URI address = URI.create("https://127.0.0.1:" + server.port());
        String note = note(tree, 10);

        assertThat(new WitnessClient(address, cosigner.verifier(), Optional.of(pin)).submit(0, List.of(), note))
                .isInstanceOf(Outcome.Cosigned.class);
        WitnessClient wrong = new WitnessClient(address, cosigner.verifier(), Optional.of("0".repeat(64)));
        WitnessClient unpinned = new WitnessClient(address, cosigner.verifier());
        assertThatThrownBy(() -> wrong.held(ORIGIN)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> unpinned.held(ORIGIN)).isInstanceOf(IOException.class);
    }

    @Test
    void plainHttpIsForTheLoopbackAddressAlone() {
        assertThatThrownBy(() -> WitnessServer.start(home, "0.0.0.0", 0, CLOCK))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
