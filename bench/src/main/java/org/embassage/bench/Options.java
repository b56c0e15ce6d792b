package org.embassage.bench;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.embassage.exchange.port.Carrier.Transport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What was asked for on the command line. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
        name = "bench/run",
        description = "Measure what an exchange costs between two gateways on this machine.",
        sortOptions = false)
final class Options {

    private static final int MOST = 200_000;

    @Option(
            names = "--exchanges",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many are measured (default: 2000).")
    private int exchanges;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "-1",
            description = "How many go before (default: as many as are measured, at least 1000).")
    private int warmUp;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            defaultValue = "jms",
            description = "jms or sftp (default: jms).")
    private String transport;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there too, as JSON.")
    private @Nullable Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Say this.")
    private boolean help;

    private Options() {}

    /**
     * Reads a command line.
     *
     * @throws ParameterException with a text for the user, if it cannot be understood
     */
    static Options parse(String... arguments) {
        Options options = new Options();
        CommandLine line = new CommandLine(options);
        line.parseArgs(arguments);
        if (!options.help) {
            options.check(line);
        }
        return options;
    }

    private void check(CommandLine line) {
        if (exchanges < 1 || exchanges > MOST) {
            throw new ParameterException(line, "--exchanges is 1 to " + MOST);
        }
        if (warmUp < -1 || warmUp > MOST) {
            throw new ParameterException(line, "--warm-up is 0 to " + MOST);
        }
        if (!transport.equals("jms") && !transport.equals("sftp")) {
            throw new ParameterException(line, "--transport is jms or sftp");
        }
    }

    static String usage() {
        return new CommandLine(new Options()).getUsageMessage();
    }

    boolean help() {
        return help;
    }

    int exchanges() {
        return exchanges;
    }

    int warmUp() {
        return warmUp < 0 ? Math.max(1000, exchanges) : warmUp;
    }

    Transport transport() {
        return Transport.valueOf(transport.toUpperCase(Locale.ROOT));
    }

    Optional<Path> json() {
        return Optional.ofNullable(json);
    }
}
