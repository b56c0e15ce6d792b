package org.embassage.gateway.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have in common. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class BaseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object on standard output, also on failure.")
    private boolean json;

    @Option(names = "--no-color", description = "No colours; the variable NO_COLOR does the same.")
    private boolean noColor;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public final Integer call() {
        return run(terminal());
    }

    /** Does the work and returns the exit code. */
    abstract int run(Terminal terminal);

    boolean json() {
        return json;
    }

    CommandSpec spec() {
        return spec;
    }

    /** By which the command, and the gateway that it runs, tell the time. */
    Clock clock() {
        return cli().clock();
    }

    private Terminal terminal() {
        Terminal terminal = cli().terminal();
        return noColor ? terminal.withoutColour() : terminal;
    }

    private Cli cli() {
        return (Cli) spec.root().userObject();
    }
}
