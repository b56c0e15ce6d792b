package org.embassage.routes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.port.Reception;

/** Remembers what the edge called. Can be broken for a number of calls. */
public final class Recording implements Intake, Reception {

    public final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    public final List<Taken> taken = new CopyOnWriteArrayList<>();
    public final List<Refused> refused = new CopyOnWriteArrayList<>();
    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicInteger brokenFor = new AtomicInteger();
    public volatile FaultCode brokenBy = FaultCode.STORE_UNAVAILABLE;

    @SuppressWarnings("ArrayRecordComponent") // only looked at
    public record Taken(DropId drop, byte[] content) {}

    public record Refused(DropId drop, FaultCode code) {}

    private void perhapsBroken() {
        calls.incrementAndGet();
        if (brokenFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new Broken(brokenBy);
        }
    }

    @Override
    public void accept(Arrival arrival) {
        perhapsBroken();
        arrivals.add(arrival);
    }

    @Override
    public void take(FeedId feed, DropId drop, byte[] content) {
        perhapsBroken();
        taken.add(new Taken(drop, content));
    }

    @Override
    public void refuse(FeedId feed, DropId drop, Fault fault) {
        perhapsBroken();
        refused.add(new Refused(drop, fault.code()));
    }

    public EdgeWork work(EdgeWork.NamedRound... rounds) {
        return new EdgeWork(this, this, List.of(rounds));
    }
}
