package org.embassage.gateway.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import org.embassage.gateway.assembly.Assembly;
import org.embassage.gateway.assembly.Gateway;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.observe.GatewayLog;
import org.embassage.gateway.terminal.ExitCode;
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

    @Option(names = "--with-parent", hidden = true, description = "Stop when standard input ends.")
    private boolean withParent;

    @Override
    int run(Terminal terminal) {
        Configuration configuration = configuration();
        Loaded loaded = Loaded.of(configuration);
        GatewayLog.start(configuration.folders().log());
        Gateway gateway;
        try {
            gateway = Assembly.assemble(
                    configuration, loaded.federation(), loaded.domestic(), clock(), new SecureRandom());
        } catch (IllegalStateException taken) {
            throw cannotOpen(taken);
        }
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway, stopped), "stop"));
        try {
            gateway.start();
        } catch (IllegalStateException taken) {
            throw cannotOpen(taken);
        }
        loaded.federation().warnings().forEach(warning -> terminal.say(terminal.bad("left out: ") + warning));
        terminal.say(configuration.gateway() + " is up. Log: "
                + configuration.folders().log().resolve("gateway.log"));
        configuration
                .observePort()
                .ifPresent(port -> terminal.say("Health: http://127.0.0.1:" + port + "/observe/health/ready"));
        if (withParent) {
            awaitEndOfInput();
            System.exit(ExitCode.OK);
        }
        await(stopped);
        return ExitCode.OK;
    }

    private static void stop(Gateway gateway, CountDownLatch stopped) {
        gateway.close();
        stopped.countDown();
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
