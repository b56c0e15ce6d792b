package org.embassage.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.config.Problem;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import picocli.CommandLine.Option;

/** A command about one gateway. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class HomeCommand extends BaseCommand {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The gateway's home, where its gateway.yaml is (default: this folder).")
    private Path home;

    Path home() {
        return home;
    }

    /** The configuration; ends the command if it has problems. */
    Configuration configuration() {
        return ConfigurationReader.read(home).fold(known -> known, HomeCommand::refuse);
    }

    private static Configuration refuse(List<Problem> problems) {
        throw new Stop(
                ExitCode.CONFIGURATION_INVALID,
                problems.size() == 1
                        ? "the configuration has a problem"
                        : "the configuration has " + problems.size() + " problems",
                problems.stream().map(Problem::toString).toList(),
                "correct each and run `embassage config check`");
    }
}
