package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.development.DevelopmentTimeStamping;
import org.embassage.sealing.timestamp.DevelopmentTsa;
import org.embassage.sealing.timestamp.TimeStampAnchors;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A gateway that asks a time-stamping authority by its address, in a process of its own: what it makes of answers that do not
 * hold, of an authority that goes away for longer than the grace, and of one that comes back. Its peer has an authority of
 * its own.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TimeStampingJourneyTest {

    private static final LocalDate TODAY = LocalDate.now(Clock.systemUTC());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration SLOW_BY = Duration.ofMinutes(6);

    private static final AuthorityClock CLOCK = new AuthorityClock();
    private static final DevelopmentTimeStamping BELIEVED = new DevelopmentTimeStamping(Clock.systemUTC(), RANDOM);
    private static final DevelopmentTimeStamping OTHER = new DevelopmentTimeStamping(Clock.systemUTC(), RANDOM);
    private static final DevelopmentTimeStamping.Stamper KEY = BELIEVED.stamper("SYNTHETIC authority");
    private static final Authority AUTHORITY = new Authority(
            question -> tsa(KEY, CLOCK).answer(question),
            question -> tsa(OTHER.stamper("SYNTHETIC stranger"), CLOCK).answer(question),
            question -> tsa(KEY, Clock.offset(CLOCK, SLOW_BY.negated())).answer(question));

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE)
            .withMovableClocks()
            .changed(BORDER_GUARD, TimeStampingJourneyTest::askByAddress);

    private final RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
    private final RunningGateway police = NEIGHBOURS.of(POLICE);

    @AfterAll
    static void close() {
        AUTHORITY.close();
    }

    private static DevelopmentTsa tsa(DevelopmentTimeStamping.Stamper stamper, Clock clock) {
        return new DevelopmentTsa(
                stamper.key(),
                stamper.certificate(),
                new TimeStampAnchors(Path.of("target"), TimeStampAnchors.Revocation.IF_KNOWN),
                clock,
                RANDOM);
    }

    private static void askByAddress(Path home) {
        try {
            Path yaml = home.resolve("gateway.yaml");
            String text = Files.readString(yaml);
            assertThat(text).contains("embedded: true\n  anchor-minutes: 0");
            Files.writeString(
                    yaml,
                    text.replace(
                            "embedded: true\n", "url: " + AUTHORITY.url() + "\n  receipts: each\n  grace-hours: 1\n"));
            Path trust = home.resolve("trust").resolve("time-stamping");
            Files.writeString(trust.resolve("authority.pem"), KeyTexts.pem(BELIEVED.authority()));
            Files.writeString(trust.resolve("authority.crl"), KeyTexts.pem(BELIEVED.crl()));
            Files.delete(trust.resolve("development.pem"));
            Files.delete(trust.resolve("development.crl"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    @Order(1)
    void everyReceiptGetsATokenOfTheAuthorityAndSoDoesACheckpoint() {
        List<String> exchanges = sent("first", 1, 3);

        awaitStamped();
        for (String exchange : exchanges) {
            List<StoredReceipt> receipts = Neighbours.receipts(velmark, exchange);
            assertThat(receipts).hasSizeGreaterThanOrEqualTo(3);
            for (StoredReceipt receipt : receipts) {
                Stampbook.Kept kept = velmark.books(
                        store -> store.stampbook().token(receipt.id()).orElseThrow());
                assertThat(TimeStamp.inDer(kept.token().octets())).isPresent();
            }
        }
        Optional<Stampbook.Anchor> anchor =
                velmark.books(store -> store.stampbook().newestAnchor());
        assertThat(anchor).isPresent();
        assertThat(status()).contains("\"condition\":\"CURRENT\"");
    }

    @Test
    @Order(2)
    void anAnswerThatDoesNotHoldIsRefusedWithItsReasonAndTheNextGoodOneIsTaken() {
        Map<Authority.Manner, String> reasons = Map.of(
                Authority.Manner.NOTHING_LIKE_IT, "MALFORMED",
                Authority.Manner.NO_BODY, "MALFORMED",
                Authority.Manner.HTML, "CONTENT_TYPE",
                Authority.Manner.SERVER_ERROR, "HTTP_STATUS_500",
                Authority.Manner.OTHER_NONCE, "OTHER_NONCE",
                Authority.Manner.OTHER_DIGEST, "OTHER_DIGEST",
                Authority.Manner.STRANGER, "NOT_TRUSTED",
                Authority.Manner.SLOW_CLOCK, "CLOCKS_DIFFER",
                Authority.Manner.REJECTION, "NOT_GRANTED",
                Authority.Manner.SILENCE, "NO_ANSWER");
        int round = 10;
        for (Map.Entry<Authority.Manner, String> each : reasons.entrySet()) {
            long before = refused(each.getValue());
            AUTHORITY.behave(each.getKey());
            sent("badly-" + each.getKey(), round++, 1);

            await(each.getKey() + " to be refused as " + each.getValue())
                    .atMost(RunningGateway.SOON)
                    .until(() -> refused(each.getValue()) > before);
            assertThat(unstamped()).as(each.getKey().name()).isTrue();
            AUTHORITY.behave(Authority.Manner.GOOD);
            awaitStamped();
        }
        assertThat(velmark.log()).contains("round=stamp-evidence event=RoundFailed fault=EMB-9011");
    }

    @Test
    @Order(3)
    void whenTheAuthorityIsAwayForLongerThanTheGraceNoDropsAreTakenAndAllElseGoesOnUntilItIsBack()
            throws IOException, InterruptedException {
        AUTHORITY.goAway();
        sent("away", 30, 2);
        await("the missing authority in the log")
                .atMost(RunningGateway.SOON)
                .until(() -> velmark.log().contains("reason=NO_ANSWER"));

        moveTo(Duration.ofMinutes(20));
        await("the countdown").atMost(RunningGateway.SOON).until(() -> status().contains("\"BEHIND\""));
        assertThat(status()).contains("\"graceEnds\"").contains("nonewdropswillbetaken");
        assertThat(velmark.command("status").out()).containsPattern("BEHIND.*the grace ends in 0 h [34][0-9] min");
        assertThat(velmark.health().body()).contains("warn time-stamping");
        assertThat(velmark.health().statusCode()).isEqualTo(200);
        await("the countdown in the log")
                .atMost(RunningGateway.SOON)
                .until(() -> velmark.log().contains("event=TimeStampingBehind"));

        moveTo(Duration.ofMinutes(75));
        await("the end of the grace").atMost(RunningGateway.SOON).until(() -> status().contains("\"ENDED\""));
        assertThat(velmark.health().body()).contains("FAIL time-stamping");
        assertThat(velmark.health().statusCode()).isEqualTo(503);
        await("the alarm").atMost(RunningGateway.SOON).until(() -> velmark.log().contains("event=GraceEnded ALARM"));
        Path left = velmark.dropFolder().resolve("waits.dat");
        velmark.drop("waits.dat", new QvlSample(31, TODAY).drop(1, Set.of()));
        police.drop("from-the-peer.csv", new QosSample(32, TODAY).drop(2, Set.of()));

        NEIGHBOURS.awaitHandedOver(police, 2);
        List<String> received = Neighbours.sent(police, Optional.of(BORDER_GUARD));
        for (String exchange : received) {
            assertThat(Neighbours.receipts(velmark, exchange)).hasSizeGreaterThanOrEqualTo(2);
        }
        assertThat(left).exists();
        assertThat(velmark.dropFolder().resolve("waits.dat.result.csv")).doesNotExist();
        assertThat(police.health().statusCode()).isEqualTo(200);

        AUTHORITY.comeBack();
        assertThat(velmark.result("waits.dat").codes()).containsExactly("ok");
        awaitStamped();
        assertThat(left).doesNotExist();
        await("the all-clear in the log")
                .atMost(RunningGateway.SOON)
                .until(() -> velmark.log().contains("event=TimeStampingRecovered"));
        assertThat(velmark.health().statusCode()).isEqualTo(200);
        assertThat(velmark.command("ledger", "verify").exit()).isZero();
    }

    /** Drops records and waits until they are handed over. */
    private List<String> sent(String name, int seed, int records) {
        int before = Neighbours.sent(velmark, Optional.empty()).size();
        velmark.drop(name + ".dat", new QvlSample(seed, TODAY).drop(records, Set.of()));
        NEIGHBOURS.awaitHandedOver(velmark, before + records);
        return velmark.result(name + ".dat").exchanges();
    }

    private static void moveTo(Duration ahead) {
        CLOCK.moveTo(ahead);
        NEIGHBOURS.moveClocks(ahead);
    }

    private String status() {
        return velmark.command("status", "--json").out().replace(" ", "");
    }

    private boolean unstamped() {
        return velmark.books(store -> !store.stampbook()
                .unstamped(store.stampbook().setting().orElseThrow().from(), 1)
                .isEmpty());
    }

    private void awaitStamped() {
        await("a token for every receipt").atMost(RunningGateway.SOON).until(() -> !unstamped());
    }

    private long refused(String reason) {
        return velmark.log()
                .lines()
                .filter(line -> line.contains("event=TimeStampRefused reason=" + reason))
                .count();
    }

    /** The authority's clock goes with the gateways'. */
    private static final class AuthorityClock extends Clock {

        private volatile Duration ahead = Duration.ZERO;

        private void moveTo(Duration next) {
            ahead = next;
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException("UTC alone");
        }

        @Override
        public java.time.Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }
    }
}
