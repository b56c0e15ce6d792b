package org.embassage.exchange.send;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Intake;

/**
 * An intake that can be closed: then drops stay where they are, untouched, and are taken by themselves once it is open
 * again. Thread-safe if its gates are.
 */
public final class GatedIntake implements Intake {

    private final Intake intake;
    private final List<Supplier<Optional<FaultCode>>> gates;

    /** @param gates each says why it is closed, or nothing; asked before every look at the drop folders */
    public GatedIntake(Intake intake, List<Supplier<Optional<FaultCode>>> gates) {
        this.intake = intake;
        this.gates = List.copyOf(gates);
    }

    @Override
    public void take(FeedId feed, DropId drop, byte[] content) {
        mustBeOpen();
        intake.take(feed, drop, content);
    }

    @Override
    public void refuse(FeedId feed, DropId drop, Fault fault) {
        mustBeOpen();
        intake.refuse(feed, drop, fault);
    }

    @Override
    public Optional<FaultCode> closed() {
        return gates.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private void mustBeOpen() {
        closed().ifPresent(fault -> {
            throw new Broken(fault);
        });
    }
}
