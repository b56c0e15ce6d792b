package org.embassage.sealing.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.Digest;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.development.DevelopmentTimeStamping;
import org.embassage.sealing.timestamp.TimeStampAnchors.Revocation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code openssl ts} asks the embedded authority, and verifies what it and the client give. */
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

    private int verify(String... what) throws Exception {
        List<String> words = new ArrayList<>(List.of("ts", "-verify", "-CAfile", "time-stamping/tsa.pem"));
        words.addAll(List.of(what));
        return openssl(words.toArray(String[]::new));
    }

    private int openssl(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start()
                .waitFor();
    }
}
