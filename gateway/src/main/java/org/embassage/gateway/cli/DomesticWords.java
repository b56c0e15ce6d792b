package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.gateway.assembly.DomesticReader;
import org.embassage.gateway.config.Configuration;
import org.embassage.routes.folder.DropFolders;
import org.embassage.routes.folder.HandoverFolder;

/** What {@code status} says of the domestic side: drops on their way in, records on their way out, and the folders. */
final class DomesticWords {

    private static final int MOST = 1000;
    private static final Duration LONG = Duration.ofMinutes(2);

    private final List<DropView> open;
    private final List<DropView> withoutFeed;
    private final long unread;
    private final long waiting;
    private final Optional<Instant> oldestWaiting;
    private final Optional<FaultCode> folder;

    private DomesticWords(
            List<DropView> open,
            List<DropView> withoutFeed,
            long unread,
            long waiting,
            Optional<Instant> oldestWaiting,
            Optional<FaultCode> folder) {
        this.open = open;
        this.withoutFeed = withoutFeed;
        this.unread = unread;
        this.waiting = waiting;
        this.oldestWaiting = oldestWaiting;
        this.folder = folder;
    }

    static DomesticWords of(Books books, Instant now) {
        Configuration configuration = books.configuration();
        Register register = books.register();
        List<DropView> open = register.openDrops();
        List<Instant> waiting = Stream.of(InboxState.ACCEPTED, InboxState.HANDING_OVER)
                .flatMap(state -> register.inboxIn(state, MOST).stream())
                .flatMap(view -> view.accepted().stream())
                .map(Register.InboxView.Accepted::received)
                .toList();
        List<DropId> unread = DropFolders.claimed(configuration.folders().drop()).stream()
                .filter(claim -> claim.since().plus(LONG).isBefore(now))
                .map(DropFolders.Waiting::drop)
                .filter(drop -> register.drop(drop).isEmpty())
                .toList();
        return new DomesticWords(
                open,
                withoutFeed(configuration, open),
                unread.size(),
                waiting.size(),
                waiting.stream().min(Instant::compareTo),
                new HandoverFolder(configuration.handover().folder(), configuration.handoverMark()).state());
    }

    /** Nothing if the descriptions cannot be read: then the gateway says so itself. */
    private static List<DropView> withoutFeed(Configuration configuration, List<DropView> open) {
        if (open.isEmpty()) {
            return List.of();
        }
        return DomesticReader.read(configuration)
                .fold(
                        domestic -> {
                            Set<FeedId> known = domestic.feeds().keySet();
                            return open.stream()
                                    .filter(drop -> !known.contains(drop.feed()))
                                    .toList();
                        },
                        problems -> List.<DropView>of());
    }

    List<String> lines(Instant now) {
        List<String> lines = new ArrayList<>();
        oldestDrop()
                .ifPresent(oldest -> lines.add(String.format(
                        "%-10s %6d  open, oldest %s, %d of %d records of it done",
                        "drops", open.size(), Words.age(oldest.at(), now), oldest.done(), oldest.records())));
        oldestWaiting.ifPresent(since -> lines.add(String.format(
                "%-10s %6s  wait for the domestic system, oldest %s",
                "hand-over", waiting < MOST ? waiting : "1000+", Words.age(since, now))));
        return lines;
    }

    private Optional<DropView> oldestDrop() {
        return open.stream().findFirst();
    }

    List<String> needs(Instant now) {
        List<String> needs = new ArrayList<>();
        if (!withoutFeed.isEmpty()) {
            String feeds = withoutFeed.stream()
                    .map(drop -> drop.feed().value())
                    .distinct()
                    .collect(Collectors.joining(", "));
            needs.add(withoutFeed.size() + " drops wait for a feed that is not configured (" + feeds + ", "
                    + FaultCode.DROP_HELD_UP.code() + "): put its description back");
        }
        if (unread > 0) {
            needs.add(unread + " files were claimed and cannot be read or filed ("
                    + FaultCode.DROP_FOLDER_UNAVAILABLE.code()
                    + "): see the log and the drop folders' .staging; they are tried again by themselves");
        }
        folder.ifPresent(fault -> needs.add("nothing can be handed over"
                + oldestWaiting
                        .map(since -> ", " + waiting + " wait, oldest " + Words.age(since, now))
                        .orElse("") + " (" + fault.code() + "): " + fault.nextStep()));
        return needs;
    }

    void json(ObjectNode object) {
        ObjectNode drops = object.putObject("drops");
        drops.put("open", open.size()).put("withoutFeed", withoutFeed.size()).put("unread", unread);
        oldestDrop().ifPresent(oldest -> drops.put("oldest", oldest.at().toString()));
        ObjectNode handover = object.putObject("handOver");
        handover.put("waiting", waiting);
        oldestWaiting.ifPresent(since -> handover.put("oldest", since.toString()));
        handover.put("folder", folder.map(FaultCode::code).orElse("OK"));
    }
}
