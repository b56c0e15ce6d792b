package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook.KeptAnswer;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.gateway.ledger.AlarmFiles;
import org.embassage.store.development.LedgerRewriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An administrator with full access to one gateway's database and its keys rewrites the ledger, or puts an old copy of the
 * database back. What the peers hold exposes it at the next contact.
 */
class LedgerRewriteTest {

    private static final String DATABASE = "embassage.db";

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;

    @BeforeEach
    void exchange() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        velmark.drop(Documents.vehicles(2));
        federation.settle();
    }

    /** A record that was not dropped before. */
    private static List<String> one() {
        return Documents.vehicles(3).subList(2, 3);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private void rewrite(UnaryOperator<String> change) {
        KeyEntry key = velmark.keys.current(KeyUse.LEDGER);
        NoteSigner real =
                new NoteSigner("QVL-BG/receipts/1", key.key(), key.certificate().getPublicKey());
        velmark.close();
        LedgerRewriter.rewrite(velmark.home.resolve(DATABASE), real, change);
        velmark = federation.start(BORDER_GUARD);
    }

    private static String changed(String leaf) {
        return leaf.startsWith("embassage-leaf/v1\nevidence\nissued\n")
                ? leaf.substring(0, leaf.length() - 2) + (leaf.endsWith("0\n") ? "1\n" : "0\n")
                : leaf;
    }

    private static List<FaultCode> alarms(Gateway gateway) {
        return gateway.register.quarantine(100).stream()
                .map(QuarantineView::fault)
                .map(fault -> fault.code())
                .toList();
    }

    @Test
    void aRewrittenLedgerIsExposedByThePeerAtTheNextMessage() {
        rewrite(LedgerRewriteTest::changed);
        velmark.drop(one());
        federation.settle();

        assertThat(alarms(police)).contains(FaultCode.LEDGER_INCONSISTENT);
        assertThat(police.register.trafficStops()).extracting(TrafficStop::peer).containsExactly(BORDER_GUARD);
        assertThat(police.witnessing.alarms().kept("peer-QVL-BG")).hasSize(2);
    }

    @Test
    void whatExposesItIsAFileThatProvesItToAnybodyWhoKnowsTheLedgersKey() throws IOException {
        rewrite(LedgerRewriteTest::changed);
        velmark.drop(one());
        federation.settle();
        List<MisbehaviourReport> reports = accusations(police);

        assertThat(reports).anySatisfy(report -> {
            assertThat(report.words()).isEqualTo("PROVEN");
            assertThat(report.reason()).isEqualTo("FORK");
            assertThat(report.facts()).anyMatch(fact -> fact.startsWith("held: seen and cosigned by QOS-POL/witness"));
        });
    }

    @Test
    void anHonestLedgerLeavesNoFile() throws IOException {
        rewrite(leaf -> leaf);
        velmark.drop(one());
        velmark.challenges.run();
        federation.settle();

        assertThat(accusations(police)).isEmpty();
    }

    /** The files in the alarm folder, judged as somebody does who has the two cards' keys and nothing else. */
    private static List<MisbehaviourReport> accusations(Gateway gateway) throws IOException {
        List<MisbehaviourReport> reports = new ArrayList<>();
        Peer accused = gateway.peers.find(BORDER_GUARD).orElseThrow();
        CosignatureVerifier witness = CosignatureVerifier.parse(
                        gateway.peers.self().witnessKey().orElseThrow())
                .orElseThrow();
        LedgerKeys keys = new LedgerKeys(
                List.of(new LedgerKeys.Ledger(
                        NoteVerifier.parse(accused.ledgerKey()).orElseThrow(), "SYNTHETIC")),
                List.of(new LedgerKeys.Witness(witness, "SYNTHETIC")),
                List.of());
        for (Path file : AlarmFiles.proofs(gateway.home.resolve("ledger/alarms"))) {
            reports.add(MisbehaviourReport.of(Files.readAllBytes(file), keys));
        }
        return reports;
    }

    @Test
    void aRewrittenLedgerIsExposedByTheHeartbeatWithoutAnyMessage() {
        rewrite(LedgerRewriteTest::changed);
        velmark.challenges.run();
        federation.settle();

        assertThat(alarms(police)).contains(FaultCode.LEDGER_INCONSISTENT);
        assertThat(velmark.witnessing.standstill().cause()).contains(FaultCode.LEDGER_ROLLED_BACK);
        assertThat(velmark.ledgerbook.shownNotes()).isNotEmpty();
    }

    @Test
    void theSameAdministratorWhoChangesNothingIsNotAccused() {
        rewrite(leaf -> leaf);
        velmark.drop(one());
        velmark.challenges.run();
        federation.settle();

        assertThat(alarms(police)).isEmpty();
        assertThat(police.register.trafficStops()).isEmpty();
        assertThat(velmark.witnessing.standstill().cause()).isEmpty();
    }

    @Test
    void afterTheExposureTheGatewayDoesNotStartAgainEvenIfTheDatabaseIsPutBack() throws IOException {
        rewrite(LedgerRewriteTest::changed);
        Path copy = folder.resolve("rewritten.db");
        velmark.close();
        Files.copy(velmark.home.resolve(DATABASE), copy);
        velmark = federation.start(BORDER_GUARD);
        velmark.challenges.run();
        federation.settle();
        velmark.close();
        Files.copy(copy, velmark.home.resolve(DATABASE), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> federation.start(BORDER_GUARD))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.LEDGER_ROLLED_BACK));
    }

    @Test
    void anOldCopyOfTheDatabaseIsExposedOnBothSides() throws IOException {
        velmark.close();
        Path copy = folder.resolve("old.db");
        Files.copy(velmark.home.resolve(DATABASE), copy);
        velmark = federation.start(BORDER_GUARD);
        velmark.drop(one());
        federation.settle();
        velmark.close();
        Files.copy(copy, velmark.home.resolve(DATABASE), StandardCopyOption.REPLACE_EXISTING);
        velmark = federation.start(BORDER_GUARD);

        police.challenges.run();
        velmark.challenges.run();
        federation.settle();

        assertThat(velmark.witnessing.standstill().cause()).contains(FaultCode.LEDGER_ROLLED_BACK);
        assertThat(alarms(police)).contains(FaultCode.LEDGER_SMALLER_ANSWER);
        assertThat(police.ledgerbook.answers(BORDER_GUARD, 1)).noneMatch(KeptAnswer::consistent);
        assertThat(accusations(police))
                .extracting(MisbehaviourReport::words, MisbehaviourReport::reason)
                .containsExactly(tuple("PROVEN", "CUT"));
    }

    @Test
    void aStandstillTakesInSendsAndReceivesNothing() {
        rewrite(LedgerRewriteTest::changed);
        velmark.challenges.run();
        federation.settle();

        assertThat(velmark.witnessing
                        .standstill()
                        .guard(() -> {
                            throw new IllegalStateException("must not run");
                        })
                        .run())
                .isFalse();
        assertThatThrownBy(() -> velmark.witnessing
                        .standstill()
                        .guard(velmark.intake)
                        .take(Documents.FEED, velmark.ids.nextDropId(), new byte[0]))
                .isInstanceOf(Broken.class);
    }
}
