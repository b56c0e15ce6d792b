package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.Round;
import org.embassage.gateway.ledger.AlarmFiles;
import org.embassage.gateway.witness.SubmitToWitnesses;
import org.embassage.gateway.witness.WitnessClient;
import org.embassage.gateway.witness.WitnessHome;
import org.embassage.gateway.witness.WitnessServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An administrator with a gateway's keys runs it twice and shows one peer one history and the other peer another, each
 * consistent in itself. Neither peer can notice alone; a neutral witness that one of the two histories was shown to gives it away.
 */
class TwoHistoriesTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private @Nullable Gateway twin;
    private Gateway police;
    private Gateway borderPolice;
    private WitnessServer server;
    private WitnessHome home;
    private WitnessClient witness;
    private Round comparing;

    @BeforeEach
    void exchange() throws IOException {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        borderPolice = federation.gateway(BORDER_POLICE);
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        home = new WitnessHome(folder.resolve("witness"));
        Cosigner cosigner = home.init("witness.example/one");
        Files.writeString(
                home.folder().resolve("logs.vkey"), velmark.peers.self().ledgerKey() + "\n");
        server = WitnessServer.start(home, "127.0.0.1", 0, federation.clock);
        witness = new WitnessClient(URI.create("http://127.0.0.1:" + server.port()), cosigner.verifier());
        comparing = borderPolice.reception.comparing(List.of(witness));
    }

    @AfterEach
    void stop() {
        server.close();
        if (twin != null) {
            twin.close();
        }
        federation.close();
    }

    private void fork() throws IOException {
        twin = federation.fork(BORDER_GUARD, folder.resolve("twin"));
        velmark = federation.gateway(BORDER_GUARD);
    }

    private void submit(Gateway owner) {
        assertThat(new SubmitToWitnesses(
                                List.of(witness), owner.witnessing, owner.journal, owner.ledgerbook, federation.clock)
                        .run())
                .isFalse();
    }

    private void tellTwoHistories() throws IOException {
        fork();
        velmark.drop(Documents.vehicles(3).subList(1, 2));
        Federation.converse(velmark, police);
        twin.drop(Documents.vehicles(3).subList(2, 3));
        Federation.converse(twin, borderPolice);
    }

    @Test
    void twoHistoriesEachConsistentInItselfAreNoticedByNeitherPeerAlone() throws IOException {
        tellTwoHistories();

        assertThat(police.register.trafficStops()).isEmpty();
        assertThat(borderPolice.register.trafficStops()).isEmpty();
    }

    @Test
    void whatTheNeutralWitnessWasShownExposesTheOtherHistoryAtTheNextContact() throws IOException {
        tellTwoHistories();
        submit(velmark);
        comparing.run();
        Federation.converse(twin, borderPolice);

        assertThat(borderPolice.register.trafficStops())
                .extracting(TrafficStop::peer)
                .containsExactly(BORDER_GUARD);
        assertThat(accusations(borderPolice.home.resolve("ledger/alarms")))
                .extracting(MisbehaviourReport::words)
                .contains("PROVEN");
    }

    @Test
    void anHonestGatewayThatAWitnessSawFurtherThanThePeerIsNotAccused() throws IOException {
        velmark.drop(Documents.vehicles(3).subList(1, 2));
        Federation.converse(velmark, police);
        submit(velmark);
        comparing.run();
        Federation.converse(velmark, borderPolice);
        comparing.run();

        assertThat(borderPolice.register.trafficStops()).isEmpty();
        assertThat(borderPolice.ledgerbook.answers(BORDER_GUARD, 10))
                .isNotEmpty()
                .allMatch(answer -> answer.consistent());
        assertThat(AlarmFiles.proofs(borderPolice.home.resolve("ledger/alarms")))
                .isEmpty();
    }

    @Test
    void theHistoryThatTheWitnessWasNotShownIsStoppedByItsOwnSoftware() throws IOException {
        tellTwoHistories();
        submit(velmark);
        submit(twin);

        assertThat(twin.witnessing.standstill().cause()).contains(FaultCode.LEDGER_ROLLED_BACK);
        assertThat(velmark.witnessing.standstill().cause()).isEmpty();
        assertThat(velmark.ledgerbook.newestCosignature("QVL-BG/receipts/1", "witness.example/one"))
                .map(cosignature -> cosignature.size())
                .isEqualTo(velmark.ledgerbook.newestCheckpoint().map(note -> note.size()));
    }

    @Test
    void aReceiptIsDepositedOnceAndOneOfALedgerThatIsNotWitnessedIsNot() throws Exception {
        StoredReceipt ours = issued(velmark);
        byte[] octets =
                velmark.register.receipt(ours.id()).orElseThrow().container().octets();
        byte[] foreign = police.register
                .receipt(issued(police).id())
                .orElseThrow()
                .container()
                .octets();
        byte[] changed = octets.clone();
        changed[changed.length / 2] ^= 1;

        assertThat(deposit(octets)).isEqualTo(200);
        assertThat(deposit(octets)).isEqualTo(200);
        assertThat(deposit(changed)).isIn(400, 409);
        assertThat(deposit(foreign)).isEqualTo(403);
        assertThat(home.folder().resolve("receipts/" + ours.id() + ".asice")).hasBinaryContent(octets);
        try (Stream<Path> kept = Files.list(home.folder().resolve("receipts"))) {
            assertThat(kept).hasSize(1);
        }
    }

    private static StoredReceipt issued(Gateway gateway) {
        return gateway.register.receipts(100).stream()
                .filter(StoredReceipt::issued)
                .findFirst()
                .orElseThrow();
    }

    private int deposit(byte[] container) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/receipts"))
                                .POST(HttpRequest.BodyPublishers.ofByteArray(container))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aWitnessThatCannotBeReachedStopsNothing() throws IOException {
        tellTwoHistories();
        server.close();
        comparing.run();
        Federation.converse(twin, borderPolice);

        assertThat(borderPolice.register.trafficStops()).isEmpty();
    }

    private List<MisbehaviourReport> accusations(Path alarms) throws IOException {
        Peer accused = police.peers.find(BORDER_GUARD).orElseThrow();
        LedgerKeys keys = new LedgerKeys(
                List.of(new LedgerKeys.Ledger(
                        NoteVerifier.parse(accused.ledgerKey()).orElseThrow(), "SYNTHETIC")),
                List.of(),
                List.of());
        List<MisbehaviourReport> reports = new ArrayList<>();
        for (Path file : AlarmFiles.proofs(alarms)) {
            reports.add(MisbehaviourReport.of(Files.readAllBytes(file), keys));
        }
        return reports;
    }
}
