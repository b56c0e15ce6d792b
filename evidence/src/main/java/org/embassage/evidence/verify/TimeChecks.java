package org.embassage.evidence.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.receipt.ArchiveStamp;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.evidence.time.TimeStamp.Reading;
import org.embassage.evidence.verify.Authorities.Opinion;
import org.embassage.evidence.verify.Material.GoodReceipt;

/** Checks 22 and 25: time-stamps, and by when each receipt existed. */
final class TimeChecks {

    private final Material material;
    private final LedgerChecks ledgers;
    private final Optional<ProvenTime> whole;
    private final Instant at;
    private final Findings findings;
    private final Map<GoodReceipt, Tokens> tokens = new HashMap<>();
    private final List<Anchor> anchors = new ArrayList<>();
    private final Authorities authorities;

    /** A checkpoint, and a token over its note. */
    private record Anchor(String path, Checkpoint checkpoint, TimeStamp token) {}

    /** What a receipt carries, its tokens good in themselves; {@code archives} the oldest first. */
    private record Tokens(Optional<TimeStamp> own, List<TimeStamp> archives, boolean whole) {}

    /**
     * @param whole by when the whole file existed, if that is proven
     * @param at the auditor's instant
     */
    TimeChecks(
            Material material,
            TrustAnchors trust,
            LedgerChecks ledgers,
            Optional<ProvenTime> whole,
            Instant at,
            Findings findings) {
        this.material = material;
        this.ledgers = ledgers;
        this.whole = whole;
        this.at = whole.map(ProvenTime::time).orElse(at);
        this.findings = findings;
        material.receipts.forEach(receipt -> tokens.put(receipt, read(receipt)));
        material.paths(Kind.ANCHOR).forEach(this::anchor);
        List<TimeStamp> all = new ArrayList<>();
        tokens.values().forEach(of -> {
            of.own().ifPresent(all::add);
            all.addAll(of.archives());
        });
        anchors.forEach(anchor -> all.add(anchor.token()));
        this.authorities = new Authorities(trust, material, all);
    }

    // ---- reading

    private Tokens read(GoodReceipt receipt) {
        Optional<TimeStamp> own = receipt.later()
                .timeStamp()
                .flatMap(token -> good(
                        Check.TIME_STAMP,
                        receipt.path(),
                        "the time-stamp of " + receipt.title(),
                        token,
                        receipt.receipt().signature()));
        List<TimeStamp> archives = new ArrayList<>();
        boolean complete = true;
        for (ArchiveStamp archive : receipt.later().archives()) {
            String what = "archive time-stamp " + archive.number() + " of " + receipt.title();
            if (!archive.coversAll()) {
                complete = false;
                findings.fail(
                        Check.ARCHIVE,
                        Indication.HASH_FAILURE,
                        receipt.path(),
                        what + " does not cover all that lies in the receipt as it is: an entry was left out of its"
                                + " manifest, or changed after archiving");
            }
            Optional<TimeStamp> token = good(Check.ARCHIVE, receipt.path(), what, archive.token(), archive.digest());
            complete &= token.isPresent();
            token.ifPresent(archives::add);
        }
        return new Tokens(own, complete ? archives : List.of(), complete);
    }

    private void anchor(String path) {
        String place = BundlePath.anchored(path);
        byte[] note = material.files.get(place);
        if (note == null) {
            findings.notChecked(
                    Check.TIME_STAMP,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    path,
                    path + " is a time-stamp over " + place + ", which the bundle does not hold");
            return;
        }
        good(Check.TIME_STAMP, path, path, material.file(path), Digest.sha256(note))
                .ifPresent(token -> Checkpoint.unverified(material.text(place))
                        .ifPresent(checkpoint -> anchors.add(new Anchor(path, checkpoint, token))));
    }

    private Optional<TimeStamp> good(Check check, String subject, String what, byte[] token, Digest imprint) {
        return good(findings, check, subject, what, token, imprint);
    }

    /** A token that is good in itself; says so if it is not. */
    static Optional<TimeStamp> good(
            Findings findings, Check check, String subject, String what, byte[] token, Digest imprint) {
        Reading reading = TimeStamp.check(token, imprint);
        if (reading instanceof Reading.Good good) {
            return Optional.of(good.timeStamp());
        }
        TimeStamp.Problem problem = ((Reading.Bad) reading).problem();
        findings.fail(check, indication(problem), subject, what + " is not good: " + words(problem));
        return Optional.empty();
    }

    private static Indication indication(TimeStamp.Problem problem) {
        return switch (problem) {
            case TOO_LARGE, MALFORMED -> Indication.FORMAT_FAILURE;
            case OTHER_DIGEST -> Indication.HASH_FAILURE;
            case SIGNATURE_VALUE -> Indication.SIG_CRYPTO_FAILURE;
            case ALGORITHM, ATTRIBUTES, CERTIFICATE, NOT_FOR_TIME_STAMPING, NOT_VALID_AT_TIME ->
                Indication.SIG_CONSTRAINTS_FAILURE;
        };
    }

    private static String words(TimeStamp.Problem problem) {
        return switch (problem) {
            case TOO_LARGE -> "it is too large for a token";
            case MALFORMED -> "it is not a token in DER, or was changed";
            case OTHER_DIGEST ->
                "it is over something else: it was taken from elsewhere, or what it is over was changed";
            case SIGNATURE_VALUE -> "its signature does not verify: it was changed or forged";
            case ALGORITHM -> "it uses an algorithm that is not accepted";
            case ATTRIBUTES -> "a signed attribute is missing or wrong";
            case CERTIFICATE -> "the certificate that it names as its authority's is not in it";
            case NOT_FOR_TIME_STAMPING ->
                "it is by a certificate that is not for time-stamping (extended key usage critical and alone)";
            case NOT_VALID_AT_TIME -> "its authority's certificate was not valid at the time that it states";
        };
    }

    // ---- judging

    /** Judges all and says so. */
    ProvenTimes all() {
        anchors.sort(Comparator.comparing(anchor -> anchor.token().latest()));
        List<Anchor> believed = new ArrayList<>();
        List<Opinion> doubts = new ArrayList<>();
        for (Anchor anchor : anchors) {
            Opinion opinion = authorities.of(anchor.token(), at);
            if (opinion.believed()) {
                believed.add(anchor);
            } else {
                doubts.add(opinion);
            }
        }
        Map<String, ProvenTime> proven = new HashMap<>();
        boolean any = !anchors.isEmpty() || whole.isPresent();
        for (GoodReceipt receipt : material.receipts) {
            Tokens of = java.util.Objects.requireNonNull(tokens.get(receipt));
            any |= of.own().isPresent() || !of.archives().isEmpty();
            judge(receipt, of, believed, doubts).ifPresent(time -> proven.put(receipt.path(), time));
        }
        if (!any && findings.of(Check.TIME_STAMP).stream().allMatch(f -> f.status() == Status.NOT_CHECKED)) {
            findings.replace(
                    Check.TIME_STAMP,
                    new Finding(
                            Check.TIME_STAMP,
                            Status.NOT_CHECKED,
                            Indication.NO_POE,
                            "receipts",
                            "the receipts carry no time-stamp of an independent authority: their times are their"
                                    + " issuers' own"));
        }
        if (findings.of(Check.ARCHIVE).isEmpty()) {
            findings.pass(Check.ARCHIVE, "receipts", "there is no archive time-stamp, and none is needed yet");
        }
        return new ProvenTimes(proven);
    }

    private Optional<ProvenTime> judge(
            GoodReceipt receipt, Tokens of, List<Anchor> believed, List<Opinion> anchorDoubts) {
        List<ProvenTime> proofs = new ArrayList<>();
        Optional<Opinion> doubt = Optional.empty();
        Instant instant = archives(receipt, of, proofs);
        if (of.own().isPresent()) {
            TimeStamp token = of.own().get();
            Opinion opinion = authorities.of(token, instant);
            if (opinion.believed()) {
                proofs.add(authorities.proof(token, opinion.sentence()));
            } else {
                doubt = Optional.of(opinion);
            }
        }
        believed.stream()
                .filter(anchor -> ledgers.covers(anchor.checkpoint(), receipt))
                .findFirst()
                .ifPresent(anchor -> proofs.add(authorities.proof(
                        anchor.token(),
                        "time-stamp of " + PathJudge.name(anchor.token().authority()) + " over checkpoint "
                                + anchor.checkpoint().size() + " of "
                                + anchor.checkpoint().origin())));
        whole.ifPresent(proofs::add);
        Optional<ProvenTime> earliest = proofs.stream().min(Comparator.comparing(ProvenTime::time));
        if (earliest.isPresent()) {
            plausible(receipt, earliest.get());
        } else {
            unproven(receipt, doubt.or(() -> anchorDoubts.stream().findFirst()));
        }
        return earliest;
    }

    /**
     * Judges the archive time-stamps from the newest, at the auditor's instant, to the oldest, each at the time of the
     * one after it.
     *
     * @return the instant at which what they cover is to be judged
     */
    private Instant archives(GoodReceipt receipt, Tokens of, List<ProvenTime> proofs) {
        Instant instant = at;
        for (int i = of.archives().size() - 1; i >= 0; i--) {
            TimeStamp token = of.archives().get(i);
            String what = "archive time-stamp " + (i + 1) + " of " + receipt.title();
            Opinion opinion = authorities.of(token, instant);
            Optional<TimeStamp> before =
                    i == 0 ? of.own() : Optional.of(of.archives().get(i - 1));
            boolean inOrder = before.map(
                            earlier -> !earlier.time().minus(earlier.accuracy()).isAfter(token.latest()))
                    .orElse(true);
            if (!inOrder) {
                findings.fail(
                        Check.ARCHIVE,
                        Indication.TIMESTAMP_ORDER_FAILURE,
                        receipt.path(),
                        what + " states " + token.time() + ", before the time-stamp that it covers");
                return at;
            }
            if (!opinion.believed()) {
                opinion.say(findings, Check.ARCHIVE, receipt.path(), what);
                return at;
            }
            findings.pass(
                    Check.ARCHIVE,
                    receipt.path(),
                    what + " covers all of it, by " + token.latest() + ": " + opinion.sentence());
            proofs.add(authorities.proof(token, "archive " + opinion.sentence()));
            instant = token.latest();
        }
        return instant;
    }

    /** An event cannot be later than the proof that it was stated; how much earlier it may be, people must judge. */
    private void plausible(GoodReceipt receipt, ProvenTime proof) {
        Instant stated = receipt.evidence().time();
        Duration skew = material.skew(List.of(receipt));
        Duration distance = Duration.between(stated, proof.time());
        if (distance.plus(skew).isNegative()) {
            findings.fail(
                    Check.TIME_STAMP,
                    Indication.CONTRADICTION,
                    receipt.path(),
                    receipt.title() + " states the time " + stated + ", but existed at " + proof.time() + " already ("
                            + proof.by() + "): it was dated " + words(distance.negated()) + " ahead");
            return;
        }
        findings.pass(
                Check.TIME_STAMP,
                receipt.path(),
                receipt.title() + " existed by " + proof.time() + ", "
                        + (distance.isNegative() ? words(distance.negated()) + " before" : words(distance) + " after")
                        + " the time that " + receipt.evidence().issuer() + " states: " + proof.by());
    }

    private void unproven(GoodReceipt receipt, Optional<Opinion> doubt) {
        if (doubt.isPresent()) {
            doubt.get().say(findings, Check.TIME_STAMP, receipt.path(), receipt.title());
            return;
        }
        boolean failed = findings.of(Check.TIME_STAMP).stream()
                .anyMatch(finding -> finding.subject().equals(receipt.path()) && finding.status() == Status.FAIL);
        if (!failed) {
            findings.notChecked(
                    Check.TIME_STAMP,
                    Indication.NO_POE,
                    receipt.path(),
                    receipt.title() + " carries no time-stamp of an independent authority, and no time-stamped"
                            + " checkpoint covers it: its time is its issuer's own");
        }
    }

    /** A length of time as a person says it. */
    static String words(Duration length) {
        if (length.toDays() >= 2) {
            return length.toDays() + " days";
        }
        if (length.toHours() >= 2) {
            return length.toHours() + " hours";
        }
        if (length.toMinutes() >= 2) {
            return length.toMinutes() + " minutes";
        }
        return length.toSeconds() == 1 ? "1 second" : length.toSeconds() + " seconds";
    }
}
