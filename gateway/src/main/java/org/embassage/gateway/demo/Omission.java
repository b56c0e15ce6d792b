package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.zip.StrictZip;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.gateway.evidence.BundleExport.Watch;
import org.embassage.gateway.evidence.ExportLimits;
import org.embassage.gateway.evidence.Question;

/** The act of the exporter who is asked for everything and leaves one receipt out. */
final class Omission {

    private static final Duration WITHIN = Duration.ofSeconds(180);

    private final Stage stage;
    private final Bundles bundles;
    private final BooleanSupplier alive;

    Omission(Stage stage, Bundles bundles, BooleanSupplier alive) {
        this.stage = stage;
        this.bundles = bundles;
        this.alive = alive;
    }

    /** Exports all with a statement that nothing is missing, and then without one receipt of the exchange. */
    void play(Side side, ExchangeId exchange) throws IOException {
        stage.act(side.id() + " is asked for all that it has, and leaves one receipt out");
        boolean ready = stage.until("proofs of all", () -> lacking(side) == 0, alive, WITHIN);
        stage.check(ready, side.id() + " has the proofs of all its receipts");
        Path all = bundles.folder().resolve("all-of-" + side.id() + ".zip");
        side.export().export(side.export().select(Question.all()), all, ExportLimits.USUAL, false, Watch.NOBODY);
        byte[] whole = Files.readAllBytes(all);
        told(all, bundles.verify(whole), Verdict.TOTAL_PASSED);

        StoredReceipt dropped = last(side, exchange);
        Path less = bundles.folder().resolve("left-out.zip");
        Files.write(less, without(whole, dropped.id(), side.seal()));
        stage.line("without the " + dropped.event().etsiName() + " of exchange " + exchange
                + "; index and signature are made anew:");
        told(less, bundles.verify(Files.readAllBytes(less)), Verdict.TOTAL_FAILED);
        stage.repeat("./embassage bundle export --all --out all.zip --home " + side.home());
        stage.repeat("./embassage verify " + less + " --trust " + bundles.trust());
    }

    private static int lacking(Side side) {
        return side.export().missing(side.export().select(Question.all())).receipts();
    }

    private static StoredReceipt last(Side side, ExchangeId exchange) {
        var receipts = side.register().receipts(exchange);
        return receipts.get(receipts.size() - 1);
    }

    private void told(Path file, VerificationReport report, Verdict expected) {
        stage.line(file.getFileName() + "  " + stage.verdict(report) + "  " + report.subject());
        String words = report.of(Check.PERIOD).sentence();
        stage.line("  " + words);
        stage.check(report.verdict() == expected, file.getFileName() + " is judged rightly: " + report.sentence());
    }

    /** As its exporter would make it, who has the key to sign the index again. */
    private static byte[] without(byte[] bundle, EvidenceId receipt, CadesSigner seal) {
        EvidenceBundle read = EvidenceBundle.read(bundle).orElseThrow();
        BundleIndex index = read.index().orElseThrow();
        SortedMap<String, byte[]> files = new TreeMap<>(read.files());
        files.keySet()
                .removeIf(path -> path.contains(receipt.toString())
                        || path.equals(BundlePath.INDEX)
                        || path.equals(BundlePath.INDEX_SIGNATURE));
        TreeMap<String, Digest> digests = new TreeMap<>();
        files.forEach((path, content) -> digests.put(path, Digest.sha256(content)));
        byte[] octets =
                new BundleIndex(index.exporter(), index.exported(), index.asked(), index.exchanges(), digests).octets();
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(BundlePath.INDEX, octets);
        entries.put(BundlePath.INDEX_SIGNATURE, seal.signDetached(octets, Commitment.NONE));
        entries.putAll(files);
        return StrictZip.write(entries);
    }
}
