package org.embassage.sealing.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.Digest;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.fault.Broken;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.development.DevelopmentTimeStamping;
import org.embassage.sealing.timestamp.TimeStampAnchors.Revocation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code openssl ts} asks the embedded authority, verifies what it and the client give, and is the authority of the
 * containers.
 */
@Tag("foreign")
class TimeStampByOpensslTest {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir
    Path folder;

    private final DevelopmentTimeStamping stamping = new DevelopmentTimeStamping(CLOCK, RANDOM);
    private DevelopmentTsa authority;

    @BeforeEach
    void write() throws IOException {
        Path trust = Files.createDirectory(folder.resolve("time-stamping"));
        Files.writeString(trust.resolve("tsa.pem"), KeyTexts.pem(stamping.authority()));
        DevelopmentTimeStamping.Stamper key = stamping.stamper("QVL-BG time-stamping");
        authority = new DevelopmentTsa(
                key.key(), key.certificate(), new TimeStampAnchors(trust, Revocation.IF_KNOWN), CLOCK, RANDOM);
        Files.writeString(folder.resolve("data"), "SYNTHETIC note");
        Files.writeString(folder.resolve("other"), "SYNTHETIC other");
    }

    @Test
    void aQueryThatOpensslMadeGetsAnAnswerThatOpensslVerifies() throws Exception {
        assertThat(openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query"))
                .isZero();
        try (DevelopmentTsaServer server = DevelopmentTsaServer.start(authority, 0)) {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(server.address())
                                    .header("Content-Type", "application/timestamp-query")
                                    .POST(HttpRequest.BodyPublishers.ofFile(folder.resolve("query")))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            Files.write(folder.resolve("answer"), answer.body());
        }

        assertThat(verify("-in", "answer", "-queryfile", "query")).isZero();
        assertThat(verify("-in", "answer", "-data", "other")).isNotZero();
    }

    @Test
    void aTokenThatTheClientGotIsVerifiedByOpenssl() throws Exception {
        byte[] data = Files.readAllBytes(folder.resolve("data"));
        try (DevelopmentTsaServer server = DevelopmentTsaServer.start(authority, 0)) {
            TimeStampAnchors anchors = new TimeStampAnchors(folder.resolve("time-stamping"), Revocation.IF_KNOWN);
            HttpTimeStamper client = new HttpTimeStamper(server.address(), anchors, CLOCK, RANDOM);
            Files.write(folder.resolve("token.tst"), client.stamp(Digest.sha256(data)));
        }

        assertThat(verify("-token_in", "-in", "token.tst", "-data", "data")).isZero();
        assertThat(verify("-token_in", "-in", "token.tst", "-data", "other")).isNotZero();
    }

    @Test
    void theAuthorityOfTheContainersAnswersAndBothCountriesBelieveIt() throws Exception {
        Path script = Path.of("..", "keys-dev", "make-keys.sh").toAbsolutePath();
        assertThat(run("sh", script.toString(), "keys")).isZero();
        Digest digest = Digest.sha256(Files.readAllBytes(folder.resolve("data")));
        Question question = new Question(digest, RANDOM);

        byte[] answer = answered(question.octets());

        for (String country : List.of("qvl", "qos")) {
            Path trust = folder.resolve("keys").resolve(country).resolve("home/trust/time-stamping");
            byte[] token = question.token(answer, new TimeStampAnchors(trust, Revocation.REQUIRED), CLOCK);
            assertThat(TimeStamp.check(token, digest)).isInstanceOf(TimeStamp.Reading.Good.class);
        }
        TimeStampAnchors others = new TimeStampAnchors(folder.resolve("time-stamping"), Revocation.IF_KNOWN);
        assertThatThrownBy(() -> question.token(answer, others, CLOCK)).isInstanceOf(Broken.class);
    }

    @Test
    void theAuthorityOfTheContainersGivesNoTokenForWhatIsNoQuestion() throws Exception {
        Path script = Path.of("..", "keys-dev", "make-keys.sh").toAbsolutePath();
        assertThat(run("sh", script.toString(), "keys")).isZero();
        TimeStampAnchors trust =
                new TimeStampAnchors(folder.resolve("keys/qvl/home/trust/time-stamping"), Revocation.REQUIRED);
        Question question = new Question(Digest.sha256(new byte[0]), RANDOM);

        byte[] answer = answered(new byte[] {1, 2, 3});

        assertThatThrownBy(() -> question.token(answer, trust, CLOCK)).isInstanceOf(Broken.class);
    }

    /** What docker/tsa/answer says to a question, as a web server asks it. */
    private byte[] answered(byte[] question) throws Exception {
        Files.write(folder.resolve("question"), question);
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        Path.of("..", "docker", "tsa", "answer")
                                .toAbsolutePath()
                                .toString())
                .redirectInput(folder.resolve("question").toFile())
                .redirectOutput(folder.resolve("said").toFile())
                .redirectError(folder.resolve("tsa.log").toFile());
        builder.environment().put("TSA_KEYS", folder.resolve("keys/tsa/secrets").toString());
        assertThat(builder.start().waitFor()).isZero();
        String said = Files.readString(folder.resolve("said"), StandardCharsets.ISO_8859_1);
        String head = "Content-Type: application/timestamp-reply\r\n\r\n";
        assertThat(said).startsWith(head);
        return said.substring(head.length()).getBytes(StandardCharsets.ISO_8859_1);
    }

    private int verify(String... what) throws Exception {
        List<String> words = new ArrayList<>(List.of("ts", "-verify", "-CAfile", "time-stamping/tsa.pem"));
        words.addAll(List.of(what));
        return openssl(words.toArray(String[]::new));
    }

    private int openssl(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new));
    }

    private int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start()
                .waitFor();
    }
}
