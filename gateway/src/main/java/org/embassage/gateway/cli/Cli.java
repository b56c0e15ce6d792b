package org.embassage.gateway.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.embassage.exchange.fault.Broken;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.embassage.verifier.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of ./embassage. */
@Command(
        name = "embassage",
        description = "A secure federated message gateway between national systems.",
        footer = {
            "",
            "Exit codes: 0 ok, 1 finding, 2 usage, 3 verification failed, 4 indeterminate, 5 not found,",
            "6 refused, 7 dependency unreachable, 8 integrity alarm, 9 configuration invalid, 130 interrupted."
        },
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            RunCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            StatusCommand.class,
            ExchangeCommand.class,
            ReceiptCommand.class,
            QuarantineCommand.class,
            EraseCommand.class,
            PeerCommand.class,
            PouchCommand.class,
            LedgerCommand.class,
            WitnessCommand.class,
            BundleCommand.class,
            EvidenceCommand.class,
            ConfigCommand.class,
            VersionCommand.class
        })
@Examples({"demo", "init --gateway QVL-BG --home qvl", "run --home qvl", "status --home qvl"})
public final class Cli implements Runnable {

    private static final String EXAMPLES = "examples";

    private final Terminal terminal;
    private final Clock clock;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help; `embassage COMMAND --help` shows a command's.")
    private boolean help;

    Cli(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Runs one command line on the process's own streams and returns its exit code. */
    public static int execute(String... arguments) {
        return execute(Clock.systemUTC(), arguments);
    }

    /** The same by another clock: how gateways and what they keep are tried at another time. */
    public static int execute(Clock clock, String... arguments) {
        return execute(Terminal.ofProcess(), clock, arguments);
    }

    static int execute(Terminal terminal, String... arguments) {
        return execute(terminal, Clock.systemUTC(), arguments);
    }

    static int execute(Terminal terminal, Clock clock, String... arguments) {
        CommandLine line = new CommandLine(new Cli(terminal, clock));
        line.addSubcommand("verify", new VerifyCommand());
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.talk(), true, StandardCharsets.UTF_8));
        line.setColorScheme(Help.defaultColorScheme(terminal.colour() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(0, EXAMPLES);
        line.getHelpSectionMap().put(EXAMPLES, Cli::examples);
        line.setHelpSectionKeys(sections);
        allHelpSections(line);
        line.setParameterExceptionHandler((problem, given) -> usage(terminal, problem));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(terminal, failure, parsed));
        return line.execute(arguments);
    }

    private static void allHelpSections(CommandLine line) {
        for (CommandLine below : line.getSubcommands().values()) {
            below.getHelpSectionMap().put(EXAMPLES, Cli::examples);
            allHelpSections(below);
        }
    }

    Terminal terminal() {
        return terminal;
    }

    Clock clock() {
        return clock;
    }

    /** Without a command there is nothing to do but to show the help. */
    @Override
    public void run() {
        throw new Stop(
                ExitCode.USAGE, "no command was given", "try `embassage --help`, or begin with `embassage demo`");
    }

    private static String examples(Help help) {
        Examples examples = help.commandSpec().userObject().getClass().getAnnotation(Examples.class);
        if (examples == null) {
            return "";
        }
        StringBuilder text = new StringBuilder(help.createHeading("Examples:%n"));
        for (String example : examples.value()) {
            text.append("  ./embassage ").append(example).append('\n');
        }
        return text.append('\n').toString();
    }

    private static int usage(Terminal terminal, ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        terminal.say(terminal.bad("embassage: ") + problem.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(problem, command.getErr())) {
            terminal.say("  next: try `" + command.getCommandSpec().qualifiedName() + " --help`");
        }
        return ExitCode.USAGE;
    }

    private static int failed(Terminal terminal, Exception failure, ParseResult parsed) {
        Stop stop = failure instanceof Stop known
                ? known
                : failure instanceof Broken broken ? Stop.of(broken) : unexpected(failure);
        terminal.say(terminal.bad("embassage: ") + stop.getMessage());
        stop.details().forEach(detail -> terminal.say("  " + detail));
        terminal.say("  next: " + stop.next());
        if (wantsJson(parsed)) {
            var verdict = Json.verdict(stop.exitCode());
            verdict.put("sentence", stop.getMessage());
            stop.details().forEach(verdict.putArray("details")::add);
            verdict.put("next", stop.next());
            terminal.print(Json.text(verdict));
        }
        return stop.exitCode();
    }

    /** The classes and the place, never the text: it may hold anything. */
    private static Stop unexpected(Exception failure) {
        List<String> details = new ArrayList<>();
        for (Throwable cause = failure; cause != null && details.size() < 8; cause = cause.getCause()) {
            StackTraceElement[] stack = cause.getStackTrace();
            details.add(cause.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]));
        }
        return new Stop(ExitCode.FINDING, "the command failed unexpectedly", details, "report these lines");
    }

    private static boolean wantsJson(ParseResult parsed) {
        ParseResult innermost = parsed;
        while (innermost.hasSubcommand()) {
            innermost = innermost.subcommand();
        }
        return innermost.hasMatchedOption("--json");
    }
}
