package org.embassage.exchange.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.embassage.evidence.DropId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.SetAside;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.junit.jupiter.api.Test;

class OpenDropsTest {

    private static final Instant NOON = Instant.parse("2031-11-25T12:00:00Z");

    private final Map<DropId, DropView> stored = new LinkedHashMap<>();
    private long rowsRead;
    private final OpenDrops open =
            new OpenDrops(register(), new SetAside<>(Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC)));

    /** A register that knows drops and nothing else. */
    private Register register() {
        return (Register) Proxy.newProxyInstance(
                Register.class.getClassLoader(), new Class<?>[] {Register.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("drop")) {
                        rowsRead++;
                        return Optional.ofNullable(stored.get(arguments[0]));
                    }
                    Instant since = arguments == null ? Instant.EPOCH : (Instant) arguments[0];
                    List<DropView> found = stored.values().stream()
                            .filter(drop -> !drop.at().isBefore(since))
                            .toList();
                    rowsRead += found.size();
                    return found;
                });
    }

    private DropId put(int number) {
        DropId drop = new DropId(new UUID(0x7000L, Long.MIN_VALUE + number));
        stored.put(drop, new DropView(drop, new FeedId("synthetic"), NOON.plusMillis(number), 1, 0, false, false));
        return drop;
    }

    private void close(DropId drop) {
        stored.remove(drop);
        open.closed(drop);
    }

    private List<DropId> drain() {
        List<DropId> turns = new ArrayList<>();
        for (Optional<DropView> next = open.next(); next.isPresent(); next = open.next()) {
            turns.add(next.get().drop());
            close(next.get().drop());
        }
        return turns;
    }

    @Test
    void tenThousandDropsCostNoMoreForEachThanAThousandDo() {
        for (int number = 0; number < 1000; number++) {
            put(number);
        }
        assertThat(drain()).hasSize(1000);
        long forEach = rowsRead / 1000;
        rowsRead = 0;
        for (int number = 0; number < 10_000; number++) {
            put(number);
        }

        assertThat(drain()).hasSize(10_000);
        assertThat(rowsRead / 10_000).isLessThanOrEqualTo(2 * forEach);
    }

    @Test
    void anUrgentDropThatComesLaterIsSeenAtOnce() {
        DropId bulk = put(1);
        open.next();
        open.found(bulk, List.of(Priority.BULK));
        DropId urgent = put(2);

        assertThat(open.next().orElseThrow().drop()).isEqualTo(urgent);
    }

    @Test
    void aDropThatFailsLeavesItsTurnToOthersUntilItsTimeHasCome() {
        DropId bad = put(1);
        DropId good = put(2);
        assertThat(open.next().orElseThrow().drop()).isEqualTo(bad);

        open.failed(bad);

        assertThat(open.next().orElseThrow().drop()).isEqualTo(good);
        close(good);
        assertThat(open.next()).isEmpty();
    }

    @Test
    void aDropThatSomebodyElseClosedIsPassedOver() {
        DropId gone = put(1);
        DropId here = put(2);
        open.next();
        stored.remove(gone);

        assertThat(open.next().orElseThrow().drop()).isEqualTo(here);
    }
}
