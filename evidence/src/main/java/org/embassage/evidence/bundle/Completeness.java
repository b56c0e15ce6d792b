package org.embassage.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerSlice;

/**
 * The exporter's statement that nothing which it entered into a stretch of its ledger is missing from the bundle. The
 * {@link LedgerSlice} beside it shows the stretch; check 24 compares the two with the receipts. There is one way to write
 * it, and only what is written that way is read.
 *
 * <pre>
 * embassage-completeness/v1
 * gateway QVL-BG
 * origin QVL-BG/receipts/1
 * entries 120 to 480                  the first, and the one behind the last
 * scope all                           all | peer QOS-POL | agreement QVL-QOS-2031-01 | query
 * since 2031-05-01T00:00:00Z          the times that were asked for; may be absent
 * until 2031-06-01T00:00:00Z
 * part 1 of 3
 * pair QVL-BG QOS-POL 17 90           sequence numbers of this direction that the bundle is about
 * hole QVL-BG QOS-POL 33 33           numbers of which the exporter has nothing, and says so
 * elsewhere QVL-BG QOS-POL 40 44      numbers of exchanges outside the scope, or before or behind the stretch
 * </pre>
 *
 * @param gateway the exporter, whose ledger it is
 * @param origin of the ledger
 * @param from index of the first entry
 * @param to index behind the last one
 * @param scope what of the ledger was asked for
 * @param since from when on, UTC, whole seconds; nothing proves which entries fall into the time
 * @param until until when
 * @param part from 1
 * @param parts how many bundles the export has
 * @param pairs the directions, ordered by sender and recipient
 */
public record Completeness(
        GatewayId gateway,
        String origin,
        long from,
        long to,
        Scope scope,
        Optional<Instant> since,
        Optional<Instant> until,
        int part,
        int parts,
        List<Pair> pairs) {

    /** The most lines that a statement has. */
    public static final int MAX_LINES = 100_000;

    private static final String MAGIC = "embassage-completeness/v1";
    private static final Pattern ENTRIES = Pattern.compile("entries (0|[1-9][0-9]{0,17}) to ([1-9][0-9]{0,17})");
    private static final Pattern PART = Pattern.compile("part ([1-9][0-9]{0,3}) of ([1-9][0-9]{0,3})");
    private static final String ID = "([A-Z]{3}-[A-Z0-9]{1,16})";
    private static final String NUMBER = "([1-9][0-9]{0,17})";
    private static final Pattern NUMBERS =
            Pattern.compile("(pair|hole|elsewhere) " + ID + " " + ID + " " + NUMBER + " " + NUMBER);

    public Completeness {
        since = since.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        until = until.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
        pairs = List.copyOf(pairs);
        require(from >= 0 && from < to, "a statement is about a stretch of a ledger");
        require(origin.matches("[A-Z]{3}-[A-Z0-9]{1,16}/receipts/[A-Za-z0-9]{1,20}"), "not the origin of a ledger");
        require(origin.startsWith(gateway + "/"), "a gateway speaks of its own ledger");
        require(part >= 1 && part <= parts && parts <= 9999, "a part is one of all parts");
        for (Pair pair : pairs) {
            boolean own = pair.sender().equals(gateway) != pair.recipient().equals(gateway);
            require(own, "a gateway speaks of its own exchanges");
        }
        for (int i = 1; i < pairs.size(); i++) {
            require(pairs.get(i - 1).compareTo(pairs.get(i)) < 0, "pairs are in order, and none is there twice");
        }
    }

    /** What was asked for. */
    public sealed interface Scope {

        /** All that the gateway entered: no entry may be hidden. */
        record All() implements Scope {}

        /** What concerns one peer. */
        record Peer(GatewayId peer) implements Scope {}

        /** What went under one agreement, in any of its versions. */
        record Agreement(String id) implements Scope {
            public Agreement {
                require(id.matches("[A-Z0-9][A-Z0-9-]{0,63}"), "not the id of an agreement");
            }
        }

        /** What fits another question. */
        record Query() implements Scope {}

        /** As the statement writes it. */
        default String text() {
            if (this instanceof Peer of) {
                return "peer " + of.peer();
            }
            if (this instanceof Agreement under) {
                return "agreement " + under.id();
            }
            return this instanceof All ? "all" : "query";
        }

        private static Scope parse(String text) {
            if (text.startsWith("peer ")) {
                return new Peer(new GatewayId(text.substring(5)));
            }
            if (text.startsWith("agreement ")) {
                return new Agreement(text.substring(10));
            }
            return text.equals("all") ? new All() : new Query();
        }
    }

    /** Consecutive sequence numbers, both ends included, from 1. */
    public record Range(long first, long last) implements Comparable<Range> {
        public Range {
            require(first >= 1 && first <= last, "a range goes upwards from 1");
        }

        @Override
        public int compareTo(Range other) {
            return Long.compare(first, other.first);
        }
    }

    /**
     * The sequence numbers of one direction between two gateways.
     *
     * @param numbers those that the statement is about
     * @param holes of these, the numbers of which the exporter has nothing
     * @param elsewhere of these, the numbers of exchanges outside the scope, or before or behind the stretch: the exporter's
     *     word
     */
    public record Pair(GatewayId sender, GatewayId recipient, Range numbers, List<Range> holes, List<Range> elsewhere)
            implements Comparable<Pair> {

        public Pair {
            holes = List.copyOf(holes);
            elsewhere = List.copyOf(elsewhere);
            apart(holes, numbers);
            apart(elsewhere, numbers);
            List<Range> both = new ArrayList<>(holes);
            both.addAll(elsewhere);
            both.sort(null);
            for (int i = 1; i < both.size(); i++) {
                require(both.get(i - 1).last() < both.get(i).first(), "a number is a hole or elsewhere, not both");
            }
        }

        private static void apart(List<Range> ranges, Range within) {
            for (int i = 0; i < ranges.size(); i++) {
                Range range = ranges.get(i);
                require(range.first() >= within.first() && range.last() <= within.last(), "not a number of the pair");
                require(i == 0 || ranges.get(i - 1).last() + 1 < range.first(), "ranges are in order and apart");
            }
        }

        @Override
        public int compareTo(Pair other) {
            int bySender = sender.compareTo(other.sender);
            return bySender != 0 ? bySender : recipient.compareTo(other.recipient);
        }
    }

    /** A statement about a slice of the exporter's own ledger; as it is, about all of it, as the only part. */
    public static Builder about(LedgerSlice slice) {
        return new Builder(slice.origin(), slice.from(), slice.to());
    }

    /** Gathers what a statement says. Numbers may be told in any order and more than once. Not thread-safe. */
    public static final class Builder {
        private final String origin;
        private final long from;
        private final long to;
        private Scope scope = new Scope.All();
        private Optional<Instant> since = Optional.empty();
        private Optional<Instant> until = Optional.empty();
        private int part = 1;
        private int parts = 1;
        private final SortedMap<Direction, Numbers> pairs = new TreeMap<>();

        private Builder(String origin, long from, long to) {
            this.origin = origin;
            this.from = from;
            this.to = to;
        }

        private record Direction(GatewayId sender, GatewayId recipient) implements Comparable<Direction> {
            @Override
            public int compareTo(Direction other) {
                int bySender = sender.compareTo(other.sender);
                return bySender != 0 ? bySender : recipient.compareTo(other.recipient);
            }
        }

        private static final class Numbers {
            private Optional<Range> range = Optional.empty();
            private final SortedSet<Long> holes = new TreeSet<>();
            private final SortedSet<Long> elsewhere = new TreeSet<>();
        }

        /** What was asked for. */
        public Builder scope(Scope asked) {
            scope = asked;
            return this;
        }

        /** The first instant that was asked for, UTC; written in whole seconds. */
        public Builder since(Instant first) {
            since = Optional.of(first);
            return this;
        }

        /** The instant behind the last that was asked for. */
        public Builder until(Instant end) {
            until = Optional.of(end);
            return this;
        }

        /** Which of the export's bundles this is; both from 1. */
        public Builder part(int number, int of) {
            part = number;
            parts = of;
            return this;
        }

        /** The sequence numbers of a direction that the bundle is about; to be told once for each direction. */
        public Builder pair(GatewayId sender, GatewayId recipient, long first, long last) {
            numbers(sender, recipient).range = Optional.of(new Range(first, last));
            return this;
        }

        /** A number of which the exporter has nothing. */
        public Builder hole(GatewayId sender, GatewayId recipient, long number) {
            numbers(sender, recipient).holes.add(number);
            return this;
        }

        /** A number of an exchange outside the scope, or before or behind the slice. */
        public Builder elsewhere(GatewayId sender, GatewayId recipient, long number) {
            numbers(sender, recipient).elsewhere.add(number);
            return this;
        }

        private Numbers numbers(GatewayId sender, GatewayId recipient) {
            return pairs.computeIfAbsent(new Direction(sender, recipient), direction -> new Numbers());
        }

        /** @throws IllegalArgumentException if a number is told of a direction without a range, or outside it */
        public Completeness build() {
            List<Pair> all = new ArrayList<>();
            pairs.forEach((direction, numbers) -> all.add(new Pair(
                    direction.sender(),
                    direction.recipient(),
                    numbers.range.orElseThrow(() -> new IllegalArgumentException("a pair without its numbers")),
                    ranges(numbers.holes),
                    ranges(numbers.elsewhere))));
            GatewayId gateway = new GatewayId(origin.substring(0, origin.indexOf('/')));
            return new Completeness(gateway, origin, from, to, scope, since, until, part, parts, all);
        }

        private static List<Range> ranges(SortedSet<Long> numbers) {
            List<Range> ranges = new ArrayList<>();
            for (long number : numbers) {
                int last = ranges.size() - 1;
                if (last >= 0 && ranges.get(last).last() + 1 == number) {
                    ranges.set(last, new Range(ranges.get(last).first(), number));
                } else {
                    ranges.add(new Range(number, number));
                }
            }
            return ranges;
        }
    }

    /** UTF-8. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\ngateway ")
                .append(gateway)
                .append("\norigin ")
                .append(origin)
                .append("\nentries ")
                .append(from)
                .append(" to ")
                .append(to)
                .append("\nscope ")
                .append(scope.text())
                .append('\n');
        since.ifPresent(time -> text.append("since ").append(time).append('\n'));
        until.ifPresent(time -> text.append("until ").append(time).append('\n'));
        text.append("part ").append(part).append(" of ").append(parts).append('\n');
        for (Pair pair : pairs) {
            line(text, "pair", pair, pair.numbers());
            pair.holes().forEach(range -> line(text, "hole", pair, range));
            pair.elsewhere().forEach(range -> line(text, "elsewhere", pair, range));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String word, Pair pair, Range range) {
        text.append(word)
                .append(' ')
                .append(pair.sender())
                .append(' ')
                .append(pair.recipient())
                .append(' ')
                .append(range.first())
                .append(' ')
                .append(range.last())
                .append('\n');
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<Completeness> parse(byte[] octets) {
        List<String> lines = Arrays.asList(new String(octets, StandardCharsets.UTF_8).split("\n", MAX_LINES + 1));
        try {
            Completeness read = read(lines);
            return Arrays.equals(read.octets(), octets) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException | java.time.DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Completeness read(List<String> lines) {
        require(lines.size() >= 7 && lines.size() <= MAX_LINES, "not a statement");
        int at = 5;
        Optional<Instant> since = instant(lines.get(at), "since ");
        at += since.isPresent() ? 1 : 0;
        Optional<Instant> until = instant(lines.get(at), "until ");
        at += until.isPresent() ? 1 : 0;
        require(at < lines.size() - 1, "not a statement");
        var entries = ENTRIES.matcher(lines.get(3));
        var part = PART.matcher(lines.get(at));
        require(entries.matches() && part.matches(), "not a statement");
        return new Completeness(
                new GatewayId(value(lines.get(1), "gateway ")),
                value(lines.get(2), "origin "),
                Long.parseLong(entries.group(1)),
                Long.parseLong(entries.group(2)),
                Scope.parse(value(lines.get(4), "scope ")),
                since,
                until,
                Integer.parseInt(part.group(1)),
                Integer.parseInt(part.group(2)),
                pairs(lines.subList(at + 1, lines.size() - 1)));
    }

    private static List<Pair> pairs(List<String> lines) {
        List<Pair> pairs = new ArrayList<>();
        for (int at = 0; at < lines.size(); ) {
            Numbered pair = Numbered.of(lines.get(at++));
            require(pair.word().equals("pair"), "a number without its pair");
            List<Range> holes = new ArrayList<>();
            List<Range> elsewhere = new ArrayList<>();
            for (; at < lines.size() && !lines.get(at).startsWith("pair "); at++) {
                Numbered more = Numbered.of(lines.get(at));
                (more.word().equals("hole") ? holes : elsewhere).add(more.range());
            }
            pairs.add(new Pair(pair.sender(), pair.recipient(), pair.range(), holes, elsewhere));
        }
        return pairs;
    }

    /** A line about numbers; that it names its pair again is seen when the statement is written again. */
    private record Numbered(String word, GatewayId sender, GatewayId recipient, Range range) {
        static Numbered of(String line) {
            var parts = NUMBERS.matcher(line);
            require(parts.matches(), "not a line of a statement");
            return new Numbered(
                    parts.group(1),
                    new GatewayId(parts.group(2)),
                    new GatewayId(parts.group(3)),
                    new Range(Long.parseLong(parts.group(4)), Long.parseLong(parts.group(5))));
        }
    }

    private static Optional<Instant> instant(String line, String label) {
        return line.startsWith(label) ? Optional.of(Instant.parse(line.substring(label.length()))) : Optional.empty();
    }

    private static String value(String line, String label) {
        require(line.startsWith(label), "not a line of a statement");
        return line.substring(label.length());
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
