package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.embassage.scenarios.chaos.Disturbance.Kind;

/** Where {@code scenarios/chaos} enters. */
public final class ChaosMain {

    private static final Duration AGAIN = Duration.ofSeconds(20);
    private static final int OK = 0;
    private static final int DID_NOT_HOLD = 1;
    private static final int USAGE = 2;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String HELP = """
            Usage: scenarios/chaos [--rounds N] [--seed S] [OPTIONS]
            Disturb two real gateways under load, then reconcile every drop, hand-over, receipt and ledger entry.

              --rounds N       how many disturbances (default: 100)
              --seed S         the plan of disturbances; printed, so that a run can be repeated (default: by chance)
              --plan           print the plan and do nothing
              --only KINDS     only these, by comma: KILL,CRASH_POINT,POWER_CUT,RESTART,SUSPEND,CUT,RESET,BLACK_HOLE,
                               DELAY,SLOW,DISK_FULL,FSYNC_FAILS,WRITES_FAIL,CLOCK,FORGERY
              --without CHECK  negative control, must fail: fsync, duplicates, signatures, leaf-first
              --pause MILLIS   about the time between two drops (default: 400)
              --idle SECONDS   how long it may take after the last round until all is done (default: 300)
              --no-disks       no disk of its own for each home, so no power cut and no full disk
              --out DIR        folder of homes and report (default: target/chaos/<time>)
              --keep           keep the homes though nothing was found

            Exit code: 0 nothing lost or doubled, every receipt verified; 1 something else; 2 wrong options.
            """;

    private ChaosMain() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws IOException {
        Map<String, String> options = new HashMap<>();
        List<String> flags = List.of("--plan", "--no-disks", "--keep", "--help");
        for (int at = 0; at < arguments.length; at++) {
            boolean flag = flags.contains(arguments[at]);
            if (!arguments[at].startsWith("--") || (!flag && at + 1 >= arguments.length)) {
                System.err.print(HELP);
                return USAGE;
            }
            options.put(arguments[at], flag ? "" : arguments[++at]);
        }
        if (options.containsKey("--help")) {
            System.out.print(HELP);
            return OK;
        }
        try {
            return run(options);
        } catch (IllegalArgumentException wrong) {
            System.err.println("chaos: " + wrong.getMessage());
            System.err.print(HELP);
            return USAGE;
        }
    }

    private static int run(Map<String, String> options) throws IOException {
        long seed = Long.parseLong(options.getOrDefault("--seed", Long.toString(System.nanoTime() % 1_000_000_000)));
        int rounds = Integer.parseInt(options.getOrDefault("--rounds", "100"));
        Set<Kind> kinds = Plan.everything();
        if (options.containsKey("--only")) {
            kinds = EnumSet.noneOf(Kind.class);
            for (String word : options.getOrDefault("--only", "").split(",", -1)) {
                kinds.add(Kind.valueOf(word));
            }
        }
        Plan plan = Plan.of(seed, rounds, kinds);
        if (options.containsKey("--plan")) {
            System.out.println("seed " + seed);
            plan.lines(Chaos.GATEWAYS).forEach(System.out::println);
            return OK;
        }
        Path folder = Path.of(options.getOrDefault(
                "--out", "target/chaos/" + STAMP.format(Clock.systemUTC().instant())));
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(folder + " is there already");
        }
        Progress progress = new Progress(System.out, Boolean.getBoolean("embassage.tty.out"));
        progress.say("seed " + seed + ", " + rounds + " rounds");
        Chaos.Result result;
        Chaos chaos = new Chaos(
                new Chaos.Settings(
                        folder,
                        seed,
                        rounds,
                        kinds,
                        Check.of(options.getOrDefault("--without", "none")),
                        Duration.ofSeconds(Long.parseLong(options.getOrDefault("--idle", "300"))),
                        !options.containsKey("--no-disks"),
                        Integer.parseInt(options.getOrDefault("--pause", "400")),
                        AGAIN,
                        options.containsKey("--keep")),
                progress);
        Runtime.getRuntime().addShutdownHook(new Thread(chaos::close));
        result = chaos.run();
        Report.write(result, plan, folder);
        Report.text(result).forEach(progress::say);
        progress.say("Report: " + folder.resolve("report.html"));
        return result.held() ? OK : DID_NOT_HOLD;
    }
}
