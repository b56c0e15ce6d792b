package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.TrustFolder;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;

/** The auditor's desk of the demo: bundles, anchors brought by the auditor, and a policy that says what may be missing. */
final class Bundles {

    /** Receipts of level B-B have no time-stamp, and a peer proves the continuity of its ledger only to its peers. */
    private static final String POLICY = "embassage-policy/v1\noptional time-stamp\noptional continuity\n";

    private final Path folder;

    /** @param folder made if it is not there */
    Bundles(Path folder, Path trust) throws IOException {
        this.folder = folder;
        Files.createDirectories(trust());
        try (Stream<Path> files = Files.walk(trust)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path copy = trust().resolve(trust.relativize(file).toString());
                Files.createDirectories(copy.toAbsolutePath().getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.writeString(policy(), POLICY);
    }

    Path folder() {
        return folder;
    }

    Path trust() {
        return folder.resolve("trust");
    }

    Path policy() {
        return folder.resolve("policy.txt");
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

    VerificationReport verify(byte[] bundle) {
        TrustAnchors anchors = TrustFolder.read(trust()).fold(read -> read.trust(), unusable -> {
            throw new IllegalStateException(unusable.problem());
        });
        VerifyPolicy policy = VerifyPolicy.parse(POLICY).orElseThrow();
        return EvidenceVerifier.verify(
                bundle, anchors, policy, Clock.systemUTC().instant());
    }
}
