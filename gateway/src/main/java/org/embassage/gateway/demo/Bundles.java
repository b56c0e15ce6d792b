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

    /** As an auditor would who lets nothing go. */
    VerificationReport verify(byte[] bundle) {
        TrustAnchors anchors = TrustFolder.read(trust()).fold(read -> read.trust(), unusable -> {
            throw new IllegalStateException(unusable.problem());
        });
        return EvidenceVerifier.verify(
                bundle, anchors, VerifyPolicy.strict(), Clock.systemUTC().instant());
    }
}
