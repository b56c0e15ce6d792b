package org.embassage.gateway.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.gateway.evidence.Question;
import org.embassage.gateway.evidence.Question.Side;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which evidence is chosen, and the question that they ask. */
final class AskedOptions {

    private static final int LONGEST = 200;

    @Option(names = "--exchange", paramLabel = "ID", description = "One exchange; goes with no other choice.")
    private @Nullable String exchange;

    @Option(names = "--all", description = "Everything, or everything of the period.")
    private boolean all;

    @Option(names = "--peer", paramLabel = "GATEWAY", description = "With this peer.")
    private @Nullable String peer;

    @Option(names = "--agreement", paramLabel = "ID", description = "Under this agreement, any version.")
    private @Nullable String agreement;

    @Option(names = "--kind", paramLabel = "KIND", description = "Exchanges of this kind, as in PersonAlert.")
    private @Nullable String kind;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Exchanges in this state, as `exchange list` names it, for example refused.")
    private @Nullable String state;

    @Option(
            names = "--month",
            paramLabel = "YYYY-MM",
            description = "What this gateway entered into its ledger in this month, UTC.")
    private @Nullable String month;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "What it entered from then on: 2031-05-01, or 2031-05-01T08:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "What it entered before then, likewise.")
    private @Nullable String to;

    @Option(names = "--sent", description = "Only what this gateway sent.")
    private boolean sent;

    @Option(names = "--received", description = "Only what peers sent to it.")
    private boolean received;

    @Option(names = "--both", description = "What it sent and what it received; so if none of the three is named.")
    private boolean both;

    /** @throws Stop USAGE if the options do not make a question */
    Question question() {
        if (Stream.of(sent, received, both).filter(given -> given).count() > 1) {
            throw usage("--sent, --received and --both exclude each other", "name one of them");
        }
        if (exchange != null) {
            if (narrowed() || all || sent || received || both) {
                throw usage("--exchange goes with no other choice", "leave out the other options");
            }
            return Question.of(Ids.exchange(exchange));
        }
        if (!all && !narrowed()) {
            throw usage(
                    "nothing says which exchanges are wanted",
                    "name --exchange, --peer, --agreement, --kind, --state or a period, or ask for --all");
        }
        if (all && (peer != null || agreement != null || kind != null || state != null)) {
            throw usage("--all goes with a period alone", "leave out --all, or the other choices");
        }
        return printable(asked());
    }

    private boolean narrowed() {
        return Stream.of(peer, agreement, kind, state, month, from, to).anyMatch(given -> given != null);
    }

    private Question asked() {
        Optional<Instant> begin = Optional.ofNullable(from).map(AskedOptions::time);
        Optional<Instant> end = Optional.ofNullable(to).map(AskedOptions::time);
        if (month != null) {
            if (begin.isPresent() || end.isPresent()) {
                throw usage("--month is a period of its own", "leave out --from and --to");
            }
            YearMonth named = month(month);
            begin = Optional.of(start(named.atDay(1)));
            end = Optional.of(start(named.plusMonths(1).atDay(1)));
        }
        if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
            throw usage("the period ends before it begins", "--to is the first time that is not meant any more");
        }
        return new Question(
                Optional.empty(),
                side(),
                Optional.ofNullable(peer).map(Ids::gateway),
                Optional.ofNullable(agreement)
                        .map(id -> shaped(
                                id,
                                "[A-Z0-9][A-Z0-9-]{0,63}",
                                "that is no agreement's id",
                                "write it as in QVL-QOS-2031-01")),
                Optional.ofNullable(kind)
                        .map(word -> shaped(
                                word, "[A-Z][A-Za-z0-9]{0,63}", "that is no kind", "write it as in PersonAlert")),
                Optional.ofNullable(state).map(AskedOptions::state),
                begin,
                end);
    }

    private Side side() {
        if (received) {
            return Side.RECEIVED;
        }
        return sent ? Side.SENT : Side.BOTH;
    }

    private static String state(String text) {
        String name = text.toUpperCase(Locale.ROOT).replace('-', '_');
        boolean known = Stream.concat(Stream.of(ExchangeState.values()), Stream.of(InboxState.values()))
                .anyMatch(value -> value.name().equals(name));
        if (!known) {
            throw usage("no exchange is ever in that state", "`embassage status` names the states");
        }
        return name;
    }

    private static String shaped(String text, String shape, String problem, String next) {
        if (!text.matches(shape)) {
            throw usage(problem, next);
        }
        return text;
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException unreadable) {
            throw usage("that is no month", "write it as in 2031-05");
        }
    }

    private static Instant time(String text) {
        try {
            return text.length() == 10 ? start(LocalDate.parse(text)) : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            throw usage("that is no time", "write it as in 2031-05-01 or 2031-05-01T08:00:00Z");
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** A bundle says in a line what was asked. */
    private static Question printable(Question question) {
        if (question.text().length() > LONGEST) {
            throw usage("too much is asked at once", "leave out one of the conditions");
        }
        return question;
    }

    private static Stop usage(String sentence, String next) {
        return new Stop(ExitCode.USAGE, sentence, next);
    }
}
