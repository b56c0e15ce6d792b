package org.embassage.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes a report for people. */
final class ReportTable {

    private static final int HOT_SHOWN = 15;

    private final Report report;
    private final List<String> lines = new ArrayList<>();

    private ReportTable(Report report) {
        this.report = report;
    }

    static List<String> lines(Report report) {
        ReportTable table = new ReportTable(report);
        table.machine();
        table.crossing();
        table.steps();
        table.floor();
        return List.copyOf(table.lines);
    }

    private void line(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values).stripTrailing());
    }

    private void machine() {
        Machine machine = report.machine();
        line("Embassage %s, commit %s, %s", machine.version(), machine.commit(), report.at());
        line("%d cores, %s; %s; %s", machine.cores(), machine.processor(), machine.java(), machine.system());
        line(
                "%d exchanges of 10 kB by %s after %d to warm up; both gateways on this machine, SQLite with fsync",
                report.crossing().exchanges(), report.transport(), report.warmUp());
    }

    private void crossing() {
        Crossing crossing = report.crossing();
        int cores = report.machine().cores();
        line("");
        line("Two gateways in processes of their own");
        line(
                "  CPU per exchange, both     %8.2f ms   (%.1f times the floor)",
                crossing.cpuMillisEach(), report.timesFloor());
        line("    sender                   %8.2f ms", each(crossing.sender()));
        line("    recipient                %8.2f ms", each(crossing.recipient()));
        line("  exchanges per second       %8.1f", crossing.perSecond());
        line(
                "  utilisation                %8.0f %%    of %d cores%s",
                100 * crossing.utilisation(cores),
                cores,
                crossing.machineBusy()
                        .map(busy -> String.format(Locale.ROOT, "; with all others %.0f %%", 100 * busy))
                        .orElse(""));
        line("  end to end, all at once    %s   from sealing", latencies(crossing.loaded()));
        line("  end to end, at rest        %s   from the drop", latencies(crossing.quiet()));
    }

    private double each(Duration cpu) {
        return cpu.toNanos() / 1e6 / report.crossing().exchanges();
    }

    private static String latencies(Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "p50 %d ms, p99 %d ms, longest %d ms (%d)",
                latencies.p50().toMillis(),
                latencies.p99().toMillis(),
                latencies.longest().toMillis(),
                latencies.count());
    }

    private void steps() {
        StepCosts costs = report.steps();
        double all = costs.cpuMillisEach();
        line("");
        line("Steps, in one process, one thread, %d exchanges       CPU ms  share   wall ms", costs.exchanges());
        for (StepCosts.Cost cost : costs.steps()) {
            line(
                    "  %-62s %6.3f  %3.0f %%   %7.3f",
                    cost.step().words(), cost.cpuMillis(), 100 * cost.cpuMillis() / all, cost.wallMillis());
        }
        line("  %-62s %6.3f", "together", all);
        line("  %-62s %6.3f", "transports, timers, compiling, collecting (the difference)", report.restMillisEach());
        line("");
        line("What that CPU time went into (sampled)");
        costs.work().forEach(share -> line("  %5.1f %%  %s", 100 * share.share(), share.name()));
        line("");
        line("Own methods with all that they call (sampled)");
        costs.hot().stream()
                .limit(HOT_SHOWN)
                .forEach(share -> line("  %5.1f %%  %s", 100 * share.share(), share.name()));
    }

    private void floor() {
        line("");
        line("Cryptographic floor of an exchange                              times  CPU ms each");
        for (Floor.Part part : report.floor().parts()) {
            line("  %-60s %5d  %11.4f", part.name(), part.times(), part.cpuMillis());
        }
        line("  %-60s %5s  %11.4f", "together", "", report.floor().cpuMillisEach());
    }
}
