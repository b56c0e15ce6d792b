package org.embassage.scenarios.federation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.DisputeVerifier;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.evidence.zip.StrictZip;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.peer.Peer;
import org.embassage.gateway.evidence.BundleExport;
import org.embassage.gateway.evidence.ExportLimits;
import org.embassage.gateway.evidence.Question;

/** Exports as the command does, changes files as a forger would, and judges without letting anything go but time-stamps. */
final class Auditor {

    private final Federation federation;
    private final Path folder;
    private int exports;

    Auditor(Federation federation, Path folder) {
        this.federation = federation;
        this.folder = folder;
    }

    BundleExport of(GatewayId id) {
        Gateway gateway = federation.gateway(id);
        return new BundleExport(
                gateway.register,
                gateway.ledgerbook,
                files(gateway),
                gateway.keys,
                gateway.store.stampbook(),
                Optional.empty(),
                federation.clock);
    }

    List<Path> export(GatewayId id, Question question) {
        return export(id, question, ExportLimits.USUAL);
    }

    List<Path> export(GatewayId id, Question question, ExportLimits limits) {
        BundleExport export = of(id);
        Path out = folder.resolve(id + "-" + ++exports + ".zip");
        return export.export(export.select(question), out, limits, false, BundleExport.Watch.NOBODY)
                .files();
    }

    private org.embassage.gateway.federation.Federation files(Gateway gateway) {
        Map<Digest, Path> cards = new HashMap<>();
        Map<AgreementRef, Path> agreements = new HashMap<>();
        for (GatewayId id : List.of(Federation.BORDER_GUARD, Federation.POLICE, Federation.BORDER_POLICE)) {
            byte[] card = Federation.cardText(id, federation.keys.get(id), 1).getBytes(StandardCharsets.UTF_8);
            Path file = write(id + ".card.xml", card);
            write(id + ".card.xml.p7s", federation.countries.get(id.country()).signDetached(card));
            Peer peer = id.equals(gateway.id)
                    ? gateway.peers.self()
                    : gateway.peers.find(id).orElseThrow();
            cards.put(peer.cardDigest(), file);
        }
        for (Agreement agreement : gateway.book.all()) {
            String name = agreement.ref().id() + ".v" + agreement.ref().version() + ".xml";
            agreements.put(agreement.ref(), write(name, agreement.octets()));
            federation.countries.forEach(
                    (country, pki) -> write(name + "." + country + ".p7s", pki.signDetached(agreement.octets())));
        }
        return new org.embassage.gateway.federation.Federation(
                federation.trust, gateway.cards, gateway.book, cards, agreements, List.of());
    }

    private Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    VerificationReport judge(Path bundle) {
        return judge(bytes(bundle), "");
    }

    /** @param optional lines of the policy, besides the one for time-stamps */
    VerificationReport judge(byte[] bundle, String optional) {
        return EvidenceVerifier.verify(bundle, anchors(), policy(optional), federation.clock.instant());
    }

    DisputeReport dispute(byte[] file) {
        return DisputeVerifier.verify(file, anchors(), policy(""), federation.clock.instant());
    }

    private TrustAnchors anchors() {
        return new TrustAnchors(
                federation.countries.entrySet().stream()
                        .map(country ->
                                new TrustAnchors.Anchor(country.getValue().authority(), Optional.of(country.getKey())))
                        .toList(),
                List.of(),
                List.of());
    }

    private static VerifyPolicy policy(String optional) {
        return VerifyPolicy.parse("embassage-policy/v1\noptional time-stamp\n" + optional)
                .orElseThrow();
    }

    /** The bundle without some files, with an index that fits, by whoever has no key for it. */
    static byte[] without(Path bundle, Predicate<String> files) {
        EvidenceBundle read = EvidenceBundle.read(bytes(bundle)).orElseThrow();
        BundleIndex index = read.index().orElseThrow();
        SortedMap<String, byte[]> left = new TreeMap<>(read.files());
        left.keySet()
                .removeIf(path ->
                        files.test(path) || path.equals(BundlePath.INDEX) || path.equals(BundlePath.INDEX_SIGNATURE));
        SortedMap<String, Digest> digests = new TreeMap<>();
        left.forEach((path, content) -> digests.put(path, Digest.sha256(content)));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(
                BundlePath.INDEX,
                new BundleIndex(index.exporter(), index.exported(), index.asked(), index.exchanges(), digests)
                        .octets());
        entries.putAll(left);
        return StrictZip.write(entries);
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
