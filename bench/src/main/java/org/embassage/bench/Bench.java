package org.embassage.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.embassage.gateway.observe.Version;
import picocli.CommandLine.ParameterException;

/**
 * {@code bench/run}: exit code 0 when everything was measured, 1 when it was not, 2 for a wrong command line.
 */
public final class Bench {

    private static final int MEASURED = 0;
    private static final int NOT_MEASURED = 1;
    private static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (ParameterException wrong) {
            err.println("bench/run: " + wrong.getMessage());
            err.println("`bench/run --help` says what can be asked.");
            return USAGE;
        }
        if (options.help()) {
            out.print(Options.usage());
            return MEASURED;
        }
        try {
            Report report = measure(options, new Talk(err, Boolean.getBoolean("embassage.tty.err")));
            ReportTable.lines(report).forEach(out::println);
            if (options.json().isPresent()) {
                ReportJson.write(report, options.json().get());
            }
            return MEASURED;
        } catch (Unmeasurable | IOException failed) {
            err.println("bench/run: " + Optional.ofNullable(failed.getMessage()).orElse("a file cannot be used"));
            return NOT_MEASURED;
        }
    }

    private static Report measure(Options options, Talk talk) throws IOException {
        Clock clock = Clock.systemUTC();
        Crossing crossing = new CrossingRun(options, talk, clock).measure();
        talk.say(String.format(
                Locale.ROOT,
                "two gateways: %.2f ms of CPU per exchange, %.1f exchanges/s; now step by step ...",
                crossing.cpuMillisEach(),
                crossing.perSecond()));
        StepCosts steps = new StepRun(options, talk, clock).measure();
        talk.say("measuring the cryptographic floor ...");
        Floor floor = new FloorRun().measure();
        return new Report(
                clock.instant(),
                Machine.here(Version.current()),
                options.transport(),
                options.warmUp(),
                crossing,
                steps,
                floor);
    }
}
