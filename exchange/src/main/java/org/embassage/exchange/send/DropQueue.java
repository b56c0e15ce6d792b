package org.embassage.exchange.send;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embassage.evidence.DropId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Register.DropView;

/**
 * Whose turn it is among open drops. How urgent a drop is shows in its first batch; until then it may be of the most urgent,
 * so it gets its first batch before others go on. Every eighth turn is the oldest drop's, so that none waits for ever. Used by
 * one thread; what it knows is found out anew after a restart.
 */
final class DropQueue {

    private static final int FAIR = 8;

    private final Map<DropId, Priority> seen = new HashMap<>();
    private int turns;

    /** @param open oldest first */
    Optional<DropView> next(List<DropView> open) {
        Set<DropId> ids = open.stream().map(DropView::drop).collect(Collectors.toCollection(HashSet::new));
        seen.keySet().retainAll(ids);
        if (++turns % FAIR == 0) {
            return open.stream().findFirst();
        }
        return open.stream()
                .min(Comparator.comparing((DropView drop) -> seen.getOrDefault(drop.drop(), Priority.FLASH))
                        .thenComparing(drop -> seen.containsKey(drop.drop())));
    }

    /** What a batch of the drop held; a drop is as urgent as the most urgent record of its newest batch. */
    void found(DropId drop, List<Priority> priorities) {
        seen.put(drop, priorities.stream().min(Comparator.naturalOrder()).orElse(Priority.BULK));
    }
}
