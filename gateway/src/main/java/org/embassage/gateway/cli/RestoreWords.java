package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Restorebook;
import org.embassage.exchange.journal.Restorebook.Copy;
import org.embassage.exchange.journal.Restorebook.Told;

/** How far a gateway has come that was put back from a backup, in words and as JSON. */
final class RestoreWords {

    private RestoreWords() {}

    /** Nothing for a gateway that was not, or that goes on already. */
    static List<String> lines(Books books) {
        Restorebook restores = books.restorebook();
        Optional<Copy> copy = restores.copied();
        List<String> lines = new ArrayList<>();
        if (copy.isPresent()) {
            lines.add("RESTORED from the backup of " + Words.time(copy.get().at()) + ": it neither sends nor receives");
            for (Told told : restores.told()) {
                if (!told.peer().equals(books.configuration().gateway())) {
                    lines.add("  " + told.peer() + " holds "
                            + told.note()
                                    .flatMap(Checkpoint::unverified)
                                    .map(held -> held.size() + " leaves of our ledger")
                                    .orElse("nothing of our ledger"));
                }
            }
            lines.add("  our backup has " + books.ledgerbook().size());
        }
        return lines;
    }

    static Optional<String> need(Books books) {
        return books.restorebook()
                .copied()
                .map(copy -> FaultCode.LEDGER_RESTORED.code() + " " + FaultCode.LEDGER_RESTORED.nextStep());
    }

    static void json(Books books, ObjectNode object) {
        books.restorebook().copied().ifPresent(copy -> {
            ObjectNode restored = object.putObject("restored");
            restored.put("backup", copy.backup()).put("at", copy.at().toString());
            var told = restored.putArray("told");
            for (Told one : books.restorebook().told()) {
                if (!one.peer().equals(books.configuration().gateway())) {
                    told.addObject()
                            .put("peer", one.peer().value())
                            .put(
                                    "holds",
                                    one.note()
                                            .flatMap(Checkpoint::unverified)
                                            .map(Checkpoint::size)
                                            .orElse(0L));
                }
            }
        });
    }
}
