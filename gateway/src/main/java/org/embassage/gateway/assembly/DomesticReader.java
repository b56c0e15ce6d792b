package org.embassage.gateway.assembly;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Problem;
import org.embassage.translation.description.Loading;
import org.embassage.translation.feed.FeedDescription;
import org.embassage.translation.handover.HandOverDescription;

/** Reads the descriptions of feeds and of the hand-over format; all their problems are reported together. */
public final class DomesticReader {

    private DomesticReader() {}

    public static Outcome read(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        Map<FeedId, Feed> feeds = new HashMap<>();
        for (Path file : configuration.feeds()) {
            Optional<Feed> feed = loaded(FeedDescription.load(file), problems).map(FeedDescription::feed);
            if (feed.isPresent() && feeds.put(feed.get().id(), feed.get()) != null) {
                problems.add(new Problem(
                        file.toString(), 1, 1, "feed", "another file describes a feed of this name", "rename one"));
            }
        }
        Optional<HandOverFormat> format =
                loaded(HandOverDescription.load(configuration.handover().format()), problems);
        return problems.isEmpty()
                ? new Outcome.Read(new Domestic(feeds, format.orElseThrow()))
                : new Outcome.Unusable(problems);
    }

    private static <T> Optional<T> loaded(Loading<T> loading, List<Problem> problems) {
        return loading.fold(Optional::of, found -> {
            found.forEach(problem ->
                    problems.add(new Problem(problem.file(), 1, 1, problem.key(), problem.what(), problem.remedy())));
            return Optional.empty();
        });
    }

    /** What reading found. */
    public sealed interface Outcome {
        record Read(Domestic domestic) implements Outcome {}

        record Unusable(List<Problem> problems) implements Outcome {
            public Unusable {
                problems = List.copyOf(problems);
            }
        }

        default <T> T fold(Function<Domestic, T> good, Function<List<Problem>, T> bad) {
            return this instanceof Read read ? good.apply(read.domestic()) : bad.apply(((Unusable) this).problems());
        }
    }
}
