package org.embassage.evidence.verify;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.bundle.Completeness.Scope;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LeafFacts;
import org.embassage.evidence.ledger.LeafFacts.OfEpoch;
import org.embassage.evidence.ledger.LeafFacts.OfEvidence;
import org.embassage.evidence.ledger.LeafFacts.OfVoid;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerSlice;
import org.embassage.evidence.ledger.LedgerSlice.Entry;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.LedgerHistories.Genuine;
import org.embassage.evidence.verify.Material.GoodReceipt;

/**
 * Check 24: what the exporter states to be complete, beside the stretch of its ledger that it shows, the root that its
 * ledger's key signed, and the receipts.
 */
final class PeriodChecks {

    /** So many entries are named; of the others it is said how many there are. */
    private static final int MOST_NAMED = 20;

    private final Material material;
    private final TrustAnchors trust;
    private final LedgerChecks ledgers;
    private final Findings findings;
    private final Map<EvidenceId, GoodReceipt> receipts = new HashMap<>();
    private final Set<ExchangeId> exchanges = new HashSet<>();
    private final Map<String, Set<String>> hadCome = new HashMap<>();
    private long named;
    private long unnamed;

    PeriodChecks(Material material, TrustAnchors trust, LedgerChecks ledgers, Findings findings) {
        this.material = material;
        this.trust = trust;
        this.ledgers = ledgers;
        this.findings = findings;
        for (GoodReceipt receipt : material.receipts) {
            receipts.put(receipt.receipt().id(), receipt);
            if (receipt.evidence().subject() instanceof Subject.OfExchange of) {
                exchanges.add(of.exchange());
            }
        }
    }

    /** Whether there is anything that calls for the check. */
    static boolean stated(Material material) {
        return !material.paths(Kind.COMPLETENESS).isEmpty()
                || !material.paths(Kind.LEAVES).isEmpty();
    }

    void all() {
        Optional<Completeness> statement = statement();
        Optional<LedgerSlice> slice = statement.flatMap(this::slice);
        if (slice.isPresent() && root(statement.get().gateway(), slice.get())) {
            judge(statement.orElseThrow(), slice.get());
        }
    }

    // ---- the two files

    private Optional<Completeness> statement() {
        if (material.paths(Kind.COMPLETENESS).isEmpty()) {
            findings.fail(
                    Check.PERIOD,
                    Indication.FORMAT_FAILURE,
                    BundlePath.COMPLETENESS,
                    "entries of a ledger are in the bundle without completeness.txt, the statement that belongs to them:"
                            + " it was left out");
            return Optional.empty();
        }
        Optional<Completeness> statement = Completeness.parse(material.file(BundlePath.COMPLETENESS));
        if (statement.isEmpty()) {
            findings.fail(
                    Check.PERIOD,
                    Indication.FORMAT_FAILURE,
                    BundlePath.COMPLETENESS,
                    "completeness.txt is not written as such a statement: it was changed");
            return Optional.empty();
        }
        Optional<BundleIndex> other = material.index.filter(
                index -> !index.exporter().equals(statement.get().gateway()));
        other.ifPresent(index -> findings.fail(
                Check.PERIOD,
                Indication.CONTRADICTION,
                BundlePath.COMPLETENESS,
                "completeness.txt is a statement of " + statement.get().gateway() + ", but the bundle is exported by "
                        + index.exporter() + ": nobody can state what another ledger holds"));
        return other.isPresent() ? Optional.empty() : statement;
    }

    private Optional<LedgerSlice> slice(Completeness statement) {
        String path = BundlePath.leaves(statement.origin(), statement.from(), statement.to());
        List<String> there = material.paths(Kind.LEAVES);
        if (!there.equals(List.of(path))) {
            findings.fail(
                    Check.PERIOD,
                    Indication.CONTRADICTION,
                    path,
                    "completeness.txt is about " + path + ", but "
                            + (there.isEmpty()
                                    ? "no such file is in the bundle"
                                    : "the bundle shows "
                                            + String.join(" and ", there.subList(0, Math.min(2, there.size())))));
            return Optional.empty();
        }
        Optional<LedgerSlice> slice = LedgerSlice.parse(material.file(path));
        boolean fits = slice.isPresent()
                && slice.get().origin().equals(statement.origin())
                && slice.get().from() == statement.from()
                && slice.get().to() == statement.to();
        if (!fits) {
            findings.fail(
                    Check.PERIOD,
                    Indication.FORMAT_FAILURE,
                    path,
                    path + " does not show the entries of its name, one by one: it was changed");
            return Optional.empty();
        }
        return slice;
    }

    /** Whether the slice leads to the root that the ledger's key signed. */
    private boolean root(GatewayId gateway, LedgerSlice slice) {
        List<Genuine> notes = ledgers.genuineNotes().stream()
                .filter(note -> note.checkpoint().origin().equals(slice.origin()))
                .toList();
        List<Checkpoint> sized = notes.stream()
                .map(Genuine::checkpoint)
                .filter(checkpoint -> checkpoint.size() == slice.size())
                .toList();
        boolean known = !material.ledgerKeys(gateway, trust, slice.origin()).isEmpty();
        if (!known) {
            findings.notChecked(
                    Check.PERIOD,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    BundlePath.COMPLETENESS,
                    "the entries that are shown of ledger " + slice.origin()
                            + " cannot be judged: neither a good peer card" + " nor a pinned key gives its key");
            return false;
        }
        if (sized.isEmpty()) {
            findings.fail(
                    Check.PERIOD,
                    Indication.LEDGER_FAILURE,
                    BundlePath.COMPLETENESS,
                    "the entries that are shown are said to be of ledger " + slice.origin() + " at size " + slice.size()
                            + ", but the bundle holds no checkpoint of that size which the ledger's key signed");
            return false;
        }
        if (sized.stream().anyMatch(checkpoint -> !checkpoint.root().equals(slice.root()))) {
            findings.fail(
                    Check.PERIOD,
                    Indication.LEDGER_FAILURE,
                    BundlePath.COMPLETENESS,
                    "the entries that are shown do not lead to the root that ledger " + slice.origin()
                            + " signed at size " + slice.size() + ": an entry was left out, added, changed or moved");
            return false;
        }
        return true;
    }

    // ---- the entries

    /** How many entries of which kind the slice has. */
    private static final class Counts {
        private long receipts;
        private long others;
        private final Map<EvidenceId, ExchangeId> before = new HashMap<>();
        private long hidden;
    }

    private void judge(Completeness statement, LedgerSlice slice) {
        PeriodNumbers numbers = new PeriodNumbers(statement);
        SortedMap<Long, GoodReceipt> placed = ledgers.placed(slice.origin());
        Counts counts = new Counts();
        long index = slice.from();
        for (Iterator<Entry> entries = slice.entries(); entries.hasNext(); index++) {
            Entry entry = entries.next();
            GoodReceipt proven = placed.get(index);
            if (proven != null && !entry.leafHash().equals(leafHash(statement, proven))) {
                wrong(
                        Indication.LEDGER_FAILURE,
                        "entry " + index + " is not the one that a proof places there, " + proven.title()
                                + ": two histories of the ledger are shown");
            }
            if (entry instanceof Entry.Clear clear) {
                clear(index, clear.leaf(), statement, numbers, counts);
            } else {
                counts.hidden++;
                if (statement.scope() instanceof Scope.All) {
                    wrong(
                            Indication.CONTRADICTION,
                            "entry " + index + " is shown as a hash only, but the statement is about all entries");
                }
            }
        }
        if (unnamed > 0) {
            findings.fail(
                    Check.PERIOD,
                    Indication.CONTRADICTION,
                    BundlePath.COMPLETENESS,
                    "of " + unnamed + " more entries the same is to be said");
        }
        numbers.judge(findings);
        findings.reword(
                finding -> finding.check() == Check.COMPLETE
                        && hadCome.getOrDefault(finding.subject(), Set.of()).stream()
                                .anyMatch(finding.sentence()::contains),
                sentence -> sentence.replace(
                        ExchangeChecks.LEFT_OUT,
                        ": it had come, for the ledger of " + statement.gateway()
                                + " has it as an entry (check 24), and was left out"));
        material.period = Optional.of(new JudgedPeriod(
                statement, slice.size(), slice.root(), counts.receipts, counts.others, counts.before, counts.hidden));
        if (findings.of(Check.PERIOD).isEmpty()) {
            findings.pass(Check.PERIOD, BundlePath.COMPLETENESS, sentence(material.period.get(), numbers));
        }
    }

    private void clear(long index, LedgerLeaf leaf, Completeness statement, PeriodNumbers numbers, Counts counts) {
        Optional<LeafFacts> facts = LeafFacts.of(leaf);
        boolean begins = facts.map(OfEpoch.class::isInstance).orElse(false);
        if (facts.isEmpty()) {
            wrong(Indication.FORMAT_FAILURE, "entry " + index + " is not written as an entry of a ledger");
        } else if (begins != (index == 0)) {
            wrong(
                    Indication.LEDGER_FAILURE,
                    "entry " + index + (begins ? " begins" : " does not begin") + " the ledger");
        } else if (facts.get() instanceof OfEvidence of) {
            evidence(index, leaf, of, statement, numbers, counts);
        } else {
            counts.others++;
            if (facts.get() instanceof OfVoid of) {
                numbers.voided(of);
            }
        }
    }

    private void evidence(
            long index, LedgerLeaf leaf, OfEvidence of, Completeness statement, PeriodNumbers numbers, Counts counts) {
        String title = GoodReceipt.title(of.event().etsiName(), of.id().toString());
        GoodReceipt receipt = receipts.get(of.id());
        if (receipt != null) {
            counts.receipts++;
            if (!leaf(statement, receipt).equals(leaf)) {
                wrong(
                        Indication.LEDGER_FAILURE,
                        "entry " + index + " is of another " + title + " than the one in the bundle: one was replaced");
            }
            numbers.receipt(receipt);
        } else if (begins(of)) {
            missing(of);
            wrong(
                    Indication.CONTRADICTION,
                    title + ", entry " + index + " of the ledger of " + statement.gateway()
                            + ", is missing: it was left out or damaged");
        } else if (of.exchange().filter(exchanges::contains).isPresent()) {
            missing(of);
            wrong(
                    Indication.CONTRADICTION,
                    title + " of exchange " + of.exchange().orElseThrow() + ", entry " + index + " of the ledger of "
                            + statement.gateway() + ", is missing, though others of that exchange are here: it was left"
                            + " out or damaged");
        } else {
            counts.before.put(of.id(), of.exchange().orElseThrow()); // without one it begins
        }
    }

    private void missing(OfEvidence of) {
        of.exchange()
                .ifPresent(exchange -> hadCome.computeIfAbsent(exchange.toString(), id -> new HashSet<>())
                        .add(of.event().etsiName()));
    }

    /** Whether what the entry is about is not told by an earlier entry of the same ledger, which need not be in the slice. */
    private static boolean begins(OfEvidence of) {
        return of.exchange().isEmpty()
                || of.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE
                || of.event() == EvidenceEvent.SUBMISSION_REJECTION
                || of.issued()
                        && (of.event() == EvidenceEvent.RELAY_ACCEPTANCE
                                || of.event() == EvidenceEvent.RELAY_REJECTION);
    }

    private static LedgerLeaf leaf(Completeness statement, GoodReceipt receipt) {
        return receipt.evidence().issuer().equals(statement.gateway())
                ? LedgerLeaf.issued(receipt.receipt())
                : LedgerLeaf.received(receipt.receipt());
    }

    private static Digest leafHash(Completeness statement, GoodReceipt receipt) {
        return new Entry.Clear(leaf(statement, receipt)).leafHash();
    }

    private void wrong(Indication why, String sentence) {
        if (named < MOST_NAMED) {
            named++;
            findings.fail(Check.PERIOD, why, BundlePath.COMPLETENESS, sentence);
        } else {
            unnamed++;
        }
    }

    // ---- what it proves

    private static String sentence(JudgedPeriod period, PeriodNumbers numbers) {
        Completeness of = period.statement();
        StringBuilder text = new StringBuilder("nothing that ").append(of.gateway());
        text.append(
                of.from() + 1 == of.to()
                        ? " entered into its ledger as entry " + of.from()
                        : " entered into its ledger from entry " + of.from() + " to entry " + (of.to() - 1));
        if (!(of.scope() instanceof Scope.All)) {
            text.append(" and shows here (").append(of.scope().text()).append(')');
        }
        text.append(" is missing from this file: ").append(counted(period.receipts(), "receipt"));
        text.append(" and ").append(counted(period.others(), "other entry"));
        if (!period.before().isEmpty()) {
            text.append("; ")
                    .append(counted(period.before().size(), "more receipt"))
                    .append(" of exchanges that began before that");
        }
        if (period.hidden() > 0) {
            text.append("; that ")
                    .append(counted(period.hidden(), "entry"))
                    .append(" more did not belong to it is only said");
        }
        if (numbers.elsewhere() > 0) {
            text.append("; that ")
                    .append(counted(numbers.elsewhere(), "sequence number"))
                    .append(" belong elsewhere is only said");
        }
        if (of.parts() > 1) {
            text.append("; this is part ").append(of.part()).append(" of ").append(of.parts());
        }
        return text.toString();
    }

    private static String counted(long n, String what) {
        return n + " "
                + (n == 1 ? what : what.endsWith("y") ? what.substring(0, what.length() - 1) + "ies" : what + "s");
    }
}
