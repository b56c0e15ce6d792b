package org.embassage.gateway.cli;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Epoch;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.port.KeyUse;
import org.embassage.gateway.evidence.OwnLedger;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;

/** {@code ledger status}, {@code ledger verify} and {@code ledger proof}. */
@Command(
        name = "ledger",
        description =
                "Show this gateway's ledger, check it from its first leaf, export it, show what accuses a peer, or go on after a"
                        + " restore.",
        subcommands = {
            LedgerCommand.Status.class,
            LedgerCommand.Verify.class,
            LedgerReconcileCommand.class,
            LedgerExportCommand.class,
            LedgerProofCommand.class
        })
@Examples({"ledger status", "ledger verify", "ledger export ledger-of-qvl", "ledger proof --list"})
final class LedgerCommand extends BaseCommand {

    private static final int ALL = Integer.MAX_VALUE;

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "ledger needs a word more", "try `embassage ledger status`");
    }

    /** {@code ledger status}. */
    @Command(name = "status", description = "Show the ledger's size, its newest checkpoint, and who witnesses it.")
    @Examples({"ledger status --home qvl", "ledger status --json"})
    static final class Status extends BooksCommand {

        @Override
        int read(Books books, Terminal terminal) {
            Instant now = Clock.systemUTC().instant();
            long size = books.ledgerbook().size();
            long covered =
                    books.ledgerbook().newestCheckpoint().map(HeldNote::size).orElse(0L);
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                object.put("size", size);
                object.put("checkpoint", covered);
                books.ledgerbook().newestCheckpoint().ifPresent(note -> object.put("note", note.note()));
                terminal.print(Json.text(object));
                return ExitCode.OK;
            }
            List<Epoch> epochs = books.ledgerbook().epochs();
            if (epochs.size() > 1) {
                terminal.print("epoch       " + epochs.get(epochs.size() - 1).origin() + ", which follows "
                        + epochs.get(epochs.size() - 2).origin());
            }
            RestoreWords.lines(books).forEach(terminal::print);
            terminal.print("leaves      " + size);
            terminal.print("checkpoint  "
                    + books.ledgerbook()
                            .newestCheckpoint()
                            .map(note -> "over " + note.size() + ", " + Words.age(note.at(), now) + " ago, root "
                                    + Checkpoint.unverified(note.note())
                                            .map(checkpoint -> checkpoint.root().hex())
                                            .orElse("?"))
                            .orElse("none yet"));
            terminal.print("not covered " + (size - covered)
                    + " leaves; they are covered, and told to the peers, by the next checkpoint");
            return ExitCode.OK;
        }
    }

    /** {@code ledger verify}. */
    @Command(
            name = "verify",
            description =
                    "Build the tree anew from all leaves and hold every checkpoint that was ever signed against it.")
    @Examples({"ledger verify --home qvl", "ledger verify --json"})
    static final class Verify extends BooksCommand {

        @Override
        int read(Books books, Terminal terminal) {
            Ledgerbook newest = books.ledgerbook();
            Progress progress = new Progress(terminal, "leaves", newest.first() + newest.size());
            List<String> findings = new ArrayList<>();
            long size = 0;
            int checkpoints = 0;
            for (Epoch epoch : newest.epochs()) {
                Ledgerbook book = newest.of(epoch);
                long before = size;
                List<HeldNote> signed = book.checkpoints(ALL);
                checkpoints += signed.size();
                try {
                    OwnLedger ledger = OwnLedger.build(book, done -> progress.at(before + done));
                    size += ledger.size();
                    check(books, ledger, epoch, signed, findings);
                } catch (Broken damaged) {
                    if (damaged.fault() != FaultCode.LEDGER_DAMAGED) {
                        throw damaged;
                    }
                    findings.add(
                            "a stored leaf of " + epoch.origin() + " does not have the hash that is stored beside it");
                }
            }
            progress.end();
            return report(terminal, size, checkpoints, findings);
        }

        private static void check(
                Books books, OwnLedger ledger, Epoch epoch, List<HeldNote> signed, List<String> findings) {
            for (HeldNote note : signed) {
                if (note.size() <= ledger.size() && !fits(books, ledger, note)) {
                    findings.add("the checkpoint over " + note.size() + " leaves, signed " + Words.time(note.at())
                            + ", does not fit the leaves");
                }
            }
            boolean bound = epoch.beginning()
                    .map(text -> EpochBeginning.parse(text)
                            .map(EpochBeginning::leaf)
                            .equals(books.ledgerbook().of(epoch).leaves(0, 1).stream()
                                    .map(LedgerLeaf::new)
                                    .findFirst()))
                    .orElse(true);
            if (!bound || !ledger.origin().equals(epoch.origin())) {
                findings.add("the first leaf of " + epoch.origin() + " does not bind how it followed the epoch before");
            }
        }

        private static boolean fits(Books books, OwnLedger ledger, HeldNote note) {
            return books.keys().all(KeyUse.LEDGER).stream()
                    .map(entry -> entry.certificate().getPublicKey())
                    .map((PublicKey key) -> NoteVerifier.of(ledger.origin(), key))
                    .anyMatch(verifier -> ledger.fits(note, verifier));
        }

        private int report(Terminal terminal, long size, int checkpoints, List<String> findings) {
            int exit = findings.isEmpty() ? ExitCode.OK : ExitCode.INTEGRITY_ALARM;
            if (json()) {
                var object = Json.verdict(exit);
                object.put("size", size);
                object.put("checkpoints", checkpoints);
                findings.forEach(object.putArray("findings")::add);
                terminal.print(Json.text(object));
                return exit;
            }
            findings.forEach(finding -> terminal.print("FAIL  " + finding));
            if (findings.isEmpty()) {
                terminal.print("PASS  " + size + " leaves; all " + checkpoints + " checkpoints fit them");
            } else {
                terminal.say(terminal.bad("alarm: ") + FaultCode.LEDGER_DAMAGED.nextStep());
            }
            return exit;
        }
    }
}
