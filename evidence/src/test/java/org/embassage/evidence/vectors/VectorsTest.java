package org.embassage.evidence.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.TrustFolder;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files in vectors/ get the verdicts of vectors/vectors.txt. Run with {@code EMBASSAGE_WRITE=vectors} in the
 * environment to make them anew.
 */
class VectorsTest {

    @TempDir
    static Path made;

    @BeforeAll
    static void make() {
        VectorFolder.write(made, VectorFolder.make());
        if ("vectors".equals(System.getenv("EMBASSAGE_WRITE"))) {
            VectorFolder.write(VectorFolder.path(), VectorFolder.read(made));
        }
    }

    /** A line of vectors.txt. */
    record Line(
            String file,
            String trust,
            String policy,
            Instant at,
            String verdict,
            String check,
            Indication indication,
            String done) {

        static Line parse(String line) {
            String[] columns = line.split(" \\| ", -1);
            return new Line(
                    columns[0],
                    columns[1],
                    columns[2],
                    Instant.parse(columns[3]),
                    columns[4],
                    columns[5],
                    Indication.valueOf(columns[6]),
                    columns[7]);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Line> lines() throws IOException {
        return Files.readAllLines(made.resolve("vectors.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Line::parse);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void theVerdictIsTheOneThatIsWritten(Line line) throws IOException {
        VerificationReport report = verify(made, line);

        assertThat(report.verdict().words()).as(report.sentence()).isEqualTo(line.verdict());
        assertThat(report.indication()).as(report.sentence()).isEqualTo(line.indication());
        if (!line.check().equals("-")) {
            CheckResult result = report.of(Check.ofId(line.check()).orElseThrow());
            assertThat(result.status()).as(report.sentence()).isNotEqualTo(Status.PASS);
            assertThat(result.findings())
                    .as(report.sentence())
                    .anySatisfy(finding -> assertThat(finding.indication()).isEqualTo(line.indication()));
        }
    }

    /** Files of an earlier day too: only what the policies let go is of today. */
    @Test
    void whatIsCommittedGetsItsVerdict() throws IOException {
        for (Line line : lines().toList()) {
            VerificationReport report = verify(VectorFolder.path(), line);

            assertThat(report.verdict().words())
                    .as(line + ": " + report.sentence())
                    .isEqualTo(line.verdict());
            assertThat(report.indication()).as(line + ": " + report.sentence()).isEqualTo(line.indication());
        }
    }

    @Test
    void theCommittedListIsTheOneThatIsMade() throws IOException {
        assertThat(Files.readString(VectorFolder.path().resolve("vectors.txt")))
                .as("EMBASSAGE_WRITE=vectors makes them anew")
                .isEqualTo(Files.readString(made.resolve("vectors.txt")));
    }

    @Test
    void thirtyAttacksAndMoreAreThere() throws IOException {
        List<Line> bad =
                lines().filter(line -> !line.verdict().equals("TOTAL-PASSED")).toList();

        assertThat(bad).hasSizeGreaterThan(60);
        assertThat(lines().filter(line -> line.verdict().equals("TOTAL-PASSED")))
                .hasSizeGreaterThan(7);
    }

    @Test
    void allTogetherAreSmall() {
        assertThat(VectorFolder.read(VectorFolder.path()).values().stream()
                        .mapToLong(content -> content.length)
                        .sum())
                .isLessThan(4_000_000);
    }

    private static VerificationReport verify(Path root, Line line) throws IOException {
        byte[] content = Files.readAllBytes(root.resolve(line.file()));
        Path beside = root.resolve(line.file() + ".ers");
        Optional<byte[]> record = Files.exists(beside) ? Optional.of(Files.readAllBytes(beside)) : Optional.empty();
        VerifyPolicy policy = VerifyPolicy.parse(Files.readString(made.resolve("policy/" + line.policy() + ".txt")))
                .orElseThrow();
        return TrustFolder.read(root.resolve("trust/" + line.trust()))
                .fold(read -> EvidenceVerifier.verify(content, record, read.trust(), policy, line.at()), unusable -> {
                    throw new IllegalStateException(unusable.problem());
                });
    }
}
