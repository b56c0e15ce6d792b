package org.embassage.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes a report as JSON, for machines that compare runs. Times are milliseconds, shares are 0 to 1. */
final class ReportJson {

    /** Grows when a reader of the former would misread it. */
    static final int SCHEMA = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportJson() {}

    static void write(Report report, Path file) throws IOException {
        Files.writeString(file, text(report));
    }

    static String text(Report report) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("at", report.at().toString());
        root.put("transport", report.transport().name().toLowerCase(Locale.ROOT));
        root.put("warmUp", report.warmUp());
        machine(root.putObject("machine"), report.machine());
        crossing(root.putObject("crossing"), report);
        steps(root.putObject("steps"), report.steps());
        floor(root.putObject("floor"), report);
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static void machine(ObjectNode node, Machine machine) {
        node.put("cores", machine.cores());
        node.put("processor", machine.processor());
        node.put("java", machine.java());
        node.put("system", machine.system());
        node.put("version", machine.version());
        node.put("commit", machine.commit());
    }

    private static void crossing(ObjectNode node, Report report) {
        Crossing crossing = report.crossing();
        node.put("exchanges", crossing.exchanges());
        node.put("cpuMillisEach", crossing.cpuMillisEach());
        node.put("senderCpuMillis", millis(crossing.sender()));
        node.put("recipientCpuMillis", millis(crossing.recipient()));
        node.put("wallMillis", millis(crossing.wall()));
        node.put("perSecond", crossing.perSecond());
        node.put("utilisation", crossing.utilisation(report.machine().cores()));
        crossing.machineBusy().ifPresent(busy -> node.put("machineBusy", busy));
        latencies(node.putObject("loaded"), crossing.loaded());
        latencies(node.putObject("quiet"), crossing.quiet());
    }

    private static void latencies(ObjectNode node, Latencies latencies) {
        node.put("count", latencies.count());
        node.put("p50Millis", millis(latencies.p50()));
        node.put("p99Millis", millis(latencies.p99()));
        node.put("longestMillis", millis(latencies.longest()));
    }

    private static void steps(ObjectNode node, StepCosts costs) {
        node.put("exchanges", costs.exchanges());
        node.put("cpuMillisEach", costs.cpuMillisEach());
        ArrayNode steps = node.putArray("each");
        for (StepCosts.Cost cost : costs.steps()) {
            steps.addObject()
                    .put("step", cost.step().name())
                    .put("cpuMillis", cost.cpuMillis())
                    .put("wallMillis", cost.wallMillis());
        }
        shares(node.putArray("work"), costs.work());
        shares(node.putArray("hot"), costs.hot());
    }

    private static void shares(ArrayNode node, List<StepCosts.Share> shares) {
        shares.forEach(share -> node.addObject().put("name", share.name()).put("share", share.share()));
    }

    private static void floor(ObjectNode node, Report report) {
        node.put("cpuMillisEach", report.floor().cpuMillisEach());
        node.put("timesFloor", report.timesFloor());
        ArrayNode parts = node.putArray("parts");
        report.floor()
                .parts()
                .forEach(part -> parts.addObject()
                        .put("name", part.name())
                        .put("times", part.times())
                        .put("cpuMillis", part.cpuMillis()));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
