package org.embassage.gateway.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.MerkleProofs;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.gateway.ledger.AlarmFiles;
import org.embassage.gateway.ledger.SafeFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a neutral witness answers (c2sp.org/tlog-witness, {@code add-checkpoint} and the retrieval for monitors), and the
 * deposit of receipts, which is ours. Never sees content: a receipt holds digests only. One instance for each home;
 * thread-safe, so that checking and holding a checkpoint is one step.
 */
final class WitnessDoor {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessDoor.class);

    static final int LONGEST = 1 << 18;

    private static final int MOST_HASHES = 63;
    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");
    private static final Pattern ORIGIN_HASH = Pattern.compile("[0-9a-f]{64}");

    private final Cosigner cosigner;
    private final List<NoteVerifier> logs;
    private final HeldLedgers held;
    private final Path receipts;
    private final Path misbehaviour;
    private final Clock clock;

    WitnessDoor(Path home, Cosigner cosigner, List<NoteVerifier> logs, Clock clock) {
        this.cosigner = cosigner;
        this.logs = List.copyOf(logs);
        this.held = new HeldLedgers(home);
        this.receipts = home.resolve("receipts");
        this.misbehaviour = home.resolve("misbehaviour");
        this.clock = clock;
    }

    /** @param type of the body */
    record Answer(int status, String type, String body) {

        static Answer of(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body);
        }
    }

    /** {@code POST /add-checkpoint}. */
    synchronized Answer addCheckpoint(byte[] body) throws IOException {
        Optional<Submission> submission = Submission.parse(new String(body, StandardCharsets.UTF_8));
        if (submission.isEmpty()) {
            return Answer.of(400, "not a submission\n");
        }
        SignedNote note = submission.get().note();
        Checkpoint offered = submission.get().checkpoint();
        List<NoteVerifier> keys =
                logs.stream().filter(log -> log.name().equals(offered.origin())).toList();
        if (keys.isEmpty()) {
            return Answer.of(404, "not a ledger that is witnessed here\n");
        }
        if (keys.stream().noneMatch(key -> key.verifies(note))) {
            return Answer.of(403, "not signed by a key of that ledger\n");
        }
        accuse(offered, note, keys);
        if (submission.get().old() > offered.size()) {
            return Answer.of(400, "the old size is greater than the new one\n");
        }
        Optional<Checkpoint> before = held.newest(offered.origin()).flatMap(Checkpoint::unverified);
        long size = before.map(Checkpoint::size).orElse(0L);
        if (submission.get().old() != size) {
            return new Answer(409, "text/x.tlog.size", size + "\n");
        }
        if (!consistent(before, offered, submission.get().path())) {
            return Answer.of(422, "the ledger does not continue what is held\n");
        }
        SignedNote.Line line = cosigner.cosign(note.text(), clock.instant());
        SignedNote kept = new SignedNote(note.text(), ownLines(note, keys)).with(line);
        held.hold(offered, kept.toString()); // durable before anybody hears of it
        return Answer.of(200, line.text());
    }

    /** Two roots of one size, both signed, are a proof whoever brings them; of a proof that fails nobody knows who spoiled it. */
    private void accuse(Checkpoint offered, SignedNote note, List<NoteVerifier> keys) throws IOException {
        Optional<String> known = held.ofSize(offered.origin(), offered.size());
        for (NoteVerifier key : keys) {
            if (known.isEmpty() || !key.verifies(note)) {
                continue;
            }
            String shown = new SignedNote(note.text(), ownLines(note, List.of(key))).toString();
            Misbehaviour accusation = new Misbehaviour(
                    key.vkey(),
                    cosigner.verifier().name(),
                    clock.instant().truncatedTo(ChronoUnit.SECONDS),
                    known.get(),
                    shown,
                    Optional.empty(),
                    0,
                    List.of());
            if (accusation.judge(key).isProof()) {
                Path file = misbehaviour.resolve(
                        HeldLedgers.hash(offered.origin()).substring(0, 16) + "." + offered.size() + AlarmFiles.PROOF);
                if (!Files.exists(file)) {
                    SafeFiles.write(file, accusation.octets());
                    LOG.error("ALARM event=LedgerForked origin={} size={}", offered.origin(), offered.size());
                }
            }
        }
    }

    private static List<SignedNote.Line> ownLines(SignedNote note, List<NoteVerifier> keys) {
        return note.signatures().stream()
                .filter(line -> keys.stream().anyMatch(key -> key.verifies(new SignedNote(note.text(), List.of(line)))))
                .toList();
    }

    private static boolean consistent(Optional<Checkpoint> before, Checkpoint offered, List<Digest> path) {
        boolean fromNothing = before.isEmpty() || before.get().size() == 0;
        if (fromNothing) {
            boolean sound = offered.size() > 0 || offered.root().equals(Digest.sha256());
            return path.isEmpty() && sound;
        }
        return MerkleProofs.consistent(before.get().size(), before.get().root(), offered.size(), offered.root(), path);
    }

    /** {@code GET /<origin hash>/checkpoint}. */
    Answer checkpoint(String originHash) throws IOException {
        if (!ORIGIN_HASH.matcher(originHash).matches()) {
            return Answer.of(404, "not found\n");
        }
        return held.read(originHash).map(note -> Answer.of(200, note)).orElseGet(() -> Answer.of(404, "not found\n"));
    }

    /** {@code POST /receipts}: keeps a receipt whose issuer's checkpoint is of a ledger that is witnessed here. */
    synchronized Answer deposit(byte[] container) throws IOException {
        Optional<Receipt> receipt =
                ReceiptReader.read(container).fold(read -> Optional.of(read.receipt()), not -> Optional.empty());
        if (receipt.isEmpty()) {
            return Answer.of(400, "not a receipt\n");
        }
        String own = receipt.get().evidence().checkpoints().own();
        boolean known = logs.stream()
                .filter(log -> log.name().startsWith(receipt.get().evidence().issuer() + "/"))
                .anyMatch(log -> Checkpoint.verified(own, log).isPresent());
        if (!known) {
            return Answer.of(403, "its issuer's ledger is not witnessed here\n");
        }
        Path file = receipts.resolve(receipt.get().id() + ".asice");
        if (Files.exists(file)) {
            boolean same = Arrays.equals(Files.readAllBytes(file), container);
            return same ? Answer.of(200, "held\n") : Answer.of(409, "another receipt of this id is held\n");
        }
        SafeFiles.write(file, container);
        return Answer.of(200, "held\n");
    }

    /** The body of a submission. */
    private record Submission(long old, List<Digest> path, SignedNote note, Checkpoint checkpoint) {

        static Optional<Submission> parse(String text) {
            int split = text.indexOf("\n\n");
            if (split < 0) {
                return Optional.empty();
            }
            List<String> lines = Arrays.asList(text.substring(0, split).split("\n", -1));
            Optional<SignedNote> note = SignedNote.parse(text.substring(split + 2));
            Optional<Checkpoint> checkpoint = note.flatMap(signed -> Checkpoint.parse(signed.text()));
            Optional<List<Digest>> path = hashes(lines.subList(1, lines.size()));
            boolean whole = OLD.matcher(lines.get(0)).matches() && checkpoint.isPresent() && path.isPresent();
            return whole
                    ? Optional.of(new Submission(
                            Long.parseLong(lines.get(0).substring(4)),
                            path.get(),
                            note.orElseThrow(),
                            checkpoint.get()))
                    : Optional.empty();
        }

        private static Optional<List<Digest>> hashes(List<String> lines) {
            if (lines.size() > MOST_HASHES) {
                return Optional.empty();
            }
            List<Digest> hashes = new ArrayList<>();
            for (String line : lines) {
                try {
                    hashes.add(Digest.of(Base64.getDecoder().decode(line)));
                } catch (IllegalArgumentException notAHash) {
                    return Optional.empty();
                }
            }
            return Optional.of(hashes);
        }
    }
}
