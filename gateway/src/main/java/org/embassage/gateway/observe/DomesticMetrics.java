package org.embassage.gateway.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;

/** How much waits on the domestic side, and since when. */
public final class DomesticMetrics {

    private static final int MOST = 1000;

    private final Register register;
    private final BooleanSupplier folder;
    private final AtomicLong drops = new AtomicLong();
    private final AtomicLong oldestDrop = new AtomicLong();
    private final AtomicLong oldestHandOver = new AtomicLong();
    private final AtomicLong folderUp = new AtomicLong();

    /** @param folder whether something can be handed over now */
    public DomesticMetrics(Register register, BooleanSupplier folder, MeterRegistry meters) {
        this.register = register;
        this.folder = folder;
        gauge(meters, "gateway.drops.open", "Drops that were taken and are not closed.", drops);
        gauge(
                meters,
                "gateway.drops.oldest.timestamp.seconds",
                "When the oldest open drop was taken; 0 if there is none.",
                oldestDrop);
        gauge(
                meters,
                "gateway.handover.oldest.timestamp.seconds",
                "When the oldest record came that waits to be handed over; 0 if there is none.",
                oldestHandOver);
        gauge(meters, "gateway.handover.up", "Whether the hand-over folder can be used: 1, or 0.", folderUp);
    }

    private static void gauge(MeterRegistry meters, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(meters);
    }

    /** Reads all figures anew. */
    public void refresh() {
        List<DropView> open = register.openDrops();
        drops.set(open.size());
        oldestDrop.set(open.stream()
                .findFirst()
                .map(drop -> drop.at().getEpochSecond())
                .orElse(0L));
        oldestHandOver.set(Stream.of(InboxState.ACCEPTED, InboxState.HANDING_OVER)
                .flatMap(state -> register.inboxIn(state, MOST).stream())
                .flatMap(view -> view.accepted().stream())
                .map(Register.InboxView.Accepted::received)
                .min(Instant::compareTo)
                .map(Instant::getEpochSecond)
                .orElse(0L));
        folderUp.set(folder.getAsBoolean() ? 1 : 0);
    }
}
