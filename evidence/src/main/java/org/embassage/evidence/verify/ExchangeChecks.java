package org.embassage.evidence.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Material.GoodReceipt;

/** Checks 13 to 17: the receipts of one exchange beside each other. */
final class ExchangeChecks {

    private ExchangeChecks() {}

    static void all(Material material, Findings findings) {
        Map<ExchangeId, List<GoodReceipt>> exchanges = material.exchanges();
        exchanges.forEach((id, receipts) -> {
            AgreementChecks.terms(id.toString(), receipts, material, findings);
            digests(id, receipts, material, findings);
            order(id, receipts, material.skew(receipts), findings);
            outcome(id, receipts, findings);
            complete(id, receipts, exchanges, findings);
        });
        listed(exchanges, material, findings);
        submissions(material, findings);
        previous(material, findings);
        for (Check check :
                List.of(Check.TERMS, Check.DIGESTS, Check.ORDER, Check.PREVIOUS, Check.OUTCOME, Check.COMPLETE)) {
            if (findings.of(check).isEmpty() && !material.receipts.isEmpty()) {
                findings.pass(check, "receipts/", "no receipt calls for this check");
            }
        }
    }

    // ---- 13

    private static void digests(ExchangeId id, List<GoodReceipt> receipts, Material material, Findings findings) {
        GoodReceipt first = receipts.stream()
                .filter(r -> r.evidence().event() == EvidenceEvent.SUBMISSION_ACCEPTANCE)
                .findFirst()
                .orElse(receipts.get(0));
        Map<String, Function<Evidence, Optional<?>>> fields = fields();
        boolean good = true;
        for (GoodReceipt receipt : receipts) {
            for (var field : fields.entrySet()) {
                Optional<?> here = field.getValue().apply(receipt.evidence());
                Optional<?> there = field.getValue().apply(first.evidence());
                if (here.isPresent() && there.isPresent() && !here.equals(there)) {
                    good = false;
                    findings.fail(
                            Check.DIGESTS,
                            Indication.CONTRADICTION,
                            receipt.path(),
                            receipt.title() + " and " + first.title() + " of exchange " + id + " state another "
                                    + field.getKey());
                }
            }
        }
        Optional<Digest> outer = first.evidence().digests().map(MessageDigests::outer);
        good &= outerElsewhere(id, outer, material, findings);
        if (good) {
            findings.pass(
                    Check.DIGESTS,
                    id.toString(),
                    "exchange " + id + ": all " + receipts.size()
                            + " receipt(s) are about the same message, outer SHA-256 "
                            + outer.map(Digest::hex).orElse("-"));
        }
    }

    /** What must be the same where two receipts state it. */
    private static Map<String, Function<Evidence, Optional<?>>> fields() {
        Map<String, Function<Evidence, Optional<?>>> fields = new LinkedHashMap<>();
        fields.put("sender", e -> Optional.of(e.sender()));
        fields.put("recipient", Evidence::recipient);
        fields.put("outer digest", e -> e.digests().map(MessageDigests::outer));
        fields.put("inner digest", e -> e.digests().flatMap(MessageDigests::inner));
        fields.put("manifest digest", e -> e.digests().flatMap(MessageDigests::manifest));
        fields.put("kind", e -> exchange(e).map(Subject.OfExchange::kind));
        fields.put("schema version", e -> exchange(e).map(Subject.OfExchange::schemaVersion));
        fields.put("sequence number", e -> exchange(e).map(Subject.OfExchange::sequence));
        fields.put("submission time", e -> exchange(e).map(Subject.OfExchange::submitted));
        return fields;
    }

    private static Optional<Subject.OfExchange> exchange(Evidence evidence) {
        return evidence.subject() instanceof Subject.OfExchange of ? Optional.of(of) : Optional.empty();
    }

    private static boolean outerElsewhere(ExchangeId id, Optional<Digest> outer, Material material, Findings findings) {
        boolean good = true;
        Optional<Digest> listed = material.index.flatMap(
                index -> Optional.ofNullable(index.exchanges().get(id)));
        if (listed.isPresent() && !listed.equals(outer)) {
            good = false;
            findings.fail(
                    Check.DIGESTS,
                    Indication.CONTRADICTION,
                    "bundle.txt",
                    "bundle.txt states another outer digest for exchange " + id + " than its receipts");
        }
        String message = "messages/" + id + ".p7m";
        byte[] sealed = material.files.get(message);
        if (sealed != null && !Optional.of(Digest.sha256(sealed)).equals(outer)) {
            good = false;
            findings.fail(
                    Check.DIGESTS,
                    Indication.HASH_FAILURE,
                    message,
                    message + " is not the message that the receipts of exchange " + id + " are about");
        }
        return good;
    }

    // ---- 14

    private static void order(ExchangeId id, List<GoodReceipt> receipts, Duration skew, Findings findings) {
        boolean good = true;
        for (GoodReceipt receipt : receipts) {
            for (GoodReceipt earlier : receipts) {
                if ((mustFollow(receipt.evidence().event(), earlier.evidence().event())
                                || erasedBefore(receipt.evidence(), earlier.evidence(), receipts))
                        && tooEarly(receipt.evidence(), earlier.evidence(), skew)) {
                    good = false;
                    findings.fail(
                            Check.ORDER,
                            Indication.CONTRADICTION,
                            receipt.path(),
                            receipt.title() + " says " + receipt.evidence().time() + ", before " + earlier.title()
                                    + " at " + earlier.evidence().time() + ", which it must follow");
                }
            }
            Optional<Instant> submitted = exchange(receipt.evidence()).map(Subject.OfExchange::submitted);
            if (submitted.isPresent() && receipt.evidence().time().plus(skew).isBefore(submitted.get())) {
                good = false;
                findings.fail(
                        Check.ORDER,
                        Indication.CONTRADICTION,
                        receipt.path(),
                        receipt.title() + " says a time before the submission that it states");
            }
        }
        if (good) {
            findings.pass(
                    Check.ORDER,
                    id.toString(),
                    "exchange " + id + ": "
                            + String.join(
                                    ", then ",
                                    receipts.stream()
                                            .map(r -> r.evidence().event().etsiName())
                                            .toList()));
        }
    }

    private static boolean mustFollow(EvidenceEvent event, EvidenceEvent earlier) {
        return switch (event) {
            case SUBMISSION_ACCEPTANCE, SUBMISSION_REJECTION, TRAFFIC_SUSPENDED, TRAFFIC_RESUMED -> false;
            case RELAY_ACCEPTANCE, RELAY_REJECTION, RELAY_FAILURE, QUARANTINE_DECISION, CONTENT_ERASURE ->
                earlier == EvidenceEvent.SUBMISSION_ACCEPTANCE;
            case CONTENT_HANDOVER, CONTENT_HANDOVER_FAILURE ->
                earlier == EvidenceEvent.SUBMISSION_ACCEPTANCE || earlier == EvidenceEvent.RELAY_ACCEPTANCE;
        };
    }

    /**
     * A gateway erases what it has closed: after all that it said of the exchange itself, and its sender, unless it gave
     * up, after the outcome that the recipient told.
     */
    private static boolean erasedBefore(Evidence erasure, Evidence other, List<GoodReceipt> receipts) {
        if (erasure.event() != EvidenceEvent.CONTENT_ERASURE || other.event() == EvidenceEvent.CONTENT_ERASURE) {
            return false;
        }
        boolean outcome = other.event() == EvidenceEvent.RELAY_REJECTION
                || other.event() == EvidenceEvent.CONTENT_HANDOVER
                || other.event() == EvidenceEvent.CONTENT_HANDOVER_FAILURE;
        return other.issuer().equals(erasure.issuer())
                || outcome && erasure.issuer().equals(erasure.sender()) && !has(receipts, EvidenceEvent.RELAY_FAILURE);
    }

    /** One gateway has one clock; the clocks of two may be apart. */
    private static boolean tooEarly(Evidence later, Evidence earlier, Duration skew) {
        Duration tolerated = later.issuer().equals(earlier.issuer()) ? Duration.ZERO : skew;
        return later.time().plus(tolerated).isBefore(earlier.time());
    }

    // ---- 16

    private static void outcome(ExchangeId id, List<GoodReceipt> receipts, Findings findings) {
        boolean good = true;
        for (int i = 0; i < receipts.size(); i++) {
            for (GoodReceipt other : receipts.subList(i + 1, receipts.size())) {
                GoodReceipt one = receipts.get(i);
                if (contradict(one.evidence().event(), other.evidence().event())) {
                    good = false;
                    findings.fail(
                            Check.OUTCOME,
                            Indication.CONTRADICTION,
                            id.toString(),
                            "exchange " + id + ": " + one.title() + " and " + other.title() + " cannot both be true");
                }
            }
        }
        if (good) {
            boolean late = has(receipts, EvidenceEvent.RELAY_FAILURE)
                    && (has(receipts, EvidenceEvent.RELAY_ACCEPTANCE) || has(receipts, EvidenceEvent.RELAY_REJECTION));
            findings.pass(
                    Check.OUTCOME,
                    id.toString(),
                    "exchange " + id + ": no two receipts contradict each other"
                            + (late
                                    ? "; relay evidence came LATE, after a RelayFailure, which says only that none had"
                                            + " come by then"
                                    : ""));
        }
    }

    /** A RelayFailure says only that no answer had come, so it contradicts nothing but its like. */
    private static boolean contradict(EvidenceEvent one, EvidenceEvent other) {
        if (one == other) {
            return one.ofEtsi(); // decisions may be taken again, and each side erases for itself
        }
        return pair(one, other, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.RELAY_REJECTION)
                || pair(one, other, EvidenceEvent.CONTENT_HANDOVER, EvidenceEvent.RELAY_REJECTION)
                || pair(one, other, EvidenceEvent.CONTENT_HANDOVER_FAILURE, EvidenceEvent.RELAY_REJECTION)
                || pair(one, other, EvidenceEvent.CONTENT_HANDOVER, EvidenceEvent.CONTENT_HANDOVER_FAILURE);
    }

    private static boolean pair(EvidenceEvent one, EvidenceEvent other, EvidenceEvent a, EvidenceEvent b) {
        return one == a && other == b || one == b && other == a;
    }

    private static boolean has(List<GoodReceipt> receipts, EvidenceEvent event) {
        return receipts.stream().anyMatch(receipt -> receipt.evidence().event() == event);
    }

    /** One submission to one recipient is not both accepted and rejected. */
    private static void submissions(Material material, Findings findings) {
        for (GoodReceipt rejected : material.receipts) {
            if (!(rejected.evidence().subject() instanceof Subject.OfSubmission refused)) {
                continue;
            }
            material.receipts.stream()
                    .filter(accepted -> accepted.evidence().event() == EvidenceEvent.SUBMISSION_ACCEPTANCE
                            && accepted.evidence()
                                    .recipient()
                                    .equals(rejected.evidence().recipient())
                            && exchange(accepted.evidence())
                                    .flatMap(Subject.OfExchange::submission)
                                    .map(refused.submission()::equals)
                                    .orElse(false))
                    .forEach(accepted -> findings.fail(
                            Check.OUTCOME,
                            Indication.CONTRADICTION,
                            rejected.path(),
                            accepted.title() + " and " + rejected.title()
                                    + " are about the same submission: they cannot both be true"));
        }
    }

    // ---- 17

    /** What may have become of a receipt that is missing. */
    static final String LEFT_OUT = ": it was left out, or had not come when the bundle was exported";

    private static final String DAMAGED =
            " that is whole: one that is here is damaged (check 4); what it says is not believed";

    private static void complete(
            ExchangeId id,
            List<GoodReceipt> receipts,
            Map<ExchangeId, List<GoodReceipt>> exchanges,
            Findings findings) {
        Optional<ExchangeId> before = receipts.stream()
                .flatMap(receipt -> exchange(receipt.evidence()).stream())
                .flatMap(of -> of.supersedes().stream())
                .findFirst();
        if (before.isPresent()
                && !has(receipts, EvidenceEvent.CONTENT_HANDOVER)
                && has(exchanges.getOrDefault(before.get(), List.of()), EvidenceEvent.CONTENT_HANDOVER)) {
            findings.pass(
                    Check.COMPLETE,
                    id.toString(),
                    "exchange " + id + " supersedes " + before.get() + ", which was handed over and answers for it");
            return;
        }
        List<String> missing = new ArrayList<>();
        if (!has(receipts, EvidenceEvent.SUBMISSION_ACCEPTANCE)) {
            missing.add("SubmissionAcceptance");
        }
        boolean handled =
                has(receipts, EvidenceEvent.CONTENT_HANDOVER) || has(receipts, EvidenceEvent.CONTENT_HANDOVER_FAILURE);
        boolean failed = has(receipts, EvidenceEvent.RELAY_REJECTION) || has(receipts, EvidenceEvent.RELAY_FAILURE);
        if (handled && !has(receipts, EvidenceEvent.RELAY_ACCEPTANCE)) {
            missing.add("RelayAcceptance");
        } else if (!handled && has(receipts, EvidenceEvent.RELAY_ACCEPTANCE)) {
            missing.add("ContentHandover or ContentHandoverFailure");
        } else if (!handled && !failed) {
            missing.add("RelayAcceptance, RelayRejection or RelayFailure");
        }
        if (missing.isEmpty()) {
            findings.pass(
                    Check.COMPLETE, id.toString(), "exchange " + id + ": from acceptance to outcome, none missing");
        } else {
            findings.notChecked(
                    Check.COMPLETE,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    id.toString(),
                    "exchange " + id + ": the bundle holds no " + String.join(" and no ", missing)
                            + (damaged(missing, findings) ? DAMAGED : LEFT_OUT));
        }
    }

    /** Whether a receipt that is here and not whole says of itself that it is what is missing. */
    private static boolean damaged(List<String> missing, Findings findings) {
        return missing.stream()
                .flatMap(events -> Arrays.stream(events.split(", | or ", -1)))
                .anyMatch(event -> findings.of(Check.RECEIPT).stream()
                        .anyMatch(finding -> finding.status() == Status.FAIL
                                && finding.sentence().contains("(" + event + ")")));
    }

    private static void listed(Map<ExchangeId, List<GoodReceipt>> exchanges, Material material, Findings findings) {
        material.index.ifPresent(index -> index.exchanges().keySet().stream()
                .filter(id -> !exchanges.containsKey(id))
                .forEach(id -> findings.notChecked(
                        Check.COMPLETE,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        id.toString(),
                        "exchange " + id + " is listed in bundle.txt, but no whole receipt of it is here")));
    }

    // ---- 15

    private static void previous(Material material, Findings findings) {
        Map<EvidenceId, GoodReceipt> byId = new HashMap<>();
        material.receipts.forEach(receipt -> byId.put(receipt.receipt().id(), receipt));
        for (GoodReceipt receipt : material.receipts) {
            receipt.evidence().previous().ifPresent(link -> {
                GoodReceipt earlier = byId.get(link.id());
                if (earlier == null) {
                    findings.notChecked(
                            Check.PREVIOUS,
                            Indication.SIGNED_DATA_NOT_FOUND,
                            receipt.path(),
                            receipt.title() + " follows receipt " + link.id()
                                    + ", of which no whole copy is in the bundle: it was left out or is damaged");
                } else if (!earlier.receipt().manifest().equals(link.manifest())) {
                    findings.fail(
                            Check.PREVIOUS,
                            Indication.CONTRADICTION,
                            receipt.path(),
                            receipt.title() + " follows another receipt than the " + earlier.title()
                                    + " that is in the bundle: that one was replaced");
                } else if (!sameExchange(receipt, earlier)) {
                    findings.fail(
                            Check.PREVIOUS,
                            Indication.CONTRADICTION,
                            receipt.path(),
                            receipt.title() + " follows a receipt of another exchange");
                } else {
                    findings.pass(Check.PREVIOUS, receipt.path(), receipt.title() + " follows " + earlier.title());
                }
            });
        }
    }

    private static boolean sameExchange(GoodReceipt one, GoodReceipt other) {
        if (one.evidence().subject() instanceof Subject.OfPeer) {
            return other.evidence().subject() instanceof Subject.OfPeer
                    && one.evidence().sender().equals(other.evidence().sender())
                    && one.evidence().recipient().equals(other.evidence().recipient());
        }
        Optional<ExchangeId> here = exchange(one.evidence()).map(Subject.OfExchange::exchange);
        Optional<ExchangeId> there = exchange(other.evidence()).map(Subject.OfExchange::exchange);
        return here.isPresent() && there.isPresent() ? here.equals(there) : Material.sameOuter(one, other);
    }
}
