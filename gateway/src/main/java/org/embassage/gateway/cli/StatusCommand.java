package org.embassage.gateway.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Erasurebook.Counts;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.OutboxCount;
import org.embassage.exchange.keep.StampGrace;
import org.embassage.exchange.keep.StampState;
import org.embassage.exchange.ledger.LedgerState;
import org.embassage.gateway.assembly.DiskFloors;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;

/** {@code status}. */
@Command(name = "status", description = "Show what moved, what waits, and what needs a person.")
@Examples({"status --home qvl", "status --json"})
final class StatusCommand extends BooksCommand {

    @Override
    int read(Books books, Terminal terminal) {
        Register register = books.register();
        Instant now = clock().instant();
        Map<ExchangeState, Long> sent = register.exchangeCounts();
        Map<InboxState, Long> received = register.inboxCounts();
        List<OutboxCount> waiting = register.outboxCounts();
        long quarantined = register.quarantineWaiting().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        StampState stamps = new StampGrace(
                        books.configuration().stampPlan(), books.stampbook(), books.ledgerbook(), clock())
                .state();
        List<String> needs = needs(sent, received, quarantined);
        needs.addAll(LinkWords.needs(register.links(), now));
        DomesticWords domestic = DomesticWords.of(books, now);
        needs.addAll(domestic.needs(now));
        GapWords gaps = GapWords.of(books, now);
        needs.addAll(gaps.needs());
        DiskFloors.of(books.configuration(), clock())
                .low()
                .forEach(volume -> needs.add("the volume of " + volume.name().toLowerCase(java.util.Locale.ROOT)
                        + " has less free space than its floor (" + FaultCode.DISK_FLOOR.code()
                        + "): free some; what waits goes on by itself"));
        List<String> restored = RestoreWords.lines(books);
        RestoreWords.need(books).ifPresent(need -> needs.add(0, need));
        StampWords.need(stamps, now).ifPresent(needs::add);
        Optional<LedgerState> ledger = WitnessWords.state(books);
        ledger.ifPresent(state -> needs.addAll(WitnessWords.needs(state, now)));
        if (json()) {
            json(books, terminal, sent, received, waiting, quarantined, stamps, ledger, domestic, gaps, needs);
        } else {
            restored.forEach(terminal::print);
            text(books, terminal, sent, received, waiting, quarantined, stamps, ledger, domestic, needs, now);
        }
        return exit(books);
    }

    /** A gateway that was put back and stands still is an alarm; whoever watches the exit code sees it. */
    private static int exit(Books books) {
        return books.restorebook().copied().isPresent() ? ExitCode.INTEGRITY_ALARM : ExitCode.OK;
    }

    private static List<String> needs(Map<ExchangeState, Long> sent, Map<InboxState, Long> received, long quarantined) {
        List<String> needs = new ArrayList<>();
        if (quarantined > 0) {
            needs.add(quarantined + " in quarantine: `embassage quarantine list`");
        }
        long given = sent.getOrDefault(ExchangeState.RELAY_FAILED, 0L)
                + sent.getOrDefault(ExchangeState.HANDOVER_FAILED, 0L)
                + sent.getOrDefault(ExchangeState.REFUSED, 0L);
        if (given > 0) {
            needs.add(given + " sent that did not arrive: `embassage exchange list --state refused`,"
                    + " relay_failed or handover_failed");
        }
        if (received.getOrDefault(InboxState.HELD, 0L) > 0) {
            needs.add(received.get(InboxState.HELD) + " received that wait for a person: `embassage quarantine list`");
        }
        return needs;
    }

    private static void text(
            Books books,
            Terminal terminal,
            Map<ExchangeState, Long> sent,
            Map<InboxState, Long> received,
            List<OutboxCount> waiting,
            long quarantined,
            StampState stamps,
            Optional<LedgerState> witnesses,
            DomesticWords domestic,
            List<String> needs,
            Instant now) {
        terminal.print(books.configuration().gateway() + " ("
                + books.configuration().profile().name().toLowerCase(java.util.Locale.ROOT) + ")");
        for (ExchangeState state : ExchangeState.values()) {
            line(terminal, "sent", sent.getOrDefault(state, 0L), Words.state(state));
        }
        for (InboxState state : InboxState.values()) {
            line(terminal, "received", received.getOrDefault(state, 0L), Words.state(state));
        }
        for (OutboxCount count : waiting) {
            line(
                    terminal,
                    "waiting",
                    count.waiting(),
                    count.kind().name().toLowerCase(java.util.Locale.ROOT) + " for " + count.peer() + " by "
                            + count.transport() + ", oldest " + Words.age(count.oldest(), now));
        }
        LinkWords.lines(books.register().links(), now).forEach(terminal::print);
        domestic.lines(now).forEach(terminal::print);
        line(terminal, "quarantine", quarantined, "not decided yet");
        terminal.print(String.format(
                "%-10s %6d  leaves; %s",
                "ledger",
                books.ledgerbook().size(),
                books.ledgerbook()
                        .newestCheckpoint()
                        .map(note ->
                                "newest checkpoint over " + note.size() + ", " + Words.age(note.at(), now) + " ago")
                        .orElse("no checkpoint yet")));
        witnesses.ifPresent(state -> WitnessWords.lines(state, now).forEach(terminal::print));
        terminal.print("time-stamping: " + StampWords.sentence(stamps, now));
        Counts erased = books.erasurebook().counts();
        line(terminal, "erased", erased.erased(), "contents; " + erased.waiting() + " wait for the end of their epoch");
        if (needs.isEmpty()) {
            terminal.say(terminal.good("nothing needs a person"));
        } else {
            needs.forEach(need -> terminal.say(terminal.bad("needs you: ") + need));
        }
    }

    private static void line(Terminal terminal, String what, long count, String words) {
        if (count > 0) {
            terminal.print(String.format("%-10s %6d  %s", what, count, words));
        }
    }

    private static void json(
            Books books,
            Terminal terminal,
            Map<ExchangeState, Long> sent,
            Map<InboxState, Long> received,
            List<OutboxCount> waiting,
            long quarantined,
            StampState stamps,
            Optional<LedgerState> witnesses,
            DomesticWords domestic,
            GapWords gaps,
            List<String> needs) {
        var object = Json.verdict(exit(books));
        RestoreWords.json(books, object);
        object.put("gateway", books.configuration().gateway().value());
        object.put("profile", books.configuration().profile().name());
        var exchanges = object.putObject("sent");
        for (ExchangeState state : ExchangeState.values()) {
            exchanges.put(state.name(), sent.getOrDefault(state, 0L));
        }
        var inbox = object.putObject("received");
        for (InboxState state : InboxState.values()) {
            inbox.put(state.name(), received.getOrDefault(state, 0L));
        }
        var outbox = object.putArray("waiting");
        for (OutboxCount count : waiting) {
            outbox.addObject()
                    .put("peer", count.peer().value())
                    .put("item", count.kind().name())
                    .put("transport", count.transport().name())
                    .put("count", count.waiting())
                    .put("oldest", count.oldest().toString());
        }
        LinkWords.json(books.register().links(), object.putArray("links"));
        domestic.json(object);
        gaps.json(object.putArray("gaps"));
        object.put("quarantine", quarantined);
        Counts erased = books.erasurebook().counts();
        object.putObject("erased").put("contents", erased.erased()).put("waiting", erased.waiting());
        var ledger = object.putObject("ledger");
        ledger.put("size", books.ledgerbook().size());
        books.ledgerbook()
                .newestCheckpoint()
                .ifPresent(note -> ledger.put("checkpoint", note.size())
                        .put("checkpointAt", note.at().toString()));
        witnesses.ifPresent(state -> WitnessWords.json(state, ledger));
        var time = object.putObject("timeStamping");
        time.put("mode", stamps.mode().name());
        time.put("condition", stamps.condition().name());
        stamps.since().ifPresent(since -> time.put("waitingSince", since.toString()));
        stamps.ends().ifPresent(ends -> time.put("graceEnds", ends.toString()));
        stamps.anchor().ifPresent(anchor -> time.put("anchorAt", anchor.toString()));
        needs.forEach(object.putArray("needs")::add);
        terminal.print(Json.text(object));
    }
}
