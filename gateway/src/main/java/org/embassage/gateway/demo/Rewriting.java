package org.embassage.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.gateway.evidence.OwnLedger;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.gateway.ledger.AlarmFiles;
import org.embassage.store.development.LedgerRewriter;

/**
 * The act of the administrator who has every key and the whole database of one gateway. It is played on copies of both homes,
 * while the gateways of the originals do not run.
 */
final class Rewriting implements AutoCloseable {

    private static final int SHOWN_DIGITS = 8;
    private static final int ALL = Integer.MAX_VALUE;
    private static final Duration WITHIN = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Stage stage;
    private final Bundles bundles;
    private final HomePlan liar;
    private final HomePlan witness;
    private final List<ChildGateway> children = new CopyOnWriteArrayList<>();

    /** Copies both homes below a folder. */
    Rewriting(Stage stage, Bundles bundles, Path folder, HomePlan liar, HomePlan witness) throws IOException {
        this.stage = stage;
        this.bundles = bundles;
        this.liar = copy(liar, folder);
        this.witness = copy(witness, folder);
    }

    private static HomePlan copy(HomePlan plan, Path folder) throws IOException {
        Path home = folder.resolve(plan.gateway().toString());
        Trees.copy(plan.home(), home, plan.home().resolve("data").resolve("broker"));
        return new HomePlan(
                plan.gateway(), home, plan.descriptions(), plan.jms(), plan.sftp(), plan.observe(), plan.contentDays());
    }

    /** Rewrites where the exchange's first receipt lies, and lets the two gateways meet. */
    void play(ExchangeId exchange) throws IOException {
        stage.act("An administrator of Velmark, with every key and the whole database, rewrites the ledger");
        rewrite(exchange);
        meet();
        dispute(exchange);
    }

    /**
     * The one whose ledger is whole listens before the other speaks. Which of the two shows its note first is a race all the
     * same, and either exposes the rewriting: the liar's own software stands still if it is the first to be shown one.
     */
    private void meet() throws IOException {
        ChildGateway listening = ChildGateway.start(witness.home(), witness.observe());
        children.add(listening);
        stage.until("it listens", listening::ready, this::alive, WITHIN);
        children.add(ChildGateway.start(liar.home(), liar.observe()));
        try (Side seen = Side.of(witness)) {
            boolean met = stage.until("they meet", () -> stopped(seen) || shown(), this::alive, WITHIN);
            stage.check(met, "the rewritten ledger is exposed when the two meet");
            if (met && !stage.until("told", () -> stopped(seen), this::alive, SOON)) {
                tellOfStandstill(seen);
                return;
            }
            boolean told = stage.until("told", this::shown, this::alive, WITHIN);
            stage.check(told, liar.gateway() + " is shown that its ledger is not the one that it signed before");
            tell(seen);
        }
        boolean kept = stage.until("kept", () -> proof().isPresent(), this::alive, WITHIN);
        stage.check(kept, "a proof of misbehaviour is kept that convinces a third person");
        proof().ifPresent(this::accuse);
    }

    /** Whether the liar was shown a note of its own that its ledger does not continue. */
    private boolean shown() {
        return !alarms(liar, ".note").isEmpty();
    }

    /** What convinces a third person, who knows the ledger's key. */
    private Optional<Path> proof() {
        return alarms(witness, AlarmFiles.PROOF).stream()
                .filter(file -> judged(file).proven())
                .findFirst();
    }

    private MisbehaviourReport judged(Path file) {
        try {
            return bundles.judgeMisbehaviour(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void accuse(Path file) {
        MisbehaviourReport report = judged(file);
        stage.line(file.getFileName() + "  " + stage.bad(report.words()));
        stage.line(report.sentence());
        stage.repeat("./embassage verify " + file + " --trust " + bundles.trust());
    }

    /** Both sides export the same exchange, and somebody lays the two beside each other. */
    private void dispute(ExchangeId exchange) throws IOException {
        stage.act("Both sides are asked for the evidence of one exchange, and a third person compares");
        Path file;
        try (Side one = Side.of(liar);
                Side other = Side.of(witness)) {
            String asked = "exchange " + exchange;
            file = bundles.dispute(
                    one.export().write(List.of(exchange), asked),
                    other.export().write(List.of(exchange), asked),
                    exchange);
        }
        VerificationReport report = bundles.judgeDispute(Files.readAllBytes(file));
        stage.line(file.getFileName() + "  " + stage.verdict(report) + "  " + report.subject());
        stage.line(report.sentence());
        stage.check(report.verdict() == Verdict.TOTAL_FAILED, "the dispute shows that the ledger was rewritten");
        stage.repeat("./embassage verify " + file + " --trust " + bundles.trust());
    }

    private void rewrite(ExchangeId exchange) throws IOException {
        try (Side before = Side.of(liar)) {
            long index = before.register().receipts(exchange).get(0).leafIndex();
            String leaf = before.ledgerbook().leaves(index, 1).get(0);
            String forged = changed(leaf);
            LedgerRewriter.rewrite(before.database(), before.ledgerKey(), each -> each.equals(leaf) ? forged : each);
            Trees.remove(liar.home().resolve("data").resolve("ledger"));
            stage.line("entry " + index + ", a receipt of exchange " + exchange + ", now names another digest;");
        }
        try (Side after = Side.of(liar)) {
            OwnLedger ledger = OwnLedger.build(after.ledgerbook(), done -> {});
            List<HeldNote> notes = after.ledgerbook().checkpoints(ALL);
            NoteVerifier key = after.ledgerKey().verifier();
            boolean sound = notes.stream().allMatch(note -> ledger.fits(note, key));
            stage.check(sound, "the rewritten ledger is sound in itself");
            stage.line("all hashes are computed anew, and " + notes.size()
                    + " checkpoints signed anew with the ledger's own key.");
            stage.line("Velmark's own check finds nothing: " + ledger.size()
                    + " entries, and every checkpoint fits them.");
        }
        stage.space();
    }

    /** Its last digest differs. */
    private static String changed(String leaf) {
        return leaf.substring(0, leaf.length() - 2) + (leaf.endsWith("0\n") ? "1\n" : "0\n");
    }

    private boolean stopped(Side side) {
        return side.register().trafficStops().stream().map(TrafficStop::peer).anyMatch(liar.gateway()::equals);
    }

    private void tell(Side seen) {
        List<HeldNote> notes = seen.ledgerbook().peerNotes(liar.gateway(), ALL);
        new Figure(liar.gateway() + ", rewritten", witness.gateway() + ", not touched")
                .right("holds, signed: " + newest(notes, true))
                .toRight("signed: " + newest(notes, false))
                .right("EMB-4003: the one does not continue the other")
                .right("traffic with " + liar.gateway() + " stopped, both notes kept as proof")
                .toLeft("both signed notes")
                .left("EMB-4008: stands still, and does not start again")
                .lines()
                .forEach(stage::line);
        stage.space();
        stage.repeat("./embassage status --home " + witness.home());
        stage.repeat("./embassage ledger verify --home " + liar.home());
    }

    private void tellOfStandstill(Side seen) {
        new Figure(liar.gateway() + ", rewritten", witness.gateway() + ", not touched")
                .right("holds, signed: " + newest(seen.ledgerbook().peerNotes(liar.gateway(), ALL), true))
                .toLeft("the note that it signed before")
                .left("EMB-4008: its own software stands still, and does not start again")
                .lines()
                .forEach(stage::line);
        stage.space();
        stage.repeat("./embassage ledger verify --home " + liar.home());
    }

    /** The greatest checkpoint that was found to continue the ones before, or not to, in words. */
    private static String newest(List<HeldNote> notes, boolean consistent) {
        return notes.stream()
                .filter(note -> note.consistent() == consistent)
                .max(Comparator.comparingLong(HeldNote::size))
                .flatMap(note -> Checkpoint.unverified(note.note()))
                .map(checkpoint -> checkpoint.size() + " entries, root "
                        + checkpoint.root().hex().substring(0, SHOWN_DIGITS))
                .orElse("nothing");
    }

    private static List<Path> alarms(HomePlan plan, String ending) {
        return Trees.files(plan.home().resolve("data").resolve("ledger").resolve("alarms"), ending);
    }

    private boolean alive() {
        return children.stream().allMatch(ChildGateway::alive);
    }

    /** Stops both. */
    @Override
    public void close() {
        children.parallelStream().forEach(ChildGateway::close);
        children.clear();
    }
}
