package org.embassage.gateway.cli;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.embassage.gateway.assembly.Domestic;
import org.embassage.gateway.assembly.DomesticReader;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Problem;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;

/** What the files say that a configuration names. */
record Loaded(Federation federation, Domestic domestic) {

    /** Every problem of trust, peers, agreements, feeds and format. */
    static List<Problem> problems(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        problems.addAll(FederationReader.read(configuration, Clock.systemUTC().instant())
                .fold(read -> List.<Problem>of(), found -> found));
        problems.addAll(DomesticReader.read(configuration).fold(read -> List.<Problem>of(), found -> found));
        return problems;
    }

    static Federation federation(Configuration configuration) {
        return FederationReader.read(configuration, Clock.systemUTC().instant()).fold(read -> read, Loaded::refuse);
    }

    /** Everything; ends the command if there are problems. */
    static Loaded of(Configuration configuration) {
        List<Problem> problems = problems(configuration);
        if (!problems.isEmpty()) {
            refuse(problems);
        }
        return new Loaded(
                federation(configuration), DomesticReader.read(configuration).fold(read -> read, Loaded::refuse));
    }

    private static <T> T refuse(List<Problem> problems) {
        throw new Stop(
                ExitCode.CONFIGURATION_INVALID,
                "the files that the configuration names have problems",
                problems.stream().map(Problem::toString).toList(),
                "correct each and run `embassage config check`");
    }
}
