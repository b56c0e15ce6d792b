package org.embassage.gateway.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import org.embassage.evidence.GatewayId;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomeFiles;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code init}. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
@Command(
        name = "init",
        description = {
            "Make the home of a gateway: folders, gateway.yaml, and descriptions of a feed and a format to begin with.",
            "With --development also throw-away keys, cards and a signed agreement for all gateways named, each in"
                    + " DIR/<GATEWAY>."
        })
@Examples({
    "init --gateway QVL-BG --home qvl --content-days 1095",
    "init --development --gateway QVL-BG --gateway QOS-POL --home homes"
})
final class InitCommand extends HomeCommand {

    private static final int DEVELOPMENT_DAYS = 365;

    @Option(names = "--gateway", paramLabel = "GATEWAY", description = "Id of the gateway, for example QVL-BG.")
    private List<String> gateways = new ArrayList<>();

    @Option(names = "--development", description = "Make throw-away keys too. Never for real records.")
    private boolean development;

    @Option(
            names = "--descriptions",
            paramLabel = "NAME",
            description = "Shipped feed and format to begin with: qvl or qos (default: by the country).")
    private @Nullable String descriptions;

    @Option(
            names = "--content-days",
            paramLabel = "DAYS",
            description = "Content is erased so many days after its exchange closed.")
    private @Nullable Integer contentDays;

    @Option(
            names = "--jms-port",
            paramLabel = "PORT",
            defaultValue = "61617",
            description = "Port of the broker (default: 61617).")
    private int jmsPort;

    @Option(
            names = "--sftp-port",
            paramLabel = "PORT",
            defaultValue = "2222",
            description = "Port of the SFTP server (default: 2222).")
    private int sftpPort;

    @Option(
            names = "--observe-port",
            paramLabel = "PORT",
            defaultValue = "9464",
            description = "Port of health and metrics (default: 9464).")
    private int observePort;

    @Override
    int run(Terminal terminal) {
        if (gateways.isEmpty()) {
            gateways.add(asked(terminal, "Id of the gateway (for example QVL-BG)", "--gateway"));
        }
        List<GatewayId> ids = gateways.stream().map(Ids::gateway).distinct().toList();
        int days = contentDays != null
                ? contentDays
                : development
                        ? DEVELOPMENT_DAYS
                        : days(asked(terminal, "Keep content for how many days", "--content-days"));
        if (ids.size() > 1 && !development) {
            throw new Stop(ExitCode.USAGE, "one home has one gateway", "run init once for each, with its own --home");
        }
        try {
            return make(ids, days, terminal);
        } catch (FileAlreadyExistsException there) {
            throw new Stop(
                    ExitCode.FINDING, "there is a home already; nothing of it was changed", "name another --home");
        } catch (IOException | java.io.UncheckedIOException failed) {
            throw new Stop(ExitCode.FINDING, "the home cannot be written", "check the folder and its permissions");
        }
    }

    private int make(List<GatewayId> ids, int days, Terminal terminal) throws IOException {
        List<HomePlan> plans = new ArrayList<>();
        for (GatewayId id : ids) {
            plans.add(plan(id, plans.size(), days));
        }
        if (development) {
            new DevelopmentHomes(Clock.systemUTC(), new SecureRandom()).make(plans);
        } else {
            HomeFiles.make(plans.get(0), "production");
        }
        if (json()) {
            var object = Json.verdict(ExitCode.OK);
            plans.forEach(plan -> object.withArray("homes").add(plan.home().toString()));
            terminal.print(Json.text(object));
        } else {
            plans.forEach(plan -> terminal.print(plan.home().toString()));
        }
        next(plans, terminal);
        return ExitCode.OK;
    }

    private HomePlan plan(GatewayId id, int index, int days) {
        Path folder = development ? home().resolve(id.value()) : home();
        return new HomePlan(
                id,
                folder,
                descriptions == null ? HomePlan.descriptionsOf(id) : known(descriptions),
                jmsPort + index,
                sftpPort + index,
                observePort + index,
                days);
    }

    private static String known(String descriptions) {
        if (!List.of("qvl", "qos").contains(descriptions)) {
            throw new Stop(ExitCode.USAGE, "the shipped descriptions are qvl and qos", "name one of them");
        }
        return descriptions;
    }

    private void next(List<HomePlan> plans, Terminal terminal) {
        if (development) {
            terminal.say("These homes have throw-away keys. Never use them for real records.");
            plans.forEach(plan -> terminal.say("next: `embassage run --home " + plan.home() + "`"));
            return;
        }
        Path home = plans.get(0).home();
        terminal.say("What this gateway still needs:");
        terminal.say(
                "  1. keys issued by your country's authority: " + home.resolve("keys") + "/gateway.p12 and password");
        terminal.say("  2. the authorities you believe: " + home.resolve("trust") + "/<COUNTRY>.pem and .crl");
        terminal.say("  3. signed peer cards, its own among them: " + home.resolve("peers"));
        terminal.say("  4. agreements that all parties signed: " + home.resolve("agreements"));
        terminal.say(
                "  5. unless receipts shall go without proof of time: the group time-stamping in gateway.yaml, and the"
                        + " authority's certificate and CRL in " + home.resolve("trust/time-stamping"));
        terminal.say("next: `embassage config check --home " + home + "`, then `embassage run --home " + home + "`");
    }

    private static int days(String text) {
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw new Stop(ExitCode.USAGE, "a number of days from 1 to 36500 was expected", "run init again");
        }
        return Integer.parseInt(text);
    }

    private static String asked(Terminal terminal, String question, String option) {
        if (!terminal.inTerminal()) {
            throw new Stop(ExitCode.USAGE, "init needs " + option, "name it; without a terminal nobody can be asked");
        }
        terminal.talk().print(question + ": ");
        terminal.talk().flush();
        Scanner answers = new Scanner(System.in, StandardCharsets.UTF_8);
        return answers.hasNextLine() ? answers.nextLine().strip() : "";
    }
}
