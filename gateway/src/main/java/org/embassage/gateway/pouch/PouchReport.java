package org.embassage.gateway.pouch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.PouchDesk.BadPart;
import org.embassage.exchange.port.PouchDesk.Report;
import org.embassage.exchange.wire.PouchManifest;

/**
 * What became of a pouch, between the gateway and the command that brought it.
 *
 * @param known whether this very pouch had been taken in whole before
 * @param newest the greatest number of the sender's that came before; 0 if none did
 * @param bad what was not taken in
 */
public record PouchReport(boolean known, long newest, List<Bad> bad) {

    private static final String MAGIC = "embassage-pouch-report/v1";

    public PouchReport {
        bad = List.copyOf(bad);
    }

    /** A bundle that was not taken in. */
    public record Bad(String name, FaultCode why) {}

    static String text(Report report) {
        StringBuilder text = new StringBuilder(MAGIC).append('\n');
        text.append(report.known()).append('\n').append(report.newest()).append('\n');
        for (BadPart part : report.bad()) {
            text.append(PouchManifest.name(part.number()))
                    .append(' ')
                    .append(part.fault().code().name())
                    .append('\n');
        }
        return text.toString();
    }

    static Optional<PouchReport> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3 || !lines.get(0).equals(MAGIC)) {
            return Optional.empty();
        }
        try {
            List<Bad> bad = new ArrayList<>();
            for (String line : lines.subList(3, lines.size())) {
                String[] words = line.split(" ", 2);
                bad.add(new Bad(words[0], FaultCode.valueOf(words[1])));
            }
            return Optional.of(new PouchReport(Boolean.parseBoolean(lines.get(1)), Long.parseLong(lines.get(2)), bad));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
    }
}
