package org.embassage.exchange.ledger;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Round;
import org.jspecify.annotations.Nullable;

/**
 * Stops all work of this process for good: nothing is taken in, sent, received or signed any more, and what waits stays
 * where it is. Only a start that finds no reason ends it. Thread-safe.
 */
public final class Standstill {

    private final AtomicReference<@Nullable FaultCode> cause = new AtomicReference<>();

    /** The first cause stays. */
    public void stop(FaultCode why) {
        cause.compareAndSet(null, why);
    }

    /** Why everything is stopped; nothing while work goes on. */
    public Optional<FaultCode> cause() {
        return Optional.ofNullable(cause.get());
    }

    /** The round, which does nothing any more once everything is stopped. */
    public Round guard(Round round) {
        return () -> cause().isEmpty() && round.run();
    }

    /** The reception, which acknowledges nothing any more once everything is stopped. */
    public Reception guard(Reception reception) {
        return arrival -> {
            mustWork();
            reception.accept(arrival);
        };
    }

    /** The intake, which leaves drops where they are once everything is stopped. */
    public Intake guard(Intake intake) {
        return new Intake() {
            @Override
            public void take(FeedId feed, DropId drop, byte[] content) {
                mustWork();
                intake.take(feed, drop, content);
            }

            @Override
            public void refuse(FeedId feed, DropId drop, Fault fault) {
                mustWork();
                intake.refuse(feed, drop, fault);
            }
        };
    }

    private void mustWork() {
        cause().ifPresent(fault -> {
            throw new Broken(fault);
        });
    }
}
