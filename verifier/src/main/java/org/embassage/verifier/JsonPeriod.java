package org.embassage.verifier;

import java.util.List;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.bundle.Completeness.Pair;
import org.embassage.evidence.bundle.Completeness.Range;
import org.embassage.evidence.verify.JudgedPeriod;

/** What is stated to be complete, for programs. */
final class JsonPeriod {

    private JsonPeriod() {}

    /** The statement of one bundle. */
    static void write(JsonWriter json, JudgedPeriod period) {
        Completeness of = period.statement();
        json.object(() -> {
            json.member("gateway", of.gateway().toString());
            json.member("origin", of.origin());
            json.member("from", of.from());
            json.member("to", of.to());
            json.member("size", period.size());
            json.member("root", period.root().hex());
            json.member("scope", of.scope().text());
            of.since().ifPresent(time -> json.member("since", time.toString()));
            of.until().ifPresent(time -> json.member("until", time.toString()));
            json.member("part", of.part());
            json.member("parts", of.parts());
            json.member("receipts", period.receipts());
            json.member("others", period.others());
            json.member("before", period.before().size());
            json.member("hidden", period.hidden());
            json.array("pairs", of.pairs(), pair -> pair(json, pair));
        });
    }

    private static void pair(JsonWriter json, Pair pair) {
        json.object(() -> {
            json.member("sender", pair.sender().toString());
            json.member("recipient", pair.recipient().toString());
            json.member("first", pair.numbers().first());
            json.member("last", pair.numbers().last());
            json.member("holes", ranges(pair.holes()));
            json.member("elsewhere", ranges(pair.elsewhere()));
        });
    }

    /** As {@code 40-44}. */
    private static List<String> ranges(List<Range> ranges) {
        return ranges.stream().map(range -> range.first() + "-" + range.last()).toList();
    }

    /** An export of several bundles. */
    static void write(JsonWriter json, Parts.Result result) {
        json.object(() -> {
            json.member("gateway", result.export().gateway().toString());
            json.member("origin", result.export().origin());
            json.member("size", result.export().size());
            json.member("scope", result.export().scope());
            json.member("parts", result.export().parts());
            json.member(
                    "missing", result.missing().stream().map(Object::toString).toList());
            json.member("verdict", result.verdict().words());
            json.member("sentence", result.sentence());
        });
    }
}
