package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.TrustFolder;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two gateways under {@code profile: production}, with keys and signatures by openssl and {@code openssl ts} as their
 * time-stamping authority: the evidence that they export holds under the strictest policy.
 */
@Tag("foreign")
class ProductionJourneyTest {

    private static final LocalDate TODAY = LocalDate.now(Clock.systemUTC());
    private static final Path FOLDER = Path.of("target", "journeys", ProductionJourneyTest.class.getSimpleName())
            .toAbsolutePath();
    private static final Authority AUTHORITY =
            new Authority(ProductionJourneyTest::byOpenssl, question -> question, question -> question);

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE)
            .changed(
                    POLICE,
                    home -> ProductionHomes.make(
                            home.getParent(),
                            "  url: " + AUTHORITY.url() + "\n  receipts: each\n  anchor-minutes: 0\n"));

    private final RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
    private final RunningGateway police = NEIGHBOURS.of(POLICE);

    @AfterAll
    static void close() {
        AUTHORITY.close();
    }

    @Test
    void whatIsSentLeavesEvidenceWithTimeStampsThatHoldsUnderTheStrictestPolicy() throws IOException {
        velmark.drop("alerts.dat", new QvlSample(1, TODAY).drop(2, Set.of()));
        NEIGHBOURS.awaitHandedOver(velmark, 2);
        for (RunningGateway gateway : List.of(velmark, police)) {
            await("a token for every receipt of " + gateway.id)
                    .atMost(RunningGateway.SOON)
                    .until(() -> gateway.books(store -> store.stampbook()
                            .unstamped(store.stampbook().setting().orElseThrow().from(), 1)
                            .isEmpty()));
        }
        String exchange = Neighbours.sent(velmark, Optional.of(POLICE)).get(0);
        Path file = FOLDER.resolve("evidence.zip");

        JavaProcess.Ended exported =
                velmark.command("bundle", "export", "--exchange", exchange, "--out", file.toString());

        assertThat(exported.exit()).as(exported.out() + exported.err()).isZero();
        VerificationReport report = verified(file, velmark.home().resolve("trust"));
        assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.TOTAL_PASSED);
        Path strangers = Files.createDirectories(FOLDER.resolve("strangers"));
        for (String name : List.of("QVL.pem", "QVL.crl", "QOS.pem", "QOS.crl")) {
            Files.copy(velmark.home().resolve("trust").resolve(name), strangers.resolve(name));
        }
        assertThat(verified(file, strangers).verdict()).isNotEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void theHomesAreProductionHomesAndSaySo() {
        assertThat(velmark.log()).contains("profile=PRODUCTION");
        assertThat(police.log()).contains("profile=PRODUCTION");
    }

    private static VerificationReport verified(Path bundle, Path trust) throws IOException {
        TrustAnchors anchors = TrustFolder.read(trust).fold(read -> read.trust(), unusable -> {
            throw new IllegalStateException(unusable.problem());
        });
        return EvidenceVerifier.verify(
                Files.readAllBytes(bundle),
                anchors,
                VerifyPolicy.strict(),
                Clock.systemUTC().instant());
    }

    /** As the web server of the containers asks it. */
    private static byte[] byOpenssl(byte[] question) {
        try {
            Path asked = Files.createTempFile(FOLDER, "question", ".tsq");
            Files.write(asked, question);
            ProcessBuilder builder = new ProcessBuilder(
                            "sh", Path.of("..", "docker", "tsa", "answer").toString())
                    .redirectInput(asked.toFile());
            builder.environment()
                    .put("TSA_KEYS", ProductionHomes.stampingKeys(FOLDER).toString());
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return said.substring(said.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
