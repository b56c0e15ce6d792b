package org.embassage.gateway.cli;

import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import picocli.CommandLine.Command;

/** {@code bundle}. */
@Command(
        name = "bundle",
        description = "Export evidence for an auditor, or lay the evidence of two gateways beside each other.",
        subcommands = {BundleExportCommand.class, DisputeCommand.class})
@Examples({"bundle export --exchange ID --out evidence.zip", "bundle dispute ours.zip theirs.zip --out dispute.zip"})
final class BundleCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "bundle needs a word more", "try `embassage bundle export --help`");
    }
}
