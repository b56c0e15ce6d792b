package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.LinkState;

/** What {@code status} says of the transports to peers. */
final class LinkWords {

    private LinkWords() {}

    /** A line for each that is down. */
    static List<String> lines(List<LinkState> links, Instant now) {
        return links.stream()
                .filter(LinkState::open)
                .map(link -> String.format(
                        "%-10s %6s  %s by %s, for %s, %d failures; next try %s",
                        "link",
                        "down",
                        link.peer(),
                        link.transport(),
                        Words.age(link.since(), now),
                        link.failures(),
                        link.nextTry().isAfter(now) ? "in " + Words.age(now, link.nextTry()) : "with the next item"))
                .toList();
    }

    static List<String> needs(List<LinkState> links, Instant now) {
        return links.stream()
                .filter(LinkState::open)
                .map(link -> link.peer() + " cannot be reached by " + link.transport() + " for "
                        + Words.age(link.since(), now) + " (" + FaultCode.PEER_UNREACHABLE.code()
                        + "): what waits is kept and goes by itself; ask the peer")
                .toList();
    }

    static void json(List<LinkState> links, ArrayNode array) {
        links.forEach(link -> array.addObject()
                .put("peer", link.peer().value())
                .put("transport", link.transport().name())
                .put("state", link.open() ? "OPEN" : "CLOSED")
                .put("since", link.since().toString())
                .put("failures", link.failures())
                .put("nextTry", link.nextTry().toString()));
    }
}
