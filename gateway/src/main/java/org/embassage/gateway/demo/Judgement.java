package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;

/** The acts of the auditor: whole evidence, evidence of which a byte was changed, and the same with openssl alone. */
final class Judgement {

    private final Stage stage;
    private final Bundles bundles;

    Judgement(Stage stage, Bundles bundles) {
        this.stage = stage;
        this.bundles = bundles;
    }

    /** Exports and judges all that was sent. */
    List<Path> whole(Side qvl, Side qos) throws IOException {
        stage.act("An auditor takes the evidence away and judges it alone, offline, with anchors of his own");
        List<Path> written = new ArrayList<>(bundles.export(qvl, qos));
        written.addAll(bundles.export(qos, qvl));
        int passed = 0;
        for (Path bundle : written) {
            VerificationReport report = bundles.verify(Files.readAllBytes(bundle));
            boolean good = report.verdict() == Verdict.TOTAL_PASSED;
            passed += good ? 1 : 0;
            stage.check(good, bundle.getFileName() + " verifies: " + report.sentence());
            if (bundles.folder().equals(bundle.getParent())) {
                stage.line(bundle.getFileName() + "  " + stage.verdict(report) + "  " + report.subject());
            }
        }
        stage.line(passed + " of " + written.size()
                + " bundles verify: one for each direction and one for each exchange, with every receipt.");
        stage.repeat("./embassage verify " + written.get(0) + " --trust " + bundles.trust());
        return written;
    }

    /** Changes one byte. */
    void changed(Path bundle) throws IOException {
        stage.act("Somebody changes one byte of it");
        byte[] content = Files.readAllBytes(bundle);
        Tampering.Change change = Tampering.change(content);
        Path tampered = bundles.folder().resolve("tampered.zip");
        Files.write(tampered, content);
        VerificationReport report = bundles.verify(content);
        stage.line("byte " + change.offset() + ", in the time of the hand-over: '" + change.before() + "' became '"
                + change.after() + "'");
        stage.line(tampered.getFileName() + "  " + stage.verdict(report));
        stage.line(report.sentence());
        failed(report);
        stage.repeat("./embassage verify " + tampered + " --trust " + bundles.trust());
        stage.check(report.verdict() == Verdict.TOTAL_FAILED, "the changed bundle fails");
    }

    private void failed(VerificationReport report) {
        report.checks().stream()
                .filter(check -> check.status() == Status.FAIL)
                .map(CheckResult::sentence)
                .forEach(sentence -> stage.quote("FAIL  " + sentence));
    }

    /** Tells what openssl made of a bundle. */
    void withoutOurSoftware(Openssl openssl) throws IOException {
        stage.act("The same evidence, judged with openssl and a shell, without our software");
        Openssl.Result result = openssl.result();
        result.told().forEach(stage::line);
        stage.repeat(openssl.command());
        stage.check(result.held(), "openssl alone finds the bundle good");
    }
}
