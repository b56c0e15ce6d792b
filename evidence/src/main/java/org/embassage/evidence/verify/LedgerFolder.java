package org.embassage.evidence.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.ledger.TiledTree;
import org.embassage.evidence.verify.LedgerReport.Line;

/**
 * Judges a folder with a ledger in it, offline, by keys that the auditor brings: that of a gateway ({@code checkpoint}, {@code
 * tile/}, {@code notes/}, as c2sp.org/tlog-tiles has it; docs/formats/ledger.md), or that of a neutral witness ({@code
 * ledgers/}). Entries are hashed anew, and every tile and every note is held against that tree. Links are not followed.
 */
public final class LedgerFolder {

    private static final int MOST_NOTES = 1_000_000;
    private static final int LONGEST_NOTE = 1 << 16;

    private final Path folder;
    private final LedgerKeys keys;
    private final VerifyPolicy policy;
    private final Instant at;
    private final List<Line> lines = new ArrayList<>();
    /** Of each ledger, root by size, with the file that says so: a second root of one size is a fork. */
    private final Map<String, SortedMap<Long, Told>> told = new HashMap<>();

    private record Told(Checkpoint checkpoint, String file) {}

    private LedgerFolder(Path folder, LedgerKeys keys, VerifyPolicy policy, Instant at) {
        this.folder = folder;
        this.keys = keys;
        this.policy = policy;
        this.at = at;
    }

    /**
     * Judges.
     *
     * @param policy how many witnesses there must be, and whether they may be missing (check {@code witnessed})
     * @param at the auditor's instant, from which ages are counted
     * @param progress is told how many entries are done
     * @throws IOException if a file cannot be read
     */
    public static LedgerReport read(
            Path folder, LedgerKeys keys, VerifyPolicy policy, Instant at, LongConsumer progress) throws IOException {
        LedgerFolder reader = new LedgerFolder(folder, keys, policy, at);
        if (is(folder.resolve("checkpoint"))) {
            return reader.gateway(progress);
        }
        if (Files.isDirectory(folder.resolve("ledgers"), LinkOption.NOFOLLOW_LINKS)) {
            return reader.witness();
        }
        return new LedgerReport(
                Verdict.INDETERMINATE,
                "This folder holds no ledger: neither a file checkpoint nor a folder ledgers/ lies in it",
                List.of());
    }

    // ---- a gateway's

    private LedgerReport gateway(LongConsumer progress) throws IOException {
        String note = text(folder.resolve("checkpoint"));
        Optional<Checkpoint> stated = Checkpoint.unverified(note);
        if (stated.isEmpty()) {
            return failed("The file checkpoint is no checkpoint");
        }
        String origin = stated.get().origin();
        List<LedgerKeys.Ledger> candidates = keys.of(origin);
        if (candidates.isEmpty()) {
            return open(
                    "Nothing can be said of this ledger, because you bring no key of " + origin
                            + ": get it from its gateway or from whoever knows it, as a *.vkey line or as its signed peer card");
        }
        Optional<LedgerKeys.Ledger> key = candidates.stream()
                .filter(one -> Checkpoint.verified(note, one.key()).isPresent())
                .findFirst();
        if (key.isEmpty()) {
            return failed("The checkpoint is not signed with the key of " + origin + " that you believe");
        }
        lines.add(Line.good("key: " + key.get().key().vkey() + ", " + key.get().source()));
        Checkpoint newest = stated.get();
        TiledTree tree = TiledTree.read(folder, newest.size(), progress);
        tree.problems()
                .forEach(problem ->
                        lines.add(problem.wrong() ? Line.wrong(problem.sentence()) : Line.open(problem.sentence())));
        if (tree.size() < newest.size()) {
            return told("Of the " + newest.size() + " entries that the checkpoint speaks of only the first "
                    + tree.size() + " can be read");
        }
        if (!tree.root(newest.size()).equals(newest.root())) {
            lines.add(
                    Line.wrong("the entries do not give the root that the checkpoint states: entries or checkpoint were"
                            + " changed"));
        } else {
            lines.add(Line.good("checkpoint: " + newest.size() + " entries, root "
                    + newest.root().hex() + "; the entries give that root, and so does every tile"));
        }
        if (!tree.begins(origin)) {
            lines.add(Line.wrong("entry 0 does not begin the ledger " + origin));
        }
        lines.add(Line.good("entries: " + tree.kinds()));
        remember(newest, "checkpoint");
        ownNotes(origin, key.get().key(), tree, newest);
        witnesses(origin, note, tree, newest);
        others(origin);
        accusations();
        return told(newest.size() + " entries of " + origin + " are as its gateway signed them");
    }

    /** Every note of the ledger itself must be of this tree. */
    private void ownNotes(String origin, NoteVerifier key, TiledTree tree, Checkpoint newest) throws IOException {
        int fit = 0;
        for (Path file : notes(folder.resolve("notes").resolve(owner(origin)))) {
            String name = folder.relativize(file).toString();
            Optional<Checkpoint> checkpoint = Checkpoint.verified(text(file), key);
            if (checkpoint.isEmpty()) {
                lines.add(Line.wrong(name + " is no checkpoint that the ledger's key signed"));
                continue;
            }
            remember(checkpoint.get(), name);
            if (checkpoint.get().size() > newest.size()) {
                lines.add(Line.open(name + " is over " + checkpoint.get().size()
                        + " entries, more than the checkpoint: the ledger was cut, or the folder was copied while it"
                        + " grew; copy it again"));
            } else if (!tree.root(checkpoint.get().size())
                    .equals(checkpoint.get().root())) {
                lines.add(
                        Line.wrong(name + " is signed with the ledger's key, and the entries do not give its root: the"
                                + " ledger was changed after it was signed"));
            } else {
                fit++;
            }
        }
        lines.add(Line.good("notes: " + fit + " checkpoints of this ledger fit its entries"));
    }

    /** Who saw how much of it, and since when nobody saw the rest. */
    private void witnesses(String origin, String newestNote, TiledTree tree, Checkpoint newest) throws IOException {
        Map<String, Cosigned> by = new TreeMap<>();
        cosignatures(newestNote, newest.size(), "checkpoint", origin, by);
        for (Path file : notes(folder.resolve("notes").resolve(owner(origin)))) {
            String note = text(file);
            Optional<Checkpoint> checkpoint = Checkpoint.unverified(note);
            boolean ours = checkpoint
                    .map(read -> read.origin().equals(origin) && read.size() <= newest.size())
                    .orElse(false);
            if (ours) {
                cosignatures(
                        note,
                        checkpoint.orElseThrow().size(),
                        folder.relativize(file).toString(),
                        origin,
                        by);
            }
        }
        by.forEach((name, seen) -> lines.add(Line.good("witness: " + name + " cosigned " + seen.size() + " entries at "
                + seen.at() + ", " + age(seen.at()) + " ago")));
        int wanted = policy.witnesses();
        long witnessed = by.values().stream()
                .map(Cosigned::size)
                .sorted((one, other) -> Long.compare(other, one))
                .skip(wanted - 1L)
                .findFirst()
                .orElse(0L);
        if (witnessed == 0 && !policy.optional().contains(Check.WITNESSED)) {
            lines.add(Line.open("fewer than " + wanted + " witnesses whom you know cosigned anything of it: whoever has"
                    + " database and key could have written it anew; bring the witnesses' keys"));
        }
        if (witnessed < newest.size()) {
            String since = tree.time(witnessed)
                    .map(time -> ", the oldest of them of " + time + ", " + age(time) + " ago")
                    .orElse("");
            lines.add(Line.good("unwitnessed: entries " + witnessed + " to " + (newest.size() - 1) + since
                    + "; they could still be changed without a trace"));
        } else {
            lines.add(Line.good("unwitnessed: none"));
        }
    }

    private record Cosigned(long size, Instant at) {}

    private void cosignatures(String note, long size, String file, String origin, Map<String, Cosigned> by) {
        Optional<SignedNote> signed = SignedNote.parse(note);
        for (LedgerKeys.Witness witness : keys.witnesses()) {
            CosignatureVerifier key = witness.key();
            if (signed.isEmpty() || !key.claims(signed.get()) || key.name().startsWith(owner(origin) + "/")) {
                continue;
            }
            Optional<Instant> when = key.cosigned(signed.get());
            if (when.isEmpty()) {
                lines.add(Line.wrong(file + " has a line of " + key.name() + " that this witness did not sign"));
            } else if (by.get(key.name()) == null || by.get(key.name()).size() < size) {
                by.put(key.name(), new Cosigned(size, when.get()));
            }
        }
    }

    /** What it holds of others' ledgers. */
    private void others(String origin) throws IOException {
        for (Path of : folders(folder.resolve("notes"))) {
            String gateway = of.getFileName().toString();
            if (!gateway.equals(owner(origin))) {
                held(of, gateway);
            }
        }
    }

    private void held(Path of, String gateway) throws IOException {
        long most = 0;
        int good = 0;
        boolean known = true;
        for (Path file : notes(of)) {
            String note = text(file);
            String name = folder.relativize(file).toString();
            String origin = Checkpoint.unverified(note).map(Checkpoint::origin).orElse("");
            List<LedgerKeys.Ledger> candidates = keys.of(origin);
            if (!owner(origin).equals(gateway)) {
                lines.add(Line.wrong(name + " is no checkpoint of a ledger of " + gateway));
                continue;
            }
            if (candidates.isEmpty()) {
                known = false;
                continue;
            }
            Optional<Checkpoint> checkpoint = candidates.stream()
                    .flatMap(one -> Checkpoint.verified(note, one.key()).stream())
                    .findFirst();
            if (checkpoint.isEmpty()) {
                lines.add(Line.wrong(name + " is not signed with the key of " + origin + " that you believe"));
                continue;
            }
            good++;
            most = Math.max(most, checkpoint.get().size());
            remember(checkpoint.get(), name);
        }
        lines.add(Line.good("holds of " + gateway + ": " + good + " checkpoints, up to " + most + " entries"
                + (known ? "" : "; others cannot be judged, for want of a key")));
    }

    private void remember(Checkpoint checkpoint, String file) {
        SortedMap<Long, Told> sizes = told.computeIfAbsent(checkpoint.origin(), origin -> new TreeMap<>());
        Told other = sizes.putIfAbsent(checkpoint.size(), new Told(checkpoint, file));
        if (other != null && !other.checkpoint().root().equals(checkpoint.root())) {
            lines.add(Line.wrong(owner(checkpoint.origin()) + " signed two histories of " + checkpoint.origin() + ": "
                    + other.file() + " and " + file + " have " + checkpoint.size() + " entries and two roots"));
        }
    }

    private void accusations() throws IOException {
        for (String place : List.of("alarms", "misbehaviour")) {
            for (Path file : files(folder.resolve(place), ".misbehaviour")) {
                MisbehaviourReport report = MisbehaviourReport.of(octets(file, Misbehaviour.MAX_BYTES + 1), keys);
                String sentence = folder.relativize(file) + ": " + report.words() + ": " + report.sentence();
                lines.add(report.proven() ? Line.wrong(sentence) : Line.good(sentence));
            }
        }
    }

    // ---- a neutral witness's

    private LedgerReport witness() throws IOException {
        int ledgers = 0;
        for (Path of : folders(folder.resolve("ledgers"))) {
            Optional<String> newest =
                    is(of.resolve("checkpoint")) ? Optional.of(text(of.resolve("checkpoint"))) : Optional.empty();
            Optional<Checkpoint> stated = newest.flatMap(Checkpoint::unverified);
            if (stated.isEmpty()) {
                lines.add(Line.wrong(folder.relativize(of) + " holds no checkpoint"));
                continue;
            }
            String origin = stated.get().origin();
            if (keys.of(origin).isEmpty()) {
                lines.add(Line.open(origin + " cannot be judged: you bring no key of it"));
                continue;
            }
            ledgers++;
            witnessed(of, origin, stated.get());
        }
        accusations();
        long receipts = files(folder.resolve("receipts"), ".asice").size();
        if (receipts > 0) {
            lines.add(
                    Line.good("receipts: " + receipts + " were deposited; judge them with embassage-verify receipts/"));
        }
        return told(
                ledgers + " ledgers are held here as their owners signed them; that each checkpoint continues the one"
                        + " before is this witness's word");
    }

    private void witnessed(Path of, String origin, Checkpoint newest) throws IOException {
        List<Path> files = new ArrayList<>(notes(of.resolve("notes")));
        files.add(of.resolve("checkpoint"));
        Map<String, Cosigned> by = new TreeMap<>();
        for (Path file : files) {
            String note = text(file);
            String name = folder.relativize(file).toString();
            Optional<Checkpoint> checkpoint = keys.of(origin).stream()
                    .flatMap(one -> Checkpoint.verified(note, one.key()).stream())
                    .findFirst();
            if (checkpoint.isEmpty()) {
                lines.add(Line.wrong(name + " is no checkpoint that the key of " + origin + " signed"));
                continue;
            }
            remember(checkpoint.get(), name);
            cosignatures(note, checkpoint.get().size(), name, origin, by);
            if (checkpoint.get().size() > newest.size()) {
                lines.add(Line.wrong(name + " is larger than the newest checkpoint: the witness was set back"));
            }
        }
        lines.add(Line.good("holds of " + origin + ": " + (files.size() - 1) + " checkpoints, up to " + newest.size()
                + " entries"));
        by.forEach((name, seen) -> lines.add(Line.good("witness: " + name + " cosigned " + seen.size() + " entries of "
                + origin + " at " + seen.at() + ", " + age(seen.at()) + " ago")));
        if (by.isEmpty() && !policy.optional().contains(Check.WITNESSED)) {
            lines.add(Line.open("no witness whom you know cosigned anything of " + origin
                    + ": bring the key of this witness, from somebody else than its folder"));
        }
    }

    // ---- verdict

    private LedgerReport failed(String sentence) {
        lines.add(Line.wrong(sentence));
        return told(sentence);
    }

    private LedgerReport open(String sentence) {
        lines.add(Line.open(sentence));
        return told(sentence);
    }

    /** @param good the sentence if nothing is wrong or open */
    private LedgerReport told(String good) {
        keys.leftOut().forEach(card -> lines.add(Line.good("left out: " + card)));
        Optional<Line> worst = lines.stream()
                .filter(line -> line.status() != Status.PASS)
                .max((one, other) -> one.status().compareTo(other.status()));
        Optional<Line> first = worst.flatMap(line ->
                lines.stream().filter(other -> other.status() == line.status()).findFirst());
        Verdict verdict = worst.map(line -> line.status() == Status.FAIL ? Verdict.TOTAL_FAILED : Verdict.INDETERMINATE)
                .orElse(Verdict.TOTAL_PASSED);
        return new LedgerReport(verdict, first.map(Line::sentence).orElse(good), lines);
    }

    private String age(Instant then) {
        long seconds = Math.max(0, at.getEpochSecond() - then.getEpochSecond());
        if (seconds >= 172_800) {
            return seconds / 86_400 + " days";
        }
        if (seconds >= 7_200) {
            return seconds / 3_600 + " hours";
        }
        return seconds >= 120 ? seconds / 60 + " minutes" : seconds + " seconds";
    }

    private static String owner(String origin) {
        int slash = origin.indexOf('/');
        return slash < 0 ? origin : origin.substring(0, slash);
    }

    // ---- files

    private static boolean is(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static List<Path> notes(Path place) throws IOException {
        return files(place, ".note");
    }

    private static List<Path> files(Path place, String ending) throws IOException {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(place)) {
            return listed.filter(file -> file.getFileName().toString().endsWith(ending)
                            && !file.getFileName().toString().startsWith("."))
                    .filter(LedgerFolder::is)
                    .limit(MOST_NOTES)
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> folders(Path place) throws IOException {
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> listed = Files.list(place)) {
            return listed.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(octets(file, LONGEST_NOTE + 1), StandardCharsets.UTF_8);
    }

    private static byte[] octets(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(most);
        }
    }
}
