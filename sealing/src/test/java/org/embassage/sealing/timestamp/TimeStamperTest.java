package org.embassage.sealing.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.sealing.development.DevelopmentPki;
import org.embassage.sealing.development.DevelopmentTimeStamping;
import org.embassage.sealing.timestamp.TimeStampAnchors.Revocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of the embedded authority, asked in the process and by HTTP, and answers that do not hold. */
class TimeStamperTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Digest DIGEST = Digest.sha256("SYNTHETIC signature".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private final DevelopmentTimeStamping stamping = new DevelopmentTimeStamping(CLOCK, RANDOM);
    private final DevelopmentTimeStamping.Stamper key = stamping.stamper("QVL-BG time-stamping");
    private TimeStampAnchors anchors;
    private DevelopmentTsaServer server;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("tsa.pem"), KeyTexts.pem(stamping.authority()));
        Files.writeString(folder.resolve("tsa.crl"), KeyTexts.pem(stamping.crl()));
        anchors = new TimeStampAnchors(folder, Revocation.REQUIRED);
        server = DevelopmentTsaServer.start(authority(CLOCK), 0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theEmbeddedAuthorityGivesTokensThatVerify() {
        byte[] token = authority(CLOCK).stamp(DIGEST);

        TimeStamp stamp = good(token);
        assertThat(stamp.authority()).isEqualTo(key.certificate());
        assertThat(stamp.accuracy()).isEqualTo(Duration.ofSeconds(1));
        assertThat(stamp.policy()).isEqualTo(DevelopmentTsa.POLICY);
        assertThat(Duration.between(stamp.time(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void byHttpTheSameAuthorityGivesAToken() {
        assertThat(good(overHttp(server.address()).stamp(DIGEST)).imprint()).isEqualTo(DIGEST);
    }

    @Test
    void everyTokenHasANonceAndASerialOfItsOwn() {
        TimeStamp first = good(overHttp(server.address()).stamp(DIGEST));
        TimeStamp second = good(overHttp(server.address()).stamp(DIGEST));

        assertThat(first.nonce()).isNotEqualTo(second.nonce());
        assertThat(first.serial()).isNotEqualTo(second.serial());
    }

    @Test
    void theKeyOfAHomeIsFoundByItsAlias() throws IOException {
        GatewayId id = new GatewayId("QVL-BG");
        Path keys = folder.resolve("keys");
        stamping.equip(new DevelopmentPki("QVL", CLOCK, RANDOM).gateway(id, "20261125"))
                .writeTo(keys);

        DevelopmentTsa authority =
                DevelopmentTsa.read(keys.resolve("gateway.p12"), keys.resolve("password"), anchors, CLOCK, RANDOM);

        assertThat(good(authority.stamp(DIGEST)).imprint()).isEqualTo(DIGEST);
        assertThat(new Pkcs12KeySource(keys.resolve("gateway.p12"), keys.resolve("password"))
                        .currentEpoch()
                        .name())
                .isEqualTo("20261125");
    }

    @Test
    void aHomeWithoutSuchAKeyHasNoAuthority() throws IOException {
        Path keys = folder.resolve("keys");
        new DevelopmentPki("QVL", CLOCK, RANDOM)
                .gateway(new GatewayId("QVL-BG"), "20261125")
                .writeTo(keys);

        assertThatThrownBy(() -> DevelopmentTsa.read(
                        keys.resolve("gateway.p12"), keys.resolve("password"), anchors, CLOCK, RANDOM))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.KEY_UNAVAILABLE));
    }

    @Test
    void anAuthorityOutsideTheFolderIsNotBelieved() throws IOException {
        Files.writeString(
                folder.resolve("tsa.pem"), KeyTexts.pem(new DevelopmentTimeStamping(CLOCK, RANDOM).authority()));

        assertNoToken(server.address());
    }

    @Test
    void aRevokedAuthorityIsNotBelievedAndTheListTakesEffectWithoutARestart() throws IOException {
        HttpTimeStamper stamper = overHttp(server.address());
        good(stamper.stamp(DIGEST));

        X509CRL revoked = stamping.crl(key.certificate());
        Files.writeString(folder.resolve("tsa.crl"), KeyTexts.pem(revoked));

        assertUnavailable(() -> stamper.stamp(DIGEST));
    }

    @Test
    void withoutAListTheAuthorityIsBelievedOnlyWhereThatIsAllowed() throws IOException {
        Files.delete(folder.resolve("tsa.crl"));

        assertNoToken(server.address());
        TimeStampAnchors lenient = new TimeStampAnchors(folder, Revocation.IF_KNOWN);
        good(new HttpTimeStamper(server.address(), lenient, CLOCK, RANDOM).stamp(DIGEST));
    }

    @Test
    void anAuthorityWhoseClockDiffersIsNotBelieved() throws IOException {
        Clock slow = Clock.offset(CLOCK, Duration.ofMinutes(-6));
        try (DevelopmentTsaServer other = DevelopmentTsaServer.start(authority(slow), 0)) {
            assertNoToken(other.address());
        }
    }

    @Test
    void anAnswerToAnotherQuestionIsNoToken() throws IOException {
        byte[] stale = authority(CLOCK).answer(new Question(DIGEST, RANDOM).octets());

        answering("application/timestamp-reply", 200, question -> stale, this::assertNoToken);
    }

    @Test
    void aTokenOverAnotherDigestIsNoToken() throws IOException {
        Digest other = Digest.sha256(new byte[] {1});
        answering(
                "application/timestamp-reply",
                200,
                question -> authority(CLOCK).answer(new Question(other, RANDOM).octets()),
                this::assertNoToken);
    }

    @Test
    void whatIsNoTimeStampResponseIsNoToken() throws IOException {
        UnaryOperator<byte[]> right = question -> authority(CLOCK).answer(question);
        answering(
                "application/timestamp-reply",
                200,
                right,
                address -> good(overHttp(address).stamp(DIGEST)));

        answering("text/html", 200, right, this::assertNoToken);
        answering("application/timestamp-reply", 500, right, this::assertNoToken);
        answering("application/timestamp-reply", 302, right, this::assertNoToken);
        answering("application/timestamp-reply", 200, question -> new byte[0], this::assertNoToken);
        answering("application/timestamp-reply", 200, question -> new byte[100_000], this::assertNoToken);
        answering("application/timestamp-reply", 200, question -> question, this::assertNoToken);
        answering(
                "application/timestamp-reply",
                200,
                question -> authority(CLOCK).answer(new byte[] {1, 2, 3}),
                this::assertNoToken);
    }

    @Test
    void whereNobodyListensThereIsNoToken() throws IOException {
        URI address = server.address();
        server.close();

        assertNoToken(address);
    }

    @Test
    void anAuthorityThatNeverAnswersIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
            HttpTimeStamper impatient = new HttpTimeStamper(address, anchors, CLOCK, RANDOM, Duration.ofMillis(200));

            assertUnavailable(() -> impatient.stamp(DIGEST));
        }
    }

    private interface Asking {
        void at(URI address);
    }

    private static void answering(String type, int status, UnaryOperator<byte[]> answer, Asking asking)
            throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        http.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = answer.apply(exchange.getRequestBody().readAllBytes());
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
        http.start();
        try {
            asking.at(URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/"));
        } finally {
            http.stop(0);
        }
    }

    private DevelopmentTsa authority(Clock clock) {
        return new DevelopmentTsa(
                key.key(), key.certificate(), anchors, Clock.fixed(clock.instant(), ZoneOffset.UTC), RANDOM);
    }

    private HttpTimeStamper overHttp(URI address) {
        return new HttpTimeStamper(address, anchors, CLOCK, RANDOM);
    }

    private void assertNoToken(URI address) {
        assertUnavailable(() -> overHttp(address).stamp(DIGEST));
    }

    private static void assertUnavailable(Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.TIME_STAMP_UNAVAILABLE));
    }

    private static TimeStamp good(byte[] token) {
        return TimeStamp.check(token, DIGEST).fold(TimeStamp.Reading.Good::timeStamp, bad -> {
            throw new AssertionError(bad.problem());
        });
    }
}
