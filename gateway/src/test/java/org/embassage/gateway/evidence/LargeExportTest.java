package org.embassage.gateway.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.gateway.evidence.BundleExport.Exported;
import org.embassage.gateway.evidence.BundleExport.Watch;
import org.embassage.gateway.terminal.Stop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store with more than one bundle can hold is exported in parts that adjoin, each judged alone. */
class LargeExportTest {

    private static final int MANY = 20_001;

    @TempDir
    Path folder;

    @Test
    void moreThanTwentyThousandExchangesBecomePartsThatAdjoinAndPass() throws IOException {
        try (SyntheticGateway gateway = new SyntheticGateway(folder)) {
            gateway.send(SyntheticGateway.POLICE, "PersonAlert", 1, MANY, Instant.now());
            gateway.checkpoint();
            BundleExport export = gateway.export();

            Exported exported = export.export(
                    export.select(Question.all()),
                    folder.resolve("all.zip"),
                    new ExportLimits(5_000, 200L << 20, 150_000),
                    false,
                    Watch.NOBODY);

            assertThat(exported.exchanges()).isEqualTo(MANY);
            assertThat(exported.files())
                    .extracting(file -> file.getFileName().toString())
                    .containsExactly("all.001.zip", "all.002.zip", "all.003.zip", "all.004.zip", "all.005.zip");
            assertThat(Files.exists(folder.resolve("all.zip"))).isFalse();
            long next = 0;
            for (int part = 0; part < 5; part++) {
                Completeness statement = statement(exported.files().get(part));
                assertThat(statement.part()).isEqualTo(part + 1);
                assertThat(statement.parts()).isEqualTo(5);
                assertThat(statement.from()).isEqualTo(next);
                next = statement.to();
            }
            assertThat(next).isEqualTo(gateway.store().ledgerbook().size());
            for (int part : List.of(0, 4)) {
                VerificationReport report = judge(gateway, exported.files().get(part));
                assertThat(report.verdict()).as(report.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
                assertThat(report.of(Check.PERIOD).status()).isEqualTo(Status.PASS);
            }
        }
    }

    @Test
    void aPartThatIsThereAlreadyStopsTheExportAndNothingElseIsLeftBehind() throws IOException {
        try (SyntheticGateway gateway = new SyntheticGateway(folder)) {
            gateway.send(SyntheticGateway.POLICE, "PersonAlert", 1, 5, Instant.now());
            gateway.checkpoint();
            BundleExport export = gateway.export();
            Path out = Files.createDirectory(folder.resolve("evidence")).resolve("all.zip");
            Files.writeString(out.resolveSibling("all.003.zip"), "SYNTHETIC");

            assertThatThrownBy(() -> export.export(
                            export.select(Question.all()),
                            out,
                            new ExportLimits(2, 64L << 20, 1000),
                            false,
                            Watch.NOBODY))
                    .isInstanceOf(Stop.class)
                    .hasMessageContaining("all.003.zip");

            try (Stream<Path> left = Files.list(out.getParent())) {
                assertThat(left).containsExactly(out.resolveSibling("all.003.zip"));
            }
            assertThat(out.resolveSibling("all.003.zip")).hasContent("SYNTHETIC");
        }
    }

    @Test
    void aPartThatTurnsOutTooLargeIsPlannedAnewUntilAllFit() throws IOException {
        try (SyntheticGateway gateway = new SyntheticGateway(folder)) {
            gateway.send(SyntheticGateway.POLICE, "PersonAlert", 1, 60, Instant.now());
            gateway.checkpoint();
            Path out = Files.createDirectory(folder.resolve("evidence")).resolve("all.zip");
            BundleExport export = gateway.export();
            Path whole = all(export, out.resolveSibling("whole.zip")).files().get(0);
            int most = (int) (Files.size(whole) * 2 / 3);
            Files.delete(whole);

            List<Path> parts = all(gateway.export(most), out).files();

            assertThat(parts).hasSizeGreaterThan(1);
            long next = 0;
            for (int part = 0; part < parts.size(); part++) {
                Completeness statement = statement(parts.get(part));
                assertThat(Files.size(parts.get(part))).isLessThanOrEqualTo(most);
                assertThat(statement.part()).isEqualTo(part + 1);
                assertThat(statement.parts()).isEqualTo(parts.size());
                assertThat(statement.from()).isEqualTo(next);
                next = statement.to();
                assertThat(judge(gateway, parts.get(part)).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
            }
            assertThat(next).isEqualTo(gateway.store().ledgerbook().size());
            try (Stream<Path> left = Files.list(out.getParent())) {
                assertThat(left).containsExactlyInAnyOrderElementsOf(parts);
            }
        }
    }

    @Test
    void whatDoesNotFitHoweverSmallThePartsEndsWithARefusalAndNoFile() throws IOException {
        try (SyntheticGateway gateway = new SyntheticGateway(folder)) {
            gateway.send(SyntheticGateway.POLICE, "PersonAlert", 1, 3, Instant.now());
            gateway.checkpoint();
            Path out = Files.createDirectory(folder.resolve("evidence")).resolve("all.zip");

            assertThatThrownBy(() -> all(gateway.export(1_000), out))
                    .isInstanceOf(Stop.class)
                    .hasMessageContaining("one exchange alone is larger than a bundle may be");
            try (Stream<Path> left = Files.list(out.getParent())) {
                assertThat(left).isEmpty();
            }
        }
    }

    private static Exported all(BundleExport export, Path out) {
        return export.export(export.select(Question.all()), out, ExportLimits.USUAL, false, Watch.NOBODY);
    }

    private static Completeness statement(Path bundle) throws IOException {
        return Completeness.parse(EvidenceBundle.read(Files.readAllBytes(bundle))
                        .orElseThrow()
                        .files()
                        .get(BundlePath.COMPLETENESS))
                .orElseThrow();
    }

    private static VerificationReport judge(SyntheticGateway gateway, Path bundle) throws IOException {
        TrustAnchors anchors = new TrustAnchors(
                Stream.of("QVL", "QOS")
                        .map(country -> new TrustAnchors.Anchor(
                                gateway.federation.trust().authorities(country).get(0), Optional.of(country)))
                        .toList(),
                List.of(),
                List.of());
        VerifyPolicy policy = VerifyPolicy.parse(
                        "embassage-policy/v1\noptional time-stamp\noptional complete\noptional witnessed\n")
                .orElseThrow();
        return EvidenceVerifier.verify(Files.readAllBytes(bundle), anchors, policy, Instant.now());
    }
}
