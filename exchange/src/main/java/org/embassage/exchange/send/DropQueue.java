package org.embassage.exchange.send;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.embassage.evidence.DropId;
import org.embassage.exchange.document.Priority;

/**
 * Whose turn it is among open drops. How urgent a drop is shows in its first batch; until then it may be of the most urgent,
 * so it gets its first batch before others go on. Every eighth turn is the oldest drop's, so that none waits for ever. A turn
 * costs the same however many drops there are, nearly. Used by one thread; what it knows is found out anew after a restart.
 */
final class DropQueue {

    private static final int FAIR = 8;

    private final Map<DropId, Priority> seen = new HashMap<>();
    private final Map<DropId, Place> places = new HashMap<>();
    private final TreeSet<Place> byAge = new TreeSet<>(Comparator.comparingInt(Place::age));
    private final TreeSet<Place> byUrgency = new TreeSet<>(
            Comparator.comparing(Place::priority).thenComparing(Place::seen).thenComparingInt(Place::age));
    private int turns;
    private int nextAge;

    /** From now on these are open, and no others. @param open oldest first */
    void open(List<DropId> open) {
        seen.keySet().retainAll(open.stream().collect(Collectors.toSet()));
        Set.copyOf(places.keySet()).forEach(this::leave);
        for (int age = 0; age < open.size(); age++) {
            enter(open.get(age), age);
        }
        nextAge = open.size();
    }

    /** This one is open too, the newest; nothing if it is among them already. */
    void add(DropId drop) {
        if (!places.containsKey(drop)) {
            enter(drop, nextAge++);
        }
    }

    private void enter(DropId drop, int age) {
        Place place = new Place(drop, seen.getOrDefault(drop, Priority.FLASH), seen.containsKey(drop), age);
        places.put(drop, place);
        byAge.add(place);
        byUrgency.add(place);
    }

    /** It takes no turns until it is among the open ones again. */
    void leave(DropId drop) {
        Optional.ofNullable(places.remove(drop)).ifPresent(place -> {
            byAge.remove(place);
            byUrgency.remove(place);
        });
    }

    Optional<DropId> next() {
        TreeSet<Place> order = ++turns % FAIR == 0 ? byAge : byUrgency;
        return order.isEmpty() ? Optional.empty() : Optional.of(order.first().drop());
    }

    /** What a batch of the drop held; a drop is as urgent as the most urgent record of its newest batch. */
    void found(DropId drop, List<Priority> priorities) {
        seen.put(drop, priorities.stream().min(Comparator.naturalOrder()).orElse(Priority.BULK));
        Optional.ofNullable(places.get(drop)).ifPresent(place -> {
            leave(drop);
            enter(drop, place.age());
        });
    }

    /** @param age its place among the open ones, 0 for the oldest */
    private record Place(DropId drop, Priority priority, boolean seen, int age) {}
}
