package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.ledger.Misbehaviour.Finding;
import org.embassage.evidence.ledger.SignedNote;

/**
 * What a proof of misbehaviour ({@link Misbehaviour}) is worth, judged by keys that the reader of it brings.
 *
 * @param proven whether nobody but the owner of the ledger's key can have brought it about
 * @param reason a word for programs, one of {@link Finding}, {@code MALFORMED} or {@code NO_KEY}
 * @param sentence in plain words
 * @param facts one a line, for people
 * @param proof what was read; nothing if it is malformed
 */
public record MisbehaviourReport(
        boolean proven, String reason, String sentence, List<String> facts, Optional<Misbehaviour> proof) {

    /** The exit code of a proof that holds: what it is about has failed. */
    public static final int PROVEN = 3;
    /** The exit code of one that does not hold, whatever the reason. */
    public static final int NOT_PROVEN = 4;

    public MisbehaviourReport {
        facts = List.copyOf(facts);
    }

    /** {@code PROVEN} or {@code NOT PROVEN}. */
    public String words() {
        return proven ? "PROVEN" : "NOT PROVEN";
    }

    public int exitCode() {
        return proven ? PROVEN : NOT_PROVEN;
    }

    /** Judges the octets of a file. */
    public static MisbehaviourReport of(byte[] content, LedgerKeys keys) {
        Optional<Misbehaviour> proof = Misbehaviour.parse(content);
        if (proof.isEmpty()) {
            return new MisbehaviourReport(
                    false,
                    "MALFORMED",
                    "This is not a proof of misbehaviour: it is not written exactly as " + Misbehaviour.MAGIC
                            + " demands",
                    List.of(),
                    proof);
        }
        Misbehaviour read = proof.get();
        List<LedgerKeys.Ledger> candidates = keys.of(read.origin());
        if (candidates.isEmpty()) {
            return new MisbehaviourReport(
                    false,
                    "NO_KEY",
                    "Nothing is proven, because you bring no key of the ledger " + read.origin()
                            + ": get it from " + owner(read) + " or from whoever knows it, as a *.vkey line or as its"
                            + " signed peer card, and put it into your trust folder",
                    facts(read, keys, Optional.empty()),
                    proof);
        }
        LedgerKeys.Ledger best = candidates.get(0);
        for (LedgerKeys.Ledger candidate : candidates) {
            if (read.judge(candidate.key()).isProof()) {
                best = candidate;
            }
        }
        Finding finding = read.judge(best.key());
        return new MisbehaviourReport(
                finding.isProof(),
                finding.name(),
                sentence(finding, read),
                facts(read, keys, Optional.of(best)),
                proof);
    }

    private static String owner(Misbehaviour read) {
        String origin = read.origin();
        int slash = origin.indexOf('/');
        return slash < 0 ? origin : origin.substring(0, slash);
    }

    private static String sentence(Finding finding, Misbehaviour read) {
        String who = owner(read);
        return switch (finding) {
            case FORK ->
                who + " signed two histories of its ledger: with " + size(read.held())
                        + " entries it has two different roots, both under its key";
            case CUT ->
                who + " cut its ledger: it had signed " + size(read.held())
                        + " entries, and to a challenge that was made of that very checkpoint it answered, signed, that it"
                        + " has " + size(read.shown());
            case NOT_JOINED ->
                "Nothing is proven yet: both notes are " + who + "'s own, and the proof that came with them does not"
                        + " join them; but nobody signs a proof, so the accuser may have spoiled it. " + who
                        + " clears itself by showing a consistency proof from " + size(read.held()) + " to "
                        + size(read.shown()) + "; if its ledger was changed in between, it cannot make one";
            case CONSISTENT -> "Nothing is proven: both notes are " + who + "'s own, and they continue each other";
            case LATE ->
                "Nothing is proven: the smaller checkpoint is " + who
                        + "'s own, but nothing shows that it was made after" + " the larger one; notes may come late";
            case HELD_NOT_SIGNED ->
                "Nothing is proven: the checkpoint that " + read.accuser() + " says it held is not signed with the key"
                        + " that you believe to be " + who + "'s";
            case SHOWN_NOT_SIGNED ->
                "Nothing is proven: what " + read.accuser() + " says it was shown is not signed with the key that you"
                        + " believe to be " + who + "'s";
            case NOT_CHALLENGED ->
                "Nothing is proven: the smaller answer is " + who
                        + "'s own, but its nonce was not made of the checkpoint" + " that " + read.accuser()
                        + " says it held, so it may be older";
        };
    }

    private static List<String> facts(Misbehaviour read, LedgerKeys keys, Optional<LedgerKeys.Ledger> key) {
        List<String> facts = new ArrayList<>();
        facts.add("accused: " + owner(read) + ", ledger " + read.origin());
        facts.add("key: "
                + key.map(used -> used.key().vkey() + ", " + used.source())
                        .orElse("none of yours; the file itself names " + read.ledgerKey()));
        facts.add("accuser: the file names " + read.accuser() + " as who found this at " + read.found()
                + "; nobody signs that, and nothing rests on it");
        facts.add("held: " + what(read.held()));
        facts.addAll(cosigned("held", read.held(), keys));
        facts.add("shown: " + what(read.shown()));
        facts.addAll(cosigned("shown", read.shown(), keys));
        if (read.opening().isPresent()) {
            facts.add("challenge: nonce " + read.opening().get().nonce() + ", opened by the file");
        }
        return facts;
    }

    private static List<String> cosigned(String which, String note, LedgerKeys keys) {
        Optional<SignedNote> signed = SignedNote.parse(note);
        List<String> lines = new ArrayList<>();
        for (LedgerKeys.Witness witness : keys.witnesses()) {
            Optional<Instant> at = signed.flatMap(witness.key()::cosigned);
            at.ifPresent(time ->
                    lines.add(which + ": seen and cosigned by " + witness.key().name() + " at " + time));
        }
        return lines;
    }

    private static String what(String note) {
        return Checkpoint.unverified(note)
                .map(read -> "a checkpoint over " + read.size() + " entries, root " + root(read.root()))
                .or(() -> AnswerNote.unverified(note)
                        .map(read -> "an answer over " + read.size() + " entries, root " + root(read.root())
                                + ", nonce " + read.nonce()))
                .orElse("a note of another kind");
    }

    /** As reports show digests, and as notes are written. */
    private static String root(Digest root) {
        return root.hex() + " (in the note: " + Base64.getEncoder().encodeToString(root.bytes()) + ")";
    }

    private static long size(String note) {
        return Checkpoint.unverified(note)
                .map(Checkpoint::size)
                .or(() -> AnswerNote.unverified(note).map(AnswerNote::size))
                .orElse(0L);
    }
}
