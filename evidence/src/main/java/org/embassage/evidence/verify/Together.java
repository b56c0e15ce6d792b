package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.verify.EvidenceVerifier.Judged;
import org.embassage.evidence.verify.Material.GoodReceipt;

/**
 * Two bundles judged as one. Where both have a file of one name which is not the same, both are looked at: of a receipt the
 * copy that has more beside it, and of the other its proof and its checkpoints; of checkpoints both; cards and agreements may
 * not differ. So nothing that one side holds is hidden by what the other puts in its place.
 */
final class Together {

    private static final Set<Check> ABOUT_A_FILE =
            EnumSet.of(Check.CONTAINER, Check.INDEX, Check.EXPORTER, Check.SIDES);
    /** What one side says about its own file, and copies of what lies in receipts. */
    private static final Set<Kind> NOT_TOGETHER = EnumSet.of(
            Kind.INDEX,
            Kind.INDEX_SIGNATURE,
            Kind.INSTRUCTIONS,
            Kind.SCRIPT,
            Kind.COMPLETENESS,
            Kind.LEAVES,
            Kind.SIGNATURE_EXTRACT,
            Kind.TOKEN_EXTRACT);

    /** What is looked at. */
    static final String SUBJECT = "both files together";

    /** Behind the path of a receipt that is another than the one of the same id. */
    static final String OTHER = " (the other one)";

    /** Behind the path of what is the same as the other of that name but for what was added later. */
    static final String COPY = " (the other copy)";

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Material material = new Material(files);
    private final Findings findings = new Findings();
    private final Origins origins = new Origins();

    private Together() {}

    /** One side, and how a sentence calls its file: {@code the bundle of QVL-BG}. */
    record Side(String name, Examined examined) {}

    /** @param origins of what lies in either file, for sentences in which its path is */
    record Joined(Examined examined, Origins origins) {
        /** What both a side alone and both as one say of the same thing. */
        String key(Finding finding) {
            return finding.check() + " "
                    + (aboutALedger(finding) ? origins.named(finding.sentence()) : finding.sentence());
        }
    }

    /** @param whole by when both files existed, if that is proven */
    static Joined of(
            Side one, Side other, TrustAnchors trust, VerifyPolicy policy, Optional<ProvenTime> whole, Instant at) {
        Together together = new Together();
        together.add(one);
        together.add(other);
        return new Joined(together.judge(trust, policy, whole, at), together.origins);
    }

    private void add(Side side) {
        if (!side.examined().strict()) {
            return;
        }
        side.examined()
                .material()
                .files
                .forEach((path, content) -> BundlePath.kind(path)
                        .filter(kind -> !NOT_TOGETHER.contains(kind))
                        .ifPresent(kind -> {
                            byte[] held = files.putIfAbsent(path, content);
                            if (held == null) {
                                origins.only(path, side.name());
                            } else if (Arrays.equals(held, content)) {
                                origins.both(path);
                            } else {
                                differing(kind, path, held, content, side.name());
                            }
                        }));
    }

    private void differing(Kind kind, String path, byte[] held, byte[] content, String side) {
        switch (kind) {
            case RECEIPT -> receipt(path, held, content, side);
            case RECEIVED_PROOF -> {
                material.furtherProofs.put(path, content);
                origins.only(path + COPY, side);
            }
            case NOTE -> {
                String place = free(path);
                files.put(place, content);
                origins.only(place, side);
            }
            case CARD, AGREEMENT ->
                findings.fail(
                        kind == Kind.CARD ? Check.CARD : Check.AGREEMENT,
                        Indication.CONTRADICTION,
                        path,
                        path + " is not the same in both files: there are two under one name");
            default -> {
                // each file is judged alone too; what the name does not say is the same
            }
        }
    }

    /** The place of a checkpoint whose name, which holds eight digits of a digest only, is taken by another. */
    private String free(String note) {
        int end = note.length() - ".note".length();
        long digits = Long.parseLong(note.substring(end - 8, end), 16);
        String place = note;
        while (files.containsKey(place)) {
            digits = (digits + 1) & 0xffffffffL;
            place = note.substring(0, end - 8) + "%08x".formatted(digits) + ".note";
        }
        return place;
    }

    private void receipt(String path, byte[] held, byte[] content, String side) {
        Optional<GoodReceipt> mine = read(path, held);
        Optional<GoodReceipt> theirs = read(path, content);
        boolean same = mine.isPresent() && theirs.isPresent() && same(mine.get(), theirs.get());
        boolean better = mine.isEmpty() || same && more(theirs.get(), mine.get());
        String place = path + (same ? COPY : OTHER);
        origins.only(place, side);
        if (better) {
            files.put(path, content);
            origins.swap(path, place);
        }
        (better ? mine : theirs)
                .map(copy -> same ? copy : copy.at(place))
                .filter(copy -> copy.proof().isPresent())
                .ifPresent(copy -> material.copy(copy, place));
    }

    /** The same statement under the same signature. */
    private static boolean same(GoodReceipt one, GoodReceipt other) {
        return one.receipt().manifest().equals(other.receipt().manifest())
                && one.receipt().signature().equals(other.receipt().signature());
    }

    /** More was added to it later. */
    private static boolean more(GoodReceipt one, GoodReceipt than) {
        return one.proof().isPresent() == than.proof().isPresent()
                ? one.receipt().container().length > than.receipt().container().length
                : one.proof().isPresent();
    }

    /** Whose file shows what is wrong matters most where a ledger is, since its owner alone can sign both histories. */
    private static boolean aboutALedger(Finding finding) {
        return finding.status() == Status.FAIL && finding.indication() == Indication.LEDGER_FAILURE;
    }

    private static Optional<GoodReceipt> read(String path, byte[] container) {
        return ReceiptReader.read(container)
                .fold(
                        read -> Optional.of(
                                new GoodReceipt(path, read.receipt(), read.signer(), read.proof(), read.later())),
                        bad -> Optional.empty());
    }

    private Examined judge(TrustAnchors trust, VerifyPolicy policy, Optional<ProvenTime> whole, Instant at) {
        ReceiptChecks.all(material, findings);
        Set<Check> notCalledFor = EnumSet.copyOf(ABOUT_A_FILE);
        Judged judged =
                EvidenceVerifier.judge(material, trust, whole, at, true, policy.witnesses(), notCalledFor, findings);
        findings.reword(Together::aboutALedger, origins::named);
        VerificationReport report = Conclusion.of(
                findings,
                notCalledFor,
                policy,
                at,
                SUBJECT,
                EvidenceVerifier.facts(material, judged.times()),
                EvidenceVerifier.anchors(trust),
                EvidenceVerifier.receipts(material, judged.times()),
                Optional.empty(),
                Optional.empty());
        return new Examined(report, material, judged.ledgers(), true);
    }
}
