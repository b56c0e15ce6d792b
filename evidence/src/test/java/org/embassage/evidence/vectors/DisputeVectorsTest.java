package org.embassage.evidence.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embassage.evidence.Chance;
import org.embassage.evidence.vectors.DisputeFiles.Dispute;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.DisputeVerifier;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.TrustFolder;
import org.embassage.evidence.verify.VerifyPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files in vectors/disputes get the verdicts of vectors/disputes/disputes.txt. Run with {@code
 * EMBASSAGE_WRITE=disputes} in the environment to make them anew.
 */
class DisputeVectorsTest {

    private static final String HEAD = """
            # What a verifier must say of each dispute file, with ../trust/usual and ../policy/baseline.txt at 2026-11-25T06:00:00Z.
            # Made by EMBASSAGE_WRITE=disputes; do not edit.
            # file | verdict | check | indication | what was done
            """;
    private static final Map<String, byte[]> MADE = new TreeMap<>();

    @BeforeAll
    static void make() throws IOException {
        for (Dispute dispute : DisputeFiles.all()) {
            MADE.put(
                    dispute.file(),
                    Packed.of(
                            Chance.fixed("disputes/" + dispute.file(), Vector.NOW, new TreeMap<>(), dispute.maker())));
        }
        if ("disputes".equals(System.getenv("EMBASSAGE_WRITE"))) {
            Files.createDirectories(DisputeFiles.FOLDER);
            for (var file : MADE.entrySet()) {
                Files.write(DisputeFiles.FOLDER.resolve(file.getKey()), file.getValue());
            }
            Files.writeString(DisputeFiles.FOLDER.resolve(DisputeFiles.LIST), list());
        }
    }

    private static String list() {
        return HEAD
                + DisputeFiles.all().stream()
                        .map(dispute -> dispute.line() + "\n")
                        .collect(Collectors.joining());
    }

    static Stream<Dispute> disputes() {
        return DisputeFiles.all().stream();
    }

    @ParameterizedTest
    @MethodSource("disputes")
    void theVerdictIsTheOneThatIsWritten(Dispute dispute) throws IOException {
        byte[] made = MADE.getOrDefault(dispute.file(), new byte[0]);
        judged(dispute, made);
        judged(dispute, Files.readAllBytes(DisputeFiles.FOLDER.resolve(dispute.file())));
    }

    private static void judged(Dispute dispute, byte[] content) throws IOException {
        VerifyPolicy policy = VerifyPolicy.parse(
                        Files.readString(VectorFolder.path().resolve("policy/baseline.txt")))
                .orElseThrow();
        DisputeReport report = TrustFolder.read(VectorFolder.path().resolve("trust/usual"))
                .fold(read -> DisputeVerifier.verify(content, read.trust(), policy, Vector.NOW), unusable -> {
                    throw new IllegalStateException(unusable.problem());
                });

        assertThat(report.report().verdict()).as(report.report().sentence()).isEqualTo(dispute.verdict());
        assertThat(report.report().indication()).as(report.report().sentence()).isEqualTo(dispute.indication());
        if (!dispute.check().equals("-")) {
            assertThat(report.report()
                            .of(Check.ofId(dispute.check()).orElseThrow())
                            .findings())
                    .as(report.report().sentence())
                    .anySatisfy(finding -> {
                        assertThat(finding.status()).isNotEqualTo(Status.PASS);
                        assertThat(finding.indication()).isEqualTo(dispute.indication());
                    });
        }
    }

    @Test
    void allTogetherAreSmall() {
        assertThat(MADE.values().stream().mapToLong(content -> content.length).sum())
                .isLessThan(400_000);
    }

    @Test
    void theCommittedListIsTheOneThatIsMade() throws IOException {
        assertThat(Files.readString(DisputeFiles.FOLDER.resolve(DisputeFiles.LIST)))
                .as("EMBASSAGE_WRITE=disputes makes them anew")
                .isEqualTo(list());
    }
}
