package org.embassage.bench;

import java.time.Instant;
import org.embassage.exchange.port.Carrier.Transport;

/** One run of the bench. */
record Report(
        Instant at, Machine machine, Transport transport, int warmUp, Crossing crossing, StepCosts steps, Floor floor) {

    /** How many times the floor an exchange costs. */
    double timesFloor() {
        return crossing.cpuMillisEach() / floor.cpuMillisEach();
    }

    /** CPU milliseconds of an exchange that the steps alone do not explain: transports, timers, compiling, collecting. */
    double restMillisEach() {
        return crossing.cpuMillisEach() - steps.cpuMillisEach();
    }
}
