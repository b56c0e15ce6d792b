package org.embassage.evidence.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleProofs;
import org.embassage.evidence.ledger.MerkleRanges;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.TlogProof;

/**
 * Checks 20 and 21: the histories that ledgers show, by every note that their keys signed: those in receipts and proofs, kept
 * by gateways, answered to challenges.
 */
final class LedgerHistories {

    private final Material material;
    private final TrustAnchors trust;
    private final Findings findings;
    /** Genuine checkpoints: origin, size, root, and the first place where it was seen. */
    private final SortedMap<String, SortedMap<Long, Seen>> seen = new TreeMap<>();
    /** The sizes of each ledger from which proofs lead to its greatest checkpoint. */
    private final Map<String, Set<Long>> joined = new TreeMap<>();
    /** Notes that were verified, since many receipts carry the same. */
    private final Map<String, NoteVerifier> genuine = new HashMap<>();
    /** Good answers to challenges, by their places. */
    private final Map<String, AnswerNote> answers = new TreeMap<>();
    /** Every genuine note, with the lines of its witnesses. */
    private final List<Genuine> genuineNotes = new ArrayList<>();
    /** What proofs say of runs of entries. */
    private final LedgerRanges ranges = new LedgerRanges();

    /** The sizes at which epochs that are closed are known to others. */
    private final SortedMap<String, SortedSet<Long>> ends = new TreeMap<>();

    private record Seen(Digest root, String place) {}

    /** A note that its ledger signed. */
    record Genuine(Checkpoint checkpoint, String note, String place) {}

    LedgerHistories(Material material, TrustAnchors trust, Findings findings) {
        this.material = material;
        this.trust = trust;
        this.findings = findings;
    }

    /** To be called once, after every note outside the kept ones went through {@link #genuine}. */
    void all() {
        material.paths(Kind.EPOCH).forEach(this::epoch);
        material.paths(Kind.NOTE).forEach(this::note);
        material.paths(Kind.ANSWER).forEach(this::answer);
        material.paths(Kind.OPENING).forEach(this::opening);
        Map<String, Set<Edge>> edges = consistency();
        answersAgree();
        ranges.report(findings);
        closed();
        ledgersPass();
        continuity(edges);
    }

    /** An inclusion proof that holds for a leaf, by a genuine checkpoint. */
    void holds(TlogProof proof, LedgerLeaf leaf, Checkpoint checkpoint, String place) {
        byte[] hash = MerkleHash.leaf(leaf.octets());
        ranges.proof(checkpoint, MerkleRanges.ofInclusion(hash, proof.index(), checkpoint.size(), proof.path()), place);
        ranges.leaf(checkpoint, Digest.of(hash), proof.index(), place);
    }

    /** Every genuine note that was seen, in the order in which it was seen. */
    List<Genuine> genuineNotes() {
        return List.copyOf(genuineNotes);
    }

    /** Whether proofs lead from a checkpoint, which was seen, to the greatest one of its ledger. */
    boolean isGreatestOrBefore(Checkpoint checkpoint) {
        Seen known = seen.getOrDefault(checkpoint.origin(), new TreeMap<>()).get(checkpoint.size());
        return known != null
                && known.root().equals(checkpoint.root())
                && joined.getOrDefault(checkpoint.origin(), Set.of()).contains(checkpoint.size());
    }

    /** Whether a note is signed by a key of its owner; if so it is kept for check 20. */
    Optional<NoteVerifier> genuine(Check check, String note, GatewayId owner, String subject, String what) {
        Optional<Checkpoint> claimed = Checkpoint.unverified(note);
        if (claimed.isEmpty() || !claimed.get().origin().startsWith(owner + "/")) {
            findings.fail(check, Indication.LEDGER_FAILURE, subject, what + " is no checkpoint of " + owner);
            return Optional.empty();
        }
        List<NoteVerifier> keys =
                material.ledgerKeys(owner, trust, claimed.get().origin());
        if (keys.isEmpty()) {
            findings.notChecked(
                    check,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    subject,
                    what + " cannot be judged: neither a good peer card of " + owner
                            + " nor a pinned key gives the key of that ledger"
                            + (material.ledgerKeys(owner, trust).isEmpty()
                                    ? ""
                                    : ", and no statement says how that epoch of the ledger began"));
            return Optional.empty();
        }
        NoteVerifier known = genuine.get(note);
        if (known != null && keys.contains(known)) {
            return Optional.of(known);
        }
        for (NoteVerifier key : keys) {
            Optional<Checkpoint> verified = Checkpoint.verified(note, key);
            if (verified.isPresent()) {
                keep(verified.get(), subject);
                genuine.put(note, key);
                genuineNotes.add(new Genuine(verified.get(), note, subject));
                return Optional.of(key);
            }
        }
        findings.fail(
                check,
                Indication.LEDGER_FAILURE,
                subject,
                what + " is not signed by the ledger key of " + owner + ": it was changed or forged");
        return Optional.empty();
    }

    // ---- 20

    private void note(String path) {
        String[] parts = path.split("/", -1);
        GatewayId ledger = new GatewayId(parts[2].split("\\.", -1)[0]);
        if (genuine(Check.LEDGERS, material.text(path), ledger, path, path).isPresent()) {
            findings.pass(Check.LEDGERS, path, path + " is a genuine checkpoint of " + ledger);
        }
    }

    /** A new epoch: what it binds are the ends of the old one, and its first checkpoint is one of its ledger. */
    private void epoch(String path) {
        Optional<EpochBeginning> epoch = Optional.ofNullable(material.epochs().get(path));
        GatewayId ledger = new GatewayId(path.substring("epochs/".length()).split("\\.", -1)[0]);
        List<NoteVerifier> keys = material.ledgerKeys(ledger, trust);
        if (keys.isEmpty()) {
            findings.notChecked(
                    Check.LEDGERS,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    path,
                    path + " cannot be judged: neither a good peer card of " + ledger
                            + " nor a pinned key gives the key of that ledger");
            return;
        }
        boolean good = epoch.filter(read -> path.equals("epochs/" + ledger + "." + tail(read.origin()) + ".txt"))
                .map(read -> keys.stream().anyMatch(read::isSignedBy))
                .orElse(false);
        if (!good) {
            findings.fail(
                    Check.LEDGERS,
                    Indication.LEDGER_FAILURE,
                    path,
                    path + " is no statement, signed by the ledger key of " + ledger
                            + ", of how a new epoch began: it was changed or forged");
            return;
        }
        Checkpoint.unverified(epoch.get().first()).ifPresent(first -> keep(first, path));
        for (Checkpoint end : epoch.get().bound()) {
            keep(end, path);
            ends.computeIfAbsent(end.origin(), origin -> new TreeSet<>()).add(end.size());
        }
        ends.computeIfAbsent(epoch.get().follows(), origin -> new TreeSet<>());
        findings.pass(
                Check.LEDGERS,
                path,
                "ledger " + epoch.get().origin() + " follows " + epoch.get().follows()
                        + ", of which entries since " + epoch.get().lostSince()
                        + " may be lost; its first entry binds what was held of that");
    }

    private static String tail(String origin) {
        return origin.substring(origin.lastIndexOf('/') + 1);
    }

    /** Nothing is signed over an epoch behind the ends that the next one binds. */
    private void closed() {
        ends.forEach((origin, sizes) -> {
            SortedMap<Long, Seen> beyond =
                    seen.getOrDefault(origin, new TreeMap<>()).tailMap(sizes.isEmpty() ? 0 : sizes.last() + 1);
            beyond.forEach((size, found) -> {
                findings.fail(
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        origin,
                        "ledger " + origin + " was said to end with " + (sizes.isEmpty() ? 0 : sizes.last())
                                + " entries, but " + size + " are signed, in " + found.place()
                                + ": what was held of it was not bound");
            });
        });
    }

    /** An answer to a challenge states size and root as a checkpoint does, and must tell the same history. */
    private void answer(String path) {
        String[] parts = path.split("/", -1);
        GatewayId ledger = new GatewayId(parts[2].split("\\.", -1)[0]);
        String note = material.text(path);
        String origin = note.lines().skip(1).findFirst().orElse("");
        Optional<AnswerNote> answer = material.ledgerKeys(ledger, trust, origin).stream()
                .flatMap(key -> AnswerNote.verified(note, key).stream())
                .findFirst();
        if (answer.isEmpty()) {
            boolean known = !material.ledgerKeys(ledger, trust).isEmpty();
            if (known) {
                findings.fail(
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        path,
                        path + " is no answer signed by the ledger key of " + ledger + ": it was changed or forged");
            } else {
                findings.notChecked(
                        Check.LEDGERS,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        path,
                        path + " cannot be judged: neither a good peer card of " + ledger
                                + " nor a pinned key gives the key of that ledger");
            }
            return;
        }
        answers.put(path, answer.get());
    }

    private void answersAgree() {
        answers.forEach((path, answer) -> answer.checkpoints().forEach(stated -> {
            Seen same = seen.getOrDefault(stated.origin(), new TreeMap<>()).get(stated.size());
            if (same != null && !same.root().equals(stated.root())) {
                findings.fail(
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        stated.origin(),
                        "ledger " + stated.origin() + " shows two histories of size " + stated.size() + ": in "
                                + same.place() + " and in " + path + "; both are signed with its key");
            }
        }));
    }

    /** A note that was held before the nonce of an answer was made: the opening of the nonce proves that. */
    private void opening(String path) {
        String answerPath = path.substring(0, path.length() - "opening".length()) + "note";
        Optional<AnswerNote> answer = Optional.ofNullable(answers.get(answerPath));
        Optional<ChallengeOpening> opening = ChallengeOpening.parse(material.text(path));
        if (answer.isEmpty()) {
            findings.notChecked(
                    Check.LEDGERS,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    path,
                    path + " opens the nonce of an answer that is not good or not in the bundle");
            return;
        }
        if (opening.isEmpty() || !opening.get().nonce().equals(answer.get().nonce())) {
            findings.fail(
                    Check.LEDGERS,
                    Indication.LEDGER_FAILURE,
                    path,
                    path + " does not open the nonce of its answer: it was changed");
            return;
        }
        opening.get().note().ifPresent(note -> heldBefore(note, answer.get(), path, answerPath));
    }

    private void heldBefore(String note, AnswerNote answer, String path, String answerPath) {
        GatewayId ledger = new GatewayId(answer.origin().split("/", -1)[0]);
        if (genuine(Check.LEDGERS, note, ledger, path, "the note in " + path).isEmpty()) {
            return;
        }
        long before = Checkpoint.unverified(note).orElseThrow().size();
        if (answer.size() < before) {
            findings.fail(
                    Check.LEDGERS,
                    Indication.LEDGER_FAILURE,
                    answerPath,
                    "ledger " + answer.origin() + " was cut: it had signed " + before + " entries (" + path
                            + ") and answered a later challenge with " + answer.size());
        } else {
            findings.pass(
                    Check.LEDGERS,
                    answerPath,
                    answerPath + " answers a challenge that was made after size " + before + ", with size "
                            + answer.size());
        }
    }

    private void keep(Checkpoint checkpoint, String place) {
        ranges.root(checkpoint, place);
        Seen before = seen.computeIfAbsent(checkpoint.origin(), origin -> new TreeMap<>())
                .putIfAbsent(checkpoint.size(), new Seen(checkpoint.root(), place));
        if (before != null && !before.root().equals(checkpoint.root())) {
            findings.fail(
                    Check.LEDGERS,
                    Indication.LEDGER_FAILURE,
                    checkpoint.origin(),
                    "ledger " + checkpoint.origin() + " shows two histories of size " + checkpoint.size() + ": in "
                            + before.place() + " and in " + place + "; both are signed with its key");
        }
    }

    private record Edge(long from, long to) {}

    private Map<String, Set<Edge>> consistency() {
        Map<String, Set<Edge>> good = new TreeMap<>();
        for (String path : material.paths(Kind.CONSISTENCY)) {
            Optional<ConsistencyProof> proof = ConsistencyProof.parse(material.file(path));
            if (proof.isEmpty()) {
                findings.fail(
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        path,
                        path + " is not written as a consistency proof: it was changed");
                continue;
            }
            ConsistencyProof p = proof.get();
            SortedMap<Long, Seen> ledger = seen.getOrDefault(p.origin(), new TreeMap<>());
            Seen from = ledger.get(p.from());
            Seen to = ledger.get(p.to());
            if (from == null || to == null) {
                findings.notChecked(
                        Check.LEDGERS,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        path,
                        path + " joins checkpoints of which the bundle does not hold both");
            } else if (MerkleProofs.consistent(p.from(), from.root(), p.to(), to.root(), p.path())) {
                good.computeIfAbsent(p.origin(), origin -> new HashSet<>()).add(new Edge(p.from(), p.to()));
                ranges.proof(
                        new Checkpoint(p.origin(), p.to(), to.root()),
                        MerkleRanges.ofConsistency(p.from(), p.to(), p.path()),
                        path);
            } else {
                findings.fail(
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        path,
                        path + " does not hold: either it was changed, or the ledger " + p.origin()
                                + " was rewritten between size " + p.from() + " (" + from.place() + ") and size "
                                + p.to() + " (" + to.place() + ")");
            }
        }
        return good;
    }

    private void ledgersPass() {
        boolean failed = findings.of(Check.LEDGERS).stream().anyMatch(finding -> finding.status() == Status.FAIL);
        if (!failed && !seen.isEmpty()) {
            findings.pass(
                    Check.LEDGERS,
                    String.join(" ", seen.keySet()),
                    "no ledger shows two histories in "
                            + seen.values().stream().mapToInt(Map::size).sum() + " checkpoints");
        }
    }

    // ---- 21

    private void continuity(Map<String, Set<Edge>> edges) {
        seen.forEach((origin, checkpoints) -> {
            SortedSet<Long> last = new TreeSet<>(ends.getOrDefault(origin, new TreeSet<>()));
            last.add(checkpoints.lastKey());
            Set<Long> proven = reaching(last, edges.getOrDefault(origin, Set.of()));
            joined.put(origin, proven);
            List<Long> open = checkpoints.keySet().stream()
                    .filter(size -> size > 0 && !proven.contains(size))
                    .toList();
            if (open.isEmpty()) {
                findings.pass(
                        Check.CONTINUITY,
                        origin,
                        "ledger " + origin + ": all " + checkpoints.size() + " checkpoints are prefixes of the one of"
                                + " size " + checkpoints.lastKey()
                                + (last.size() == 1
                                        ? ""
                                        : ", or of another at which the epoch is known to have ended ("
                                                + last.headSet(checkpoints.lastKey()).stream()
                                                        .map(String::valueOf)
                                                        .collect(Collectors.joining(", "))
                                                + "): its entries behind those are lost"));
            } else {
                findings.notChecked(
                        Check.CONTINUITY,
                        Indication.TRY_LATER,
                        origin,
                        "ledger " + origin + ": for " + open.size() + " of " + checkpoints.size()
                                + " checkpoints the bundle holds no proof that size " + checkpoints.lastKey()
                                + " continues them");
            }
        });
    }

    /** The sizes from which proofs lead to the greatest one, or to another at which a closed epoch ended. */
    private static Set<Long> reaching(Set<Long> ends, Set<Edge> edges) {
        Set<Long> reached = new HashSet<>(ends);
        Deque<Long> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            long to = open.pop();
            for (Edge edge : edges) {
                if (edge.to() == to && reached.add(edge.from())) {
                    open.push(edge.from());
                }
            }
        }
        return reached;
    }
}
