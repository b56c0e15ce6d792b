package org.embassage.scenarios.chaos;

import java.util.List;
import java.util.Locale;
import org.embassage.scenarios.chaos.Disturbance.Door;
import org.embassage.scenarios.chaos.Disturbance.Kind;

/** What happened when, as a picture: a row for each gateway and each of its doors, and the hand-overs below. */
final class Timeline {

    private static final int LEFT = 110;
    private static final int WIDTH = 1100;
    private static final int ROW = 26;
    private static final int CURVE = 120;
    private static final int MOST_POINTS = 400;

    private Timeline() {}

    /** @param gateway 0 or 1; times are nanoseconds since the run began */
    record Event(int gateway, Kind kind, Door door, long from, long to) {}

    static String svg(Chaos.Result result) {
        double all = Math.max(1, result.took().toNanos());
        StringBuilder svg = new StringBuilder();
        int rows = 6;
        int height = rows * ROW + CURVE + 60;
        svg.append(line(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' role='img' font-family='sans-serif'"
                        + " font-size='12'><title>Disturbances and hand-overs over time</title>",
                LEFT + WIDTH + 20, height));
        for (int row = 0; row < rows; row++) {
            String name =
                    Chaos.GATEWAYS.get(row / 3) + List.of("", " JMS", " SFTP").get(row % 3);
            svg.append(line("<text x='4' y='%d'>%s</text>", 20 + row * ROW, name));
            svg.append(line(
                    "<line x1='%d' y1='%d' x2='%d' y2='%d' stroke='#ccc'/>",
                    LEFT, 16 + row * ROW, LEFT + WIDTH, 16 + row * ROW));
        }
        for (Event event : result.events()) {
            int row = event.gateway() * 3
                    + (event.kind().ofLink() ? 1 + event.door().ordinal() : 0);
            double x = LEFT + WIDTH * (event.from() / all);
            double width = Math.max(2, WIDTH * ((event.to() - event.from()) / all));
            svg.append(line(
                    "<rect x='%.1f' y='%d' width='%.1f' height='16' fill='%s' fill-opacity='0.8'><title>%s, %.1f s"
                            + "</title></rect>",
                    x, 8 + row * ROW, width, colour(event.kind()), event.kind(), event.from() / 1e9));
        }
        curve(svg, result, all, rows * ROW + 20);
        return svg.append("</svg>\n").toString();
    }

    private static void curve(StringBuilder svg, Chaos.Result result, double all, int top) {
        List<Long> times = result.handedOverAt();
        svg.append(line("<text x='4' y='%d'>handed over</text>", top + 14));
        svg.append(line("<text x='4' y='%d'>%d files</text>", top + 30, times.size()));
        StringBuilder points = new StringBuilder();
        int step = Math.max(1, times.size() / MOST_POINTS);
        for (int at = 0; at < times.size(); at += step) {
            points.append(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f ",
                    LEFT + WIDTH * (times.get(at) / all),
                    top + CURVE - CURVE * (at + 1.0) / times.size()));
        }
        svg.append(line("<polyline points='%s' fill='none' stroke='#1b5e20' stroke-width='2'/>", points));
        svg.append(line("<text x='%d' y='%d'>0 s</text>", LEFT, top + CURVE + 18));
        svg.append(line(
                "<text x='%d' y='%d' text-anchor='end'>%d s</text>",
                LEFT + WIDTH, top + CURVE + 18, result.took().toSeconds()));
    }

    private static String colour(Kind kind) {
        return switch (kind) {
            case KILL, CRASH_POINT, POWER_CUT -> "#b71c1c";
            case RESTART, SUSPEND -> "#e65100";
            case DISK_FULL, FSYNC_FAILS, WRITES_FAIL -> "#4a148c";
            case CLOCK -> "#006064";
            case FORGERY -> "#000000";
            case CUT, RESET, BLACK_HOLE, DELAY, SLOW -> "#0d47a1";
        };
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
