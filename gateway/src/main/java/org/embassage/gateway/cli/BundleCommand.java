package org.embassage.gateway.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.evidence.BundleExport;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bundle export}. */
@Command(name = "bundle", description = "Export evidence for an auditor.", subcommands = BundleCommand.Export.class)
@Examples("bundle export --exchange ID --out evidence.zip")
final class BundleCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "bundle needs a word more", "try `embassage bundle export --help`");
    }

    /** {@code bundle export}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "export",
            description = "Write one file with receipts, proofs, cards, agreements and revocation lists, which"
                    + " `embassage verify` judges offline. Waits for proofs that are still to come.")
    @Examples({
        "bundle export --exchange ID --out evidence.zip",
        "bundle export --peer QOS-POL --out qos.zip",
        "bundle export --agreement QVL-QOS-2031-01 --month 2031-05 --out may.zip",
        "bundle export --all --out all.zip --wait 0"
    })
    static final class Export extends BooksCommand {

        private static final Duration LOOK = Duration.ofMillis(500);

        @ArgGroup(multiplicity = "1")
        private Which which;

        @Option(names = "--received", description = "With --peer, --agreement or --all: those received instead.")
        private boolean received;

        @Option(
                names = "--out",
                paramLabel = "FILE",
                required = true,
                description = "The file to write; must not exist.")
        private Path out;

        @Option(
                names = "--wait",
                paramLabel = "SECONDS",
                defaultValue = "60",
                description = "How long to wait for proofs (default: 60).")
        private int wait;

        @Option(
                names = "--month",
                paramLabel = "YYYY-MM",
                description = "With --agreement: only those submitted in this month, UTC.")
        private @Nullable String month;

        /** One of four. */
        static final class Which {
            @Option(names = "--exchange", paramLabel = "ID", description = "One exchange.")
            private @Nullable String exchange;

            @Option(names = "--peer", paramLabel = "GATEWAY", description = "All exchanges sent to this peer.")
            private @Nullable String peer;

            @Option(names = "--agreement", paramLabel = "ID", description = "All exchanges sent under this agreement.")
            private @Nullable String agreement;

            @Option(names = "--all", description = "All exchanges sent.")
            private boolean all;
        }

        @Override
        int read(Books books, Terminal terminal) {
            BundleExport export = new BundleExport(
                    books.register(),
                    books.ledgerbook(),
                    Loaded.federation(books.configuration()),
                    books.keys(),
                    books.stampbook(),
                    Parts.timeStamper(books.configuration(), Clock.systemUTC(), new SecureRandom()),
                    Clock.systemUTC());
            List<ExchangeId> exchanges = chosen(export, books);
            int unproven = awaited(export, exchanges, terminal);
            ReceiptCommand.write(out, export.write(exchanges, asked()));
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                object.put("file", out.toString());
                object.put("exchanges", exchanges.size());
                object.put("unproven", unproven);
                terminal.print(Json.text(object));
            } else {
                terminal.print(out.toString());
            }
            terminal.say(
                    exchanges.size() + (exchanges.size() == 1 ? " exchange" : " exchanges") + " written to " + out);
            if (unproven > 0) {
                terminal.say(terminal.bad(unproven + " receipts have no proof yet") + "; export again later");
            }
            terminal.say("next: `embassage verify " + out + " --trust DIR` with the auditor's own anchors");
            return unproven > 0 ? ExitCode.INDETERMINATE : ExitCode.OK;
        }

        private List<ExchangeId> chosen(BundleExport export, Books books) {
            List<ExchangeId> exchanges = named(export);
            if (exchanges.isEmpty()
                    || exchanges.stream()
                            .allMatch(one -> books.register().receipts(one).isEmpty())) {
                throw new Stop(
                        ExitCode.NOT_FOUND,
                        "this gateway has no receipts of such exchanges",
                        "try `embassage exchange list`, with --received for those of peers");
            }
            return exchanges;
        }

        private List<ExchangeId> named(BundleExport export) {
            if (month != null && which.agreement == null) {
                throw new Stop(ExitCode.USAGE, "--month goes with --agreement", "name the agreement too");
            }
            if (which.exchange != null) {
                return List.of(Ids.exchange(which.exchange));
            }
            return which.agreement == null
                    ? direction(export, Optional.ofNullable(which.peer).map(Ids::gateway))
                    : under(export, which.agreement);
        }

        private List<ExchangeId> under(BundleExport export, String agreement) {
            if (!agreement.matches("[A-Z0-9][A-Z0-9-]{0,63}")) {
                throw new Stop(ExitCode.USAGE, "that is no agreement's id", "write it as in QVL-QOS-2031-01");
            }
            if (month == null) {
                return export.under(agreement, Instant.EPOCH, Instant.MAX, received);
            }
            try {
                YearMonth named = YearMonth.parse(month);
                return export.under(agreement, start(named), start(named.plusMonths(1)), received);
            } catch (DateTimeParseException unreadable) {
                throw new Stop(ExitCode.USAGE, "that is no month", "write it as in 2031-05");
            }
        }

        private static Instant start(YearMonth month) {
            return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        private List<ExchangeId> direction(BundleExport export, Optional<GatewayId> peer) {
            return received ? export.received(peer) : export.sent(peer);
        }

        private String asked() {
            if (which.exchange != null) {
                return "exchange " + which.exchange;
            }
            String side = received ? "received" : "sent";
            if (which.agreement != null) {
                return "all exchanges " + side + " under agreement " + which.agreement
                        + (month == null ? "" : " in month " + month);
            }
            return "all exchanges " + side
                    + Optional.ofNullable(which.peer)
                            .map(peer -> (received ? " from " : " to ") + peer)
                            .orElse("");
        }

        private int awaited(BundleExport export, List<ExchangeId> exchanges, Terminal terminal) {
            Instant deadline = Clock.systemUTC().instant().plusSeconds(wait);
            int unproven = export.unproven(exchanges);
            Progress progress = new Progress(terminal, "waiting for proofs", unproven);
            int first = unproven;
            while (unproven > 0 && Clock.systemUTC().instant().isBefore(deadline)) {
                Pause.take(LOOK);
                unproven = export.unproven(exchanges);
                progress.at(first - unproven);
            }
            progress.end();
            return unproven;
        }
    }
}
