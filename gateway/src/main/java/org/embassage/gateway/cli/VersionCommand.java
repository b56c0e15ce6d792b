package org.embassage.gateway.cli;

import org.embassage.gateway.observe.Version;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;

/** {@code version}. */
@Command(name = "version", description = "Show the versions of Embassage and of Java.")
@Examples({"version", "version --json"})
final class VersionCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        if (json()) {
            var object = Json.verdict(ExitCode.OK);
            object.put("embassage", Version.current());
            object.put("java", Runtime.version().toString());
            terminal.print(Json.text(object));
        } else {
            terminal.print("embassage " + Version.current());
            terminal.print("java " + Runtime.version());
        }
        return ExitCode.OK;
    }
}
