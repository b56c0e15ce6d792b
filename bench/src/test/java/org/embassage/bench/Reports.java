package org.embassage.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.port.Carrier.Transport;

/** A report with figures that no machine made. */
final class Reports {

    private Reports() {}

    static Report invented() {
        Latencies loaded =
                Latencies.of(List.of(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(200)));
        return new Report(
                Instant.parse("2031-06-01T12:00:00Z"),
                new Machine(4, "SYNTHETIC processor", "SYNTHETIC Java", "SYNTHETIC system", "9.9", "abc"),
                Transport.SFTP,
                50,
                new Crossing(
                        100,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(400),
                        Duration.ofMillis(600),
                        Optional.of(0.5),
                        loaded,
                        loaded),
                new StepCosts(
                        10,
                        List.of(new StepCosts.Cost(Step.SUBMIT, 3, 4), new StepCosts.Cost(Step.RECEIVE, 1, 2)),
                        List.of(new StepCosts.Share("elliptic curves", 0.25)),
                        List.of(new StepCosts.Share("CmsSealer.seal", 0.75))),
                new Floor(List.of(new Floor.Part("a signature", 4, 0.25), new Floor.Part("a key", 1, 1))));
    }
}
