package org.embassage.gateway.assembly;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.port.Opener;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Sealer;
import org.embassage.exchange.send.RetryPlan;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.gateway.observe.GatewayLog;
import org.embassage.scenarios.chaos.ChaosPorts;

/**
 * {@code run --home HOME --with-parent} of the gateway, with the ports of {@link ChaosPorts} around its own. It is a main class
 * of the scenarios: the gateway's jar has no crash point and no check that can be switched off.
 */
public final class ChaosGatewayMain {

    private static final int REFUSED = 8;

    private ChaosGatewayMain() {}

    /** @param arguments home, folder of control files, name of the check that is off or {@code none}, pause before a message goes again */
    public static void main(String[] arguments) throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        Configuration configuration =
                ConfigurationReader.read(Path.of(arguments[0])).fold(read -> read, ChaosGatewayMain::refuse);
        GatewayLog.start(configuration.folders().log());
        ChaosPorts ports = new ChaosPorts(
                Path.of(arguments[1]),
                arguments[2],
                Duration.parse(arguments[3]),
                Parts.keys(configuration, clock),
                clock,
                random);
        Gateway gateway = Assembly.assemble(
                configuration,
                FederationReader.read(configuration, clock.instant()).fold(read -> read, ChaosGatewayMain::refuse),
                DomesticReader.read(configuration).fold(read -> read, ChaosGatewayMain::refuse),
                clock,
                random,
                new Around(ports));
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
        try {
            gateway.start();
        } catch (RuntimeException refused) {
            // of the faults of starting the code says enough, and texts of others quote values
            System.err.println(
                    refused instanceof Broken broken
                            ? broken.fault().code()
                            : refused.getClass().getName());
            Runtime.getRuntime().halt(REFUSED);
        }
        while (System.in.read() >= 0) {
            // whatever the harness says; only its end counts
        }
        System.exit(0);
    }

    private static <T> T refuse(Object problems) {
        throw new IllegalStateException(problems.toString());
    }

    private record Around(ChaosPorts ports) implements Wrapping {
        @Override
        public Journal journal(Journal made) {
            return ports.journal(made);
        }

        @Override
        public Register register(Register made) {
            return ports.register(made);
        }

        @Override
        public DropDesk desk(DropDesk made) {
            return ports.around(DropDesk.class, made);
        }

        @Override
        public DomesticSystem domestic(DomesticSystem made) {
            return ports.around(DomesticSystem.class, made);
        }

        @Override
        public Sealer sealer(Sealer made) {
            return ports.sealer(made);
        }

        @Override
        public Opener opener(Opener made) {
            return ports.opener(made);
        }

        @Override
        public Carrier carrier(Carrier made) {
            return ports.carrier(made);
        }

        @Override
        public Intake intake(Intake made) {
            return ports.around(Intake.class, made);
        }

        @Override
        public Reception reception(Reception made) {
            return ports.around(Reception.class, made);
        }

        @Override
        public RetryPlan retries(RetryPlan made) {
            return ports.brisk(made);
        }
    }
}
