package org.embassage.bench;

import java.time.Duration;
import java.util.Optional;

/**
 * What was measured of two gateways in processes of their own.
 *
 * @param wall from the drop to the last exchange's end
 * @param sender CPU time of the sending gateway in it
 * @param recipient CPU time of the receiving gateway in it
 * @param machineBusy share of all processors that worked, for whomever, 0 to 1; absent where the system does not tell
 * @param loaded from sealing to end, of the exchanges that were measured, all dropped at once
 * @param quiet from drop to end, of a few exchanges while nothing else was done
 */
record Crossing(
        int exchanges,
        Duration wall,
        Duration sender,
        Duration recipient,
        Optional<Double> machineBusy,
        Latencies loaded,
        Latencies quiet) {

    /** Of both gateways together, in milliseconds. */
    double cpuMillisEach() {
        return sender.plus(recipient).toNanos() / 1e6 / exchanges;
    }

    double perSecond() {
        return exchanges * 1e9 / wall.toNanos();
    }

    /** Share of the cores that both gateways used, 0 to 1. */
    double utilisation(int cores) {
        return (double) sender.plus(recipient).toNanos() / wall.toNanos() / cores;
    }
}
