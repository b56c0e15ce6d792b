package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.verify.DisputeVerifier;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.TrustFolder;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;

/** The auditor's desk of the demo: bundles, anchors brought by the auditor, and a policy that says what may be missing. */
final class Bundles {

    private final Path folder;

    /**
     * @param folder made if it is not there
     * @param trust of a home: certificates and revocation lists
     * @param cards folder of signed peer cards
     */
    Bundles(Path folder, Path trust, Path cards) throws IOException {
        this.folder = folder;
        Files.createDirectories(trust());
        for (Path card : Trees.files(cards, "")) {
            Files.copy(card, trust().resolve(card.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        try (Stream<Path> files = Files.walk(trust)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path copy = trust().resolve(trust.relativize(file).toString());
                Files.createDirectories(copy.toAbsolutePath().getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    Path folder() {
        return folder;
    }

    Path trust() {
        return folder.resolve("trust");
    }

    /** All that a side sent: one bundle with all exchanges, and one for each. */
    List<Path> export(Side side, Side peer) throws IOException {
        List<Path> written = new ArrayList<>();
        List<ExchangeId> sent = side.sent();
        Path whole = folder.resolve(side.id() + "-to-" + peer.id() + ".zip");
        Files.write(whole, side.export().write(sent, "all exchanges sent to " + peer.id()));
        written.add(whole);
        Path each = folder.resolve(side.id() + "-to-" + peer.id());
        Files.createDirectories(each);
        for (ExchangeId exchange : sent) {
            Path one = each.resolve(exchange + ".zip");
            Files.write(one, side.export().write(List.of(exchange), "exchange " + exchange));
            written.add(one);
        }
        return written;
    }

    private TrustAnchors anchors() {
        return TrustFolder.read(trust()).fold(read -> read.trust(), unusable -> {
            throw new IllegalStateException(unusable.problem());
        });
    }

    /** As an auditor would who lets nothing go. */
    VerificationReport verify(byte[] bundle) {
        return EvidenceVerifier.verify(
                bundle, anchors(), VerifyPolicy.strict(), Clock.systemUTC().instant());
    }

    /** Both sides' bundles of one exchange in one file, {@code dispute.zip}. */
    Path dispute(byte[] one, byte[] other, ExchangeId exchange) throws IOException {
        byte[] content = DisputeBundle.of(
                        one, other, Optional.of(exchange), Clock.systemUTC().instant())
                .fold(DisputeBundle.Made.Written::content, refused -> {
                    throw new IllegalStateException(refused.problem());
                });
        Path file = folder.resolve("dispute.zip");
        Files.write(file, content);
        return file;
    }

    /** What a dispute comes to. */
    VerificationReport judgeDispute(byte[] dispute) {
        return DisputeVerifier.verify(
                        dispute,
                        anchors(),
                        VerifyPolicy.strict(),
                        Clock.systemUTC().instant())
                .report();
    }

    /** What a file is worth that accuses the owner of a ledger. */
    MisbehaviourReport judgeMisbehaviour(Path file) throws IOException {
        LedgerKeys keys = LedgerKeys.read(trust(), anchors(), Clock.systemUTC().instant());
        return MisbehaviourReport.of(Files.readAllBytes(file), keys);
    }
}
