package org.embassage.verifier;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine;

/** Starts {@code embassage-verify}. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine(new VerifyCommand()).execute(args));
    }

    /** The command as it runs by itself: with {@code --json} a usage error is a JSON object too. */
    static CommandLine commandLine(VerifyCommand command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, args) -> {
                    CommandLine line = wrong.getCommandLine();
                    String sentence = Objects.requireNonNullElse(wrong.getMessage(), "wrong usage");
                    PrintWriter err = line.getErr();
                    err.println("embassage-verify: " + sentence);
                    err.println("Try: embassage-verify --help");
                    if (Arrays.asList(args).contains("--json")) {
                        line.getOut().print(JsonReport.problem(VerifyCommand.USAGE, sentence));
                        line.getOut().flush();
                    }
                    return VerifyCommand.USAGE;
                });
    }
}
