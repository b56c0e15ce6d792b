package org.embassage.translation;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.SharedSchema;

/** Asks a feed for what the tests look at. */
public final class Outcomes {

    private Outcomes() {}

    public static List<RecordSlice> slices(Feed feed, byte[] drop) {
        return feed.slice(drop).fold(Feed.Slicing.Sliced::records, bad -> {
            throw new AssertionError("refused: " + bad);
        });
    }

    /** Why a drop is refused; fails if it is not. */
    public static FaultCode refusal(Feed feed, byte[] drop) {
        return feed.slice(drop)
                .fold(
                        good -> {
                            throw new AssertionError("not refused");
                        },
                        bad -> bad.fault().code());
    }

    /** Code and field of each record, or {@code good}. */
    public static List<String> verdicts(Feed feed, byte[] drop) {
        return slices(feed, drop).stream()
                .map(slice -> feed.translate(slice).fold(good -> "good", bad -> verdict(bad.fault())))
                .toList();
    }

    private static String verdict(Fault fault) {
        return fault.code() + fault.field().map(field -> " " + field).orElse("");
    }

    /** The only record's document, which must be valid. */
    public static String document(Feed feed, byte[] drop) {
        RecordSlice only = slices(feed, drop).get(0);
        Draft draft = feed.translate(only).fold(Feed.Translation.Translated::draft, bad -> {
            throw new AssertionError(verdict(bad.fault()));
        });
        String text = new String(draft.document(), StandardCharsets.UTF_8);
        Optional<String> invalid = SharedSchema.validateDocument(draft.document()).violations().stream()
                .map(Object::toString)
                .findFirst();
        if (invalid.isPresent()) {
            throw new AssertionError(invalid.get() + "\n" + text);
        }
        return text;
    }
}
