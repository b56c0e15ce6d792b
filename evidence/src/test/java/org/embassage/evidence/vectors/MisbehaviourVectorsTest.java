package org.embassage.evidence.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.evidence.verify.TrustFolder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in vectors/misbehaviour get the verdicts that are written beside them. */
class MisbehaviourVectorsTest {

    @TempDir
    static Path made;

    @BeforeAll
    static void make() {
        SortedMap<String, byte[]> files = VectorFolder.misbehaviour();
        VectorFolder.write(made, files);
        if ("misbehaviour".equals(System.getenv("EMBASSAGE_WRITE"))) {
            files.forEach((name, content) -> put(VectorFolder.path().resolve(name), content));
        }
    }

    private static void put(Path file, byte[] content) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of misbehaviour.txt. */
    record Line(String file, String verdict, String reason) {
        static Line parse(String line) {
            String[] columns = line.split(" \\| ", -1);
            return new Line(columns[0], columns[1], columns[2]);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Line> lines() throws IOException {
        return Files.readAllLines(made.resolve("misbehaviour/misbehaviour.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Line::parse);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void theVerdictIsTheOneThatIsWritten(Line line) throws IOException {
        for (Path root : new Path[] {made, VectorFolder.path()}) {
            Path folder = root.resolve("misbehaviour");
            MisbehaviourReport report = MisbehaviourReport.of(
                    Files.readAllBytes(folder.resolve(line.file())), keys(folder.resolve("trust")));

            assertThat(report.words()).as(report.sentence()).isEqualTo(line.verdict());
            assertThat(report.reason()).as(report.sentence()).isEqualTo(line.reason());
        }
    }

    /** Edits of one octet never make another accusation, and never more than was proven. */
    @Test
    void noEditOfOneOctetMakesAProofOutOfWhatIsNone() throws IOException {
        Path folder = made.resolve("misbehaviour");
        byte[] file = Files.readAllBytes(folder.resolve("late-smaller-note.misbehaviour"));
        LedgerKeys keys = keys(folder.resolve("trust"));
        for (int i = 0; i < file.length; i++) {
            byte[] edited = Arrays.copyOf(file, file.length);
            edited[i] ^= 1;

            assertThat(MisbehaviourReport.of(edited, keys).proven())
                    .as("octet " + i)
                    .isFalse();
        }
    }

    @Test
    void whatIsReadIsWrittenAgainInTheSameWay() throws IOException {
        byte[] file = Files.readAllBytes(made.resolve("misbehaviour/smaller-answer.misbehaviour"));
        Optional<Misbehaviour> read = Misbehaviour.parse(file);

        assertThat(read.map(Misbehaviour::octets))
                .hasValueSatisfying(octets -> assertThat(octets).isEqualTo(file));
        assertThat(Misbehaviour.isNamed(file)).isTrue();
        assertThat(Misbehaviour.isNamed("embassage-bundle/v1\n".getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    private static LedgerKeys keys(Path trust) {
        return TrustFolder.readKeys(trust).fold(read -> LedgerKeys.pinned(read.trust()), unusable -> {
            throw new IllegalStateException(unusable.problem());
        });
    }
}
