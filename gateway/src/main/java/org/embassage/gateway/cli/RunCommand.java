package org.embassage.gateway.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.gateway.assembly.Assembly;
import org.embassage.gateway.assembly.Gateway;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.observe.GatewayLog;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}. */
@Command(
        name = "run",
        description =
                "Run a gateway until it is told to stop (Ctrl-C, SIGTERM). It may be killed and started again at any"
                        + " moment.")
@Examples({"run --home qvl", "run"})
final class RunCommand extends HomeCommand {

    /** The command that gave the order may still be looking for its answer. */
    private static final Duration ANSWERED = Duration.ofSeconds(1);

    @Option(names = "--with-parent", hidden = true, description = "Stop when standard input ends.")
    private boolean withParent;

    @Override
    int run(Terminal terminal) {
        Configuration configuration = configuration();
        Loaded loaded = Loaded.of(configuration);
        GatewayLog.start(configuration.folders().log());
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch reconciled = new CountDownLatch(1);
        Running running = new Running(configuration, loaded, reconciled::countDown);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            running.close();
                            stopped.countDown();
                        },
                        "stop"));
        boolean standing = running.start();
        loaded.federation().warnings().forEach(warning -> terminal.say(terminal.bad("left out: ") + warning));
        terminal.say(configuration.gateway() + " is up. Log: "
                + configuration.folders().log().resolve("gateway.log"));
        configuration
                .observePort()
                .ifPresent(port -> terminal.say("Health: http://127.0.0.1:" + port + "/observe/health/ready"));
        if (standing) {
            terminal.say(terminal.bad("stands still: ") + FaultCode.LEDGER_RESTORED.sentence());
            terminal.say("  next: " + FaultCode.LEDGER_RESTORED.nextStep());
            Thread onward = new Thread(() -> goOn(running, reconciled, terminal), "go-on");
            onward.setDaemon(true);
            onward.start();
        }
        if (withParent) {
            awaitEndOfInput();
            System.exit(ExitCode.OK);
        }
        await(stopped);
        return ExitCode.OK;
    }

    /** When the ledger has begun a new epoch the gateway is built anew upon it. */
    private static void goOn(Running running, CountDownLatch reconciled, Terminal terminal) {
        await(reconciled);
        Pause.take(ANSWERED);
        running.close();
        try {
            boolean unused = running.start();
            terminal.say("the ledger has begun a new epoch: the gateway works again");
        } catch (Broken | Stop failed) {
            LoggerFactory.getLogger(RunCommand.class).error("it cannot go on after the new epoch began", failed);
            System.exit(ExitCode.UNREACHABLE);
        }
    }

    /** The gateway of this process: one after the other, at most one at a time. */
    private final class Running {
        private final Configuration configuration;
        private final Loaded loaded;
        private final Runnable reconciled;
        private Optional<Gateway> gateway = Optional.empty();

        Running(Configuration configuration, Loaded loaded, Runnable reconciled) {
            this.configuration = configuration;
            this.loaded = loaded;
            this.reconciled = reconciled;
        }

        /** @return whether it stands still */
        synchronized boolean start() {
            try {
                Gateway made = Assembly.assemble(
                        configuration, loaded.federation(), loaded.domestic(), clock(), new SecureRandom(), reconciled);
                gateway = Optional.of(made);
                made.start();
                return made.isStandingStill();
            } catch (IllegalStateException taken) {
                throw cannotOpen(taken);
            }
        }

        synchronized void close() {
            gateway.ifPresent(Gateway::close);
            gateway = Optional.empty();
        }
    }

    private static Stop cannotOpen(IllegalStateException taken) {
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        log.error("cannot open a port or a folder", taken);
        return new Stop(
                ExitCode.UNREACHABLE,
                "a port is taken, or a folder cannot be used",
                "see the log, free the port or choose another in gateway.yaml, and start again");
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // whatever it says; only its end counts
            }
        } catch (IOException ended) {
            return;
        }
    }

    private static void await(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
