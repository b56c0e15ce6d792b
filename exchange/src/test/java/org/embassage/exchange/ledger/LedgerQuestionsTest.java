package org.embassage.exchange.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.receipts.LedgerHeads;
import org.junit.jupiter.api.Test;

/** A size that a peer stated without a proof that fits is asked for until it is held. */
class LedgerQuestionsTest {

    private static final GatewayId PEER = new GatewayId("QOS-POL");
    private static final Instant NOW = Instant.parse("2031-05-01T12:00:00Z");

    private final LedgerQuestions questions = questions();

    private static LedgerQuestions questions() {
        Ledgerbook unread = (Ledgerbook) Proxy.newProxyInstance(
                Ledgerbook.class.getClassLoader(), new Class<?>[] {Ledgerbook.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("not read here");
                });
        LedgerHeads heads = new LedgerHeads(unread);
        SecureRandom random = new SecureRandom();
        Uuids ids = new Uuids(Clock.fixed(NOW, ZoneOffset.UTC), random);
        return new LedgerQuestions(
                heads, new LedgerPost(new LedgerTree("QVL-BG/receipts/1", unread), heads, ids), random);
    }

    @Test
    void aPeerThatProvedAllItStatedIsNotAskedAgain() {
        assertThat(questions.wanting(PEER, NOW)).isFalse();
    }

    @Test
    void aClockThatIsSetBackKeepsNoPeerUnasked() {
        Duration idle = Duration.ofMinutes(10);

        assertThat(LedgerQuestions.since(NOW, NOW, idle)).isFalse();
        assertThat(LedgerQuestions.since(NOW, NOW.plus(idle), idle)).isTrue();
        assertThat(LedgerQuestions.since(NOW, NOW.minusMillis(1), idle)).isTrue();
    }

    @Test
    void aNoteThatOvertookItsForerunnerIsAskedForUntilItIsHeld() {
        questions.unproven(PEER, 102);
        questions.held(PEER, 4);
        assertThat(questions.wanting(PEER, NOW)).isTrue();
        questions.held(PEER, 102);
        assertThat(questions.wanting(PEER, NOW)).isFalse();
    }
}
