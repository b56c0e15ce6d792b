package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.verify.LedgerFolder;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.LedgerReport;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.exchange.peer.Peer;
import org.embassage.gateway.ledger.LedgerFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's plain files, written while it grows, are what an auditor's reader can judge alone. */
class LedgerFilesTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Path files;
    private LedgerFiles writer;

    @BeforeEach
    void exchange() throws IOException {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        files = folder.resolve("files");
        writer = new LedgerFiles(files, velmark.ledgerbook, velmark.peers);
        writer.write();
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private LedgerReport read(Path place) throws IOException {
        List<Peer> all = Stream.concat(Stream.of(velmark.peers.self()), velmark.peers.all().stream())
                .toList();
        LedgerKeys keys = new LedgerKeys(
                all.stream()
                        .map(peer -> new LedgerKeys.Ledger(
                                NoteVerifier.parse(peer.ledgerKey()).orElseThrow(), "SYNTHETIC"))
                        .toList(),
                all.stream()
                        .flatMap(peer -> peer.witnessKey().flatMap(CosignatureVerifier::parse).stream())
                        .map(key -> new LedgerKeys.Witness(key, "SYNTHETIC"))
                        .toList(),
                List.of());
        return LedgerFolder.read(place, keys, VerifyPolicy.strict(), federation.clock.instant(), done -> {});
    }

    @Test
    void whatIsWrittenWhileTheLedgerGrowsPassesAtEveryTime() throws IOException {
        LedgerReport first = read(files);
        velmark.drop(Documents.vehicles(3).subList(1, 3));
        federation.settle();
        writer.write();
        LedgerReport second = read(files);

        assertThat(first.verdict()).as(first.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(second.verdict()).as(second.sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(second.lines().stream().map(LedgerReport.Line::sentence))
                .anyMatch(line -> line.startsWith("witness: QOS-POL/witness cosigned"))
                .anyMatch(line -> line.startsWith("witness: QOS-BP/witness cosigned"))
                .anyMatch(line -> line.startsWith("holds of QOS-POL: "));
        assertThat(LedgerFiles.checkpoint(files)).isPresent();
    }

    @Test
    void whatIsWrittenAnewFromTheBooksPassesToo() throws IOException {
        Path anew = folder.resolve("anew");
        LedgerFiles.whole(anew, velmark.ledgerbook, velmark.peers).write();

        assertThat(read(anew).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @Test
    void anEditInAnyFileOfItIsFound() throws IOException {
        List<Path> all;
        try (Stream<Path> listed = Files.walk(files)) {
            all = listed.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            byte[] octets = Files.readAllBytes(file);
            byte[] edited = octets.clone();
            boolean tile = file.toString().contains("tile");
            edited[tile ? edited.length / 2 : octetOfTheRoot(octets)] ^= 1;
            Files.write(file, edited);

            assertThat(read(files).verdict()).as(file.toString()).isNotEqualTo(Verdict.TOTAL_PASSED);
            Files.write(file, octets);
        }
        assertThat(read(files).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    private static int octetOfTheRoot(byte[] note) {
        String text = new String(note, StandardCharsets.UTF_8);
        return text.indexOf('\n', text.indexOf('\n') + 1) + 5;
    }
}
