package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.ledger.SequenceGaps;
import org.embassage.exchange.ledger.SequenceGaps.Gap;

/** What {@code status} says of numbers that are missing in peers' sequences. */
final class GapWords {

    private static final int SHOWN = 5;

    private final Map<GatewayId, List<Gap>> gaps = new TreeMap<>(java.util.Comparator.comparing(GatewayId::value));

    private GapWords() {}

    /** Of all peers whose cards lie there. */
    static GapWords of(Books books, Instant now) {
        GapWords words = new GapWords();
        SequenceGaps sequences = new SequenceGaps(books.register());
        for (GatewayId peer : peers(books.configuration().folders().peers())) {
            List<Gap> missing = sequences.of(peer, now);
            if (!missing.isEmpty()) {
                words.gaps.put(peer, missing);
            }
        }
        return words;
    }

    /** By the names of the cards; whether they are believed says nothing of what came from them. */
    private static List<GatewayId> peers(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[A-Z]{3}-[A-Z0-9]{1,16}\\.card\\.xml"))
                    .map(name -> new GatewayId(name.substring(0, name.indexOf('.'))))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    List<String> needs() {
        List<String> needs = new ArrayList<>();
        gaps.forEach((peer, missing) -> needs.add(missing.size() + (missing.size() == 1 ? " message" : " messages")
                + " of "
                + peer + " have not come though later ones have (numbers "
                + missing.stream()
                        .limit(SHOWN)
                        .map(gap -> Long.toString(gap.number()))
                        .collect(Collectors.joining(", "))
                + (missing.size() > SHOWN ? ", …" : "") + "; " + FaultCode.SEQUENCE_GAP.code() + "): ask the peer"));
        return needs;
    }

    void json(ArrayNode array) {
        gaps.values()
                .forEach(missing -> missing.forEach(gap -> {
                    var node = array.addObject().put("peer", gap.peer().value()).put("number", gap.number());
                    gap.exchange().ifPresent(exchange -> node.put("exchange", exchange.toString()));
                }));
    }
}
