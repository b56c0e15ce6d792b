package org.embassage.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.config.ConfigurationSchema;
import org.embassage.gateway.config.Problem;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;

/** {@code config check} and {@code config schema}. */
@Command(
        name = "config",
        description = "Check a configuration, or print its JSON Schema.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Schema.class})
@Examples({"config check --home qvl", "config schema > gateway.schema.json"})
final class ConfigCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(
                ExitCode.USAGE,
                "config needs a word more",
                "try `embassage config check` or `embassage config schema`");
    }

    /** {@code config check}. */
    @Command(
            name = "check",
            description = "Report every problem of gateway.yaml and of the files it names, each with place and remedy.")
    @Examples({"config check", "config check --home qvl --json"})
    static final class Check extends HomeCommand {

        @Override
        int run(Terminal terminal) {
            List<Problem> problems =
                    new ArrayList<>(ConfigurationReader.read(home()).fold(Loaded::problems, found -> found));
            int exit = problems.isEmpty() ? ExitCode.OK : ExitCode.CONFIGURATION_INVALID;
            if (json()) {
                var verdict = Json.verdict(exit);
                var list = verdict.putArray("problems");
                problems.forEach(problem -> list.addObject()
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("key", problem.key())
                        .put("what", problem.what())
                        .put("remedy", problem.remedy()));
                terminal.print(Json.text(verdict));
            } else {
                problems.forEach(problem -> terminal.print(problem.toString()));
                terminal.say(
                        problems.isEmpty()
                                ? terminal.good("no problems")
                                : terminal.bad(problems.size() == 1 ? "1 problem" : problems.size() + " problems"));
            }
            return exit;
        }
    }

    /** {@code config schema}. */
    @Command(name = "schema", description = "Print the JSON Schema of gateway.yaml, for editors and pipelines.")
    @Examples("config schema > gateway.schema.json")
    static final class Schema extends BaseCommand {

        @Override
        int run(Terminal terminal) {
            terminal.out().print(ConfigurationSchema.text());
            terminal.out().flush();
            return ExitCode.OK;
        }
    }
}
