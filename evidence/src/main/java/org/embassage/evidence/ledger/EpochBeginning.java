package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;

/**
 * How a ledger goes on after its gateway was put back from a backup: the old epoch is closed at what others hold of it, and
 * a new one begins whose leaf 0 binds exactly that. The checkpoint over leaf 0 alone, signed with the ledger's key, makes the
 * whole text the gateway's own signed statement.
 *
 * <pre>
 * embassage-epoch/v1
 * origin QVL-BG/receipts/2
 * follows QVL-BG/receipts/1
 * lost-since 2031-06-01T12:00:00Z     what was entered from then on may be lost
 * stood-since 2031-06-02T08:00:00Z    from then on until the new epoch the gateway took nothing and sent nothing
 * held 5                              lines of a checkpoint of the old epoch that somebody holds, which follows; one for each
 * …
 * first 5                             lines of the checkpoint of size 1 of the new one, which follows
 * …
 * </pre>
 *
 * @param origin of the new epoch
 * @param follows origin of the old one
 * @param lostSince UTC
 * @param stoodSince UTC
 * @param held signed notes of the old epoch as they are held by peers, the own newest one among them
 * @param first the signed checkpoint of size 1
 */
public record EpochBeginning(
        String origin, String follows, Instant lostSince, Instant stoodSince, List<String> held, String first) {

    private static final String MAGIC = "embassage-epoch/v1";
    private static final Pattern ORIGIN = Pattern.compile("([A-Z]{3}-[A-Z0-9]{1,16})/receipts/([1-9][0-9]{0,8})");
    private static final int MOST_NOTES = 1024;
    private static final int MOST_LINES = 4 + SignedNote.MAX_SIGNATURES;

    public EpochBeginning {
        held = List.copyOf(held);
    }

    /** What leaf 0 binds: all but the first checkpoint. */
    private static String closing(
            String origin, String follows, Instant lostSince, Instant stoodSince, List<String> held) {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\norigin ")
                .append(origin)
                .append("\nfollows ")
                .append(follows)
                .append("\nlost-since ")
                .append(lostSince)
                .append("\nstood-since ")
                .append(stoodSince)
                .append('\n');
        held.forEach(note ->
                text.append("held ").append(TextLines.count(note)).append('\n').append(note));
        return text.toString();
    }

    /**
     * Begins a new epoch.
     *
     * @param signer by the ledger's key under the new origin
     * @param held signed notes of the old epoch
     */
    public static EpochBeginning of(
            NoteSigner signer, String follows, Instant lostSince, Instant stoodSince, List<String> held) {
        String origin = signer.verifier().name();
        LedgerLeaf leaf = leaf(origin, closing(origin, follows, lostSince, stoodSince, held));
        Digest root = Digest.of(MerkleHash.leaf(leaf.octets()));
        return new EpochBeginning(
                origin, follows, lostSince, stoodSince, held, signer.sign(new Checkpoint(origin, 1, root).text()));
    }

    private static LedgerLeaf leaf(String origin, String closing) {
        return LedgerLeaf.epoch(
                origin, Digest.sha256(closing.getBytes(StandardCharsets.UTF_8)).hex());
    }

    /** Leaf 0 of the new epoch. */
    public LedgerLeaf leaf() {
        return leaf(origin, closing(origin, follows, lostSince, stoodSince, held));
    }

    /** UTF-8. */
    public String text() {
        return closing(origin, follows, lostSince, stoodSince, held) + "first " + TextLines.count(first) + "\n" + first;
    }

    /** @return nothing if it is not exactly such a text; signatures are not looked at */
    public static Optional<EpochBeginning> parse(String text) {
        TextLines lines = new TextLines(text);
        if (!lines.next().equals(MAGIC)) {
            return Optional.empty();
        }
        Optional<String> origin = lines.value("origin ");
        Optional<String> follows = lines.value("follows ");
        Optional<Instant> since = lines.value("lost-since ").flatMap(EpochBeginning::instant);
        Optional<Instant> stood = lines.value("stood-since ").flatMap(EpochBeginning::instant);
        if (origin.isEmpty() || follows.isEmpty() || since.isEmpty() || stood.isEmpty()) {
            return Optional.empty();
        }
        List<String> held = new ArrayList<>();
        String next = lines.next();
        while (next.startsWith("held ") && held.size() < MOST_NOTES) {
            Optional<String> note = note(lines, next.substring("held ".length()));
            if (note.isEmpty()) {
                return Optional.empty();
            }
            held.add(note.get());
            next = lines.next();
        }
        Optional<String> first =
                next.startsWith("first ") ? note(lines, next.substring("first ".length())) : Optional.empty();
        return first.map(note -> new EpochBeginning(origin.get(), follows.get(), since.get(), stood.get(), held, note))
                .filter(read -> read.text().equals(text));
    }

    private static Optional<String> note(TextLines lines, String count) {
        return Numbers.parse(count)
                .filter(number -> number <= MOST_LINES)
                .flatMap(lines::block)
                .filter(note -> SignedNote.parse(note).isPresent());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    /** The gateway's name in an origin. */
    public static Optional<String> gatewayOf(String origin) {
        var match = ORIGIN.matcher(origin);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    /** The number of an origin's epoch, from 1. */
    public static Optional<Long> numberOf(String origin) {
        var match = ORIGIN.matcher(origin);
        return match.matches() ? Optional.of(Long.parseLong(match.group(2))) : Optional.empty();
    }

    /** The origin of the epoch after this one. @throws IllegalArgumentException if its epoch is no number */
    public static String after(String origin) {
        long number = numberOf(origin).orElseThrow(() -> new IllegalArgumentException("an epoch without a number"));
        return origin.substring(0, origin.lastIndexOf('/') + 1) + (number + 1);
    }

    /**
     * Whether the gateway's ledger key signed it: the new epoch is the next but some of the same gateway, its first checkpoint
     * is over leaf 0 and nothing else, and every note of the old epoch that it names is genuine.
     *
     * @param key of the gateway's ledger, under whichever of its origins
     */
    public boolean isSignedBy(NoteVerifier key) {
        boolean next = gatewayOf(origin).isPresent()
                && gatewayOf(origin).equals(gatewayOf(follows))
                && gatewayOf(origin).equals(gatewayOf(key.name()))
                && numberOf(origin).orElse(0L) > numberOf(follows).orElse(0L);
        if (!next) {
            return false;
        }
        NoteVerifier old = key.under(follows);
        boolean genuine =
                held.stream().allMatch(note -> Checkpoint.verified(note, old).isPresent());
        Digest root = Digest.of(MerkleHash.leaf(leaf().octets()));
        return genuine
                && Checkpoint.verified(first, key.under(origin))
                        .map(checkpoint ->
                                checkpoint.size() == 1 && checkpoint.root().equals(root))
                        .orElse(false);
    }

    /** The checkpoints of the old epoch that are bound, unverified. */
    public List<Checkpoint> bound() {
        return held.stream()
                .flatMap(note -> Checkpoint.unverified(note).stream())
                .toList();
    }

    /** Whether it binds this checkpoint of the old epoch. */
    public boolean binds(Checkpoint checkpoint) {
        return bound().contains(checkpoint);
    }
}
