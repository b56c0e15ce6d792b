package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.zip.StrictZip;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.gateway.evidence.Beside;
import org.embassage.gateway.evidence.BundleExport;
import org.embassage.gateway.evidence.ExportLimits;
import org.embassage.gateway.evidence.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two sides export one exchange while records, refusals and questions go on: never at the same instant, and each with other newest
 * checkpoints. Laid together, any two of these files tell one story; files far apart do if the owner of a ledger was given the
 * other side's.
 */
class MovingExportsTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Auditor auditor;
    private ExchangeId exchange;

    @BeforeEach
    void begin() {
        federation = new Federation(folder);
        auditor = new Auditor(federation, folder);
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(1));
        federation.settle();
        exchange = federation
                .gateway(BORDER_GUARD)
                .register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .exchange();
        askEachOther();
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private void askEachOther() {
        federation.clock.forward(Duration.ofMinutes(20));
        List.of(BORDER_GUARD, POLICE)
                .forEach(id -> federation.gateway(id).challenges.run());
        federation.settle();
    }

    private Path export(GatewayId side) {
        return auditor.export(side, Question.of(exchange)).get(0);
    }

    @Test
    void whateverMovedBetweenTheTwoExportsTheyAreOneStory() {
        List<Path> velmark = new ArrayList<>();
        List<Path> ostrana = new ArrayList<>();
        List<String> documents = Documents.vehicles(8);
        for (int step = 0; step < 6; step++) {
            velmark.add(export(BORDER_GUARD));
            move(step, documents);
            ostrana.add(export(POLICE));
            federation.deliver();
        }
        List<String> open = new ArrayList<>();
        for (int i = 0; i < velmark.size(); i++) {
            for (int j = 0; j < ostrana.size(); j++) {
                VerificationReport report = dispute(velmark.get(i), ostrana.get(j));
                if (report.verdict() != Verdict.TOTAL_PASSED) {
                    open.add(i + "/" + j + ": "
                            + report.checks().stream()
                                    .filter(check -> check.status() != Status.PASS && !check.optional())
                                    .map(check -> check.check() + " " + check.sentence())
                                    .toList());
                }
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void exportsFarApartAreOneStoryOnlyIfTheOwnerIsGivenTheOtherSidesBundle() {
        federation
                .gateway(POLICE)
                .drop(Documents.vehicles(20).subList(19, 20)); // so that it shows a checkpoint of its own time
        federation.settle();
        askEachOther();
        Path early = export(POLICE);
        for (int hour = 0; hour < 30; hour++) {
            federation.gateway(BORDER_GUARD).drop(Documents.drop(List.of("BAD")));
            askEachOther();
        }

        VerificationReport alone = dispute(export(BORDER_GUARD), early);
        assertThat(alone.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(alone.of(Check.CONTINUITY).sentence()).contains("ledger QVL-BG/receipts/1");

        VerificationReport beside = dispute(beside(BORDER_GUARD, early), early);
        assertThat(beside.verdict()).as(beside.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void aCheckpointThatTheOwnerNeverMadeIsNamedToHimAndOneThatSomebodyElseSignedIsNot() {
        Path theirs = export(POLICE);
        KeyEntry key = federation.gateway(BORDER_GUARD).keys.current(KeyUse.LEDGER);
        KeyEntry other = federation.gateway(POLICE).keys.current(KeyUse.LEDGER);

        assertThat(foreign(theirs)).isEmpty();
        assertThat(foreign(with(theirs, forged(other)))).isEmpty();
        assertThat(foreign(with(theirs, forged(key))))
                .containsExactly(
                        "the checkpoint of size 77 of QVL-BG/receipts/1 has this gateway's signature and is not"
                                + " in its store");
    }

    private static String forged(KeyEntry key) {
        return new NoteSigner("QVL-BG/receipts/1", key.key(), key.certificate().getPublicKey())
                .sign(new Checkpoint("QVL-BG/receipts/1", 77, Digest.sha256(new byte[] {7})).text());
    }

    private List<String> foreign(Path bundle) {
        return auditor.of(BORDER_GUARD).beside(Beside.of(List.of(bundle))).foreign();
    }

    /** The bundle with one more note, by whoever has no key for its index. */
    private Path with(Path bundle, String note) {
        byte[] octets = note.getBytes(StandardCharsets.UTF_8);
        String place = "notes/QOS-POL/QVL-BG.77." + Digest.sha256(octets).hex().substring(0, 8) + ".note";
        Map<String, byte[]> entries = new LinkedHashMap<>(Map.of(
                BundlePath.INDEX,
                EvidenceBundle.read(Auditor.bytes(bundle))
                        .orElseThrow()
                        .files()
                        .getOrDefault(BundlePath.INDEX, octets)));
        entries.put(place, octets);
        try {
            return Files.write(folder.resolve("with-" + place.hashCode() + ".zip"), StrictZip.write(entries));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private Path beside(GatewayId side, Path other) {
        BundleExport export = auditor.of(side).beside(Beside.of(List.of(other)));
        return export.export(
                        export.select(Question.of(exchange)),
                        folder.resolve("beside.zip"),
                        ExportLimits.USUAL,
                        false,
                        BundleExport.Watch.NOBODY)
                .files()
                .get(0);
    }

    private void move(int step, List<String> documents) {
        Gateway velmark = federation.gateway(BORDER_GUARD);
        Gateway ostrana = federation.gateway(POLICE);
        federation.clock.forward(Duration.ofSeconds(6));
        switch (step % 3) {
            case 0 -> {
                velmark.drop(documents.subList(step + 1, step + 2));
                velmark.work();
                federation.deliver();
                ostrana.work();
            }
            case 1 -> {
                velmark.drop(Documents.drop(List.of("BAD")));
                ostrana.drop(documents.subList(step + 1, step + 2));
                velmark.ledger.run();
                federation.settle();
            }
            default -> askEachOther();
        }
    }

    private VerificationReport dispute(Path one, Path other) {
        byte[] file = DisputeBundle.of(
                        Auditor.bytes(one), Auditor.bytes(other), Optional.of(exchange), federation.clock.instant())
                .fold(made -> made.content(), refused -> {
                    throw new AssertionError(refused.problem());
                });
        return auditor.dispute(file).report();
    }
}
