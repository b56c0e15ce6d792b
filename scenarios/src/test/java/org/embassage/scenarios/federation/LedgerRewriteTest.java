package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook.KeptAnswer;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
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
