package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run says of itself: report.txt, report.html with the timeline, plan.txt. */
final class Report {

    private Report() {}

    static List<String> text(Chaos.Result result) {
        List<String> lines = new ArrayList<>();
        Chaos.Settings settings = result.settings();
        lines.add(result.held() ? "HELD: nothing lost, nothing doubled, every receipt verified" : "DID NOT HOLD");
        lines.add("seed " + settings.seed() + ", " + settings.rounds() + " rounds, "
                + result.took().toSeconds() + " s"
                + (settings.off() == Check.NONE
                        ? ""
                        : ", without " + settings.off().word()));
        lines.add("");
        result.findings().forEach(finding -> lines.add("FINDING  seed " + settings.seed() + ": " + finding));
        if (!result.findings().isEmpty()) {
            lines.add("");
        }
        lines.add(result.drops() + " files dropped with " + result.records() + " records; " + result.handOvers()
                + " files handed over");
        lines.add(result.receipts() + " receipts compared at both ends; " + result.entries()
                + " entries in both ledgers; " + result.starts() + " starts of processes, "
                + result.endedByThemselves() + " ended by themselves on a broken disk");
        result.done().forEach((kind, count) -> lines.add("  " + count + " x " + kind));
        result.points().forEach((point, count) -> lines.add("  crash point " + point + ": " + count));
        result.substituted().forEach((what, count) -> lines.add("  " + what + ": " + count));
        lines.add("");
        lines.add("Replay: scenarios/chaos --rounds " + settings.rounds() + " --seed " + settings.seed()
                + (settings.off() == Check.NONE
                        ? ""
                        : " --without " + settings.off().word()));
        return lines;
    }

    static void write(Chaos.Result result, Plan plan, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> text = text(result);
        Files.write(folder.resolve("report.txt"), text);
        Files.write(folder.resolve("plan.txt"), plan.lines(Chaos.GATEWAYS));
        String colour = result.held() ? "#1b5e20" : "#b71c1c";
        Files.writeString(
                folder.resolve("report.html"),
                "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Chaos run</title>\n"
                        + "<body style=\"font-family:sans-serif;max-width:1260px;margin:2em auto\">\n"
                        + "<h1 style=\"color:" + colour + "\">" + escaped(text.get(0)) + "</h1>\n"
                        + Timeline.svg(result) + "<pre>"
                        + escaped(String.join("\n", text.subList(1, text.size()))) + "</pre>\n"
                        + "<p>The plan: <a href=\"plan.txt\">plan.txt</a></p></body></html>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
