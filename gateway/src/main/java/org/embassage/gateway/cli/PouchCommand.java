package org.embassage.gateway.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register.PouchView;
import org.embassage.exchange.journal.Register.TakenPouch;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.wire.PouchManifest;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.pouch.PouchFolder;
import org.embassage.gateway.pouch.PouchMedium;
import org.embassage.gateway.pouch.PouchPaper;
import org.embassage.gateway.pouch.PouchReport;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Table;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pouch export}, {@code import} and {@code list}. */
@Command(
        name = "pouch",
        description = "Carry sealed messages and receipts on removable media between gateways that have no line.",
        subcommands = {PouchCommand.Exported.class, PouchCommand.Imported.class, PouchCommand.Listed.class})
@Examples({"pouch export --peer QOS-POL --out /media/stick/pouch-1", "pouch import /media/stick/pouch-1", "pouch list"})
final class PouchCommand extends BaseCommand {

    @Override
    int run(Terminal terminal) {
        throw new Stop(ExitCode.USAGE, "pouch needs a word more", "try `embassage pouch --help`");
    }

    /** What both ways have. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    abstract static class Carrying extends HomeCommand {

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                defaultValue = "OPERATOR",
                description = "In what role you act: OPERATOR, OFFICER, SUPERVISOR, SECURITY, DATA-PROTECTION (default:"
                        + " OPERATOR). Your name is never recorded; a random pseudonym is.")
        private String role;

        @Option(
                names = "--reason",
                paramLabel = "CODE",
                defaultValue = "AGREED_WITH_PEER",
                description = "Why; one of those that other orders take (default: AGREED_WITH_PEER).")
        private String reason;

        @Option(
                names = "--timeout",
                paramLabel = "SECONDS",
                defaultValue = "600",
                description = "How long to wait for a running gateway (default: 600).")
        private int timeout;

        OrderReason why() {
            return OrderReason.of(reason)
                    .orElseThrow(() -> new Stop(
                            ExitCode.USAGE,
                            "there is no such reason",
                            Arrays.stream(OrderReason.values()).map(Enum::name).toList(),
                            "choose one of them"));
        }

        /** A name for a pouch in the gateway's own folder. */
        String fresh() {
            return new Uuids(clock(), new SecureRandom()).next().toString();
        }

        /** @throws Stop if it was refused; what lies in the gateway's folder is removed unless the order may still be taken */
        OrderAnswer ordered(
                Configuration configuration, Order order, PouchFolder folder, String pouch, Terminal terminal) {
            OfficerRole as = OfficerRole.of(role)
                    .orElseThrow(() -> new Stop(
                            ExitCode.USAGE,
                            "there is no such role",
                            Arrays.stream(OfficerRole.values())
                                    .map(OfficerRole::word)
                                    .toList(),
                            "choose one of them"));
            OrderAnswer answer;
            try {
                answer = new OrderGiver(configuration, clock(), terminal).give(order, as, timeout);
            } catch (Stop stop) {
                if (stop.exitCode() != ExitCode.INDETERMINATE) {
                    folder.forget(pouch);
                }
                throw stop;
            }
            if (!answer.carriedOut()) {
                folder.forget(pouch);
                throw OrderGiver.refusal(answer);
            }
            return answer;
        }
    }

    /** {@code pouch export}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "export",
            description = {
                "Pack all that waits for a peer: sealed messages, receipts, notes about ledgers. Nothing is taken off the"
                        + " queue: messages wait for their receipts, all else until a line carried it or the peer's next"
                        + " pouch confirms this one. The running gateway packs; while none runs, this command does.",
                "With the pouch lies its manifest, signed by the gateway's seal key, and on paper (paper.txt, paper.pdf) for"
                        + " the courier. Messages stay encrypted to the peer; ids, digests and counts can be read."
            })
    @Examples({"pouch export --peer QOS-POL --out /media/stick/pouch-1", "pouch export --peer QOS-POL --out pouch-1.zip"
    })
    static final class Exported extends Carrying {

        private static final Duration LOOK = Duration.ofMillis(200);

        @Option(names = "--peer", paramLabel = "GATEWAY", required = true, description = "For whom.")
        private String peer;

        @Option(
                names = "--out",
                paramLabel = "DIR|FILE.zip",
                required = true,
                description =
                        "A folder that is not there yet, on the medium; or one file, whose name ends with .zip, of"
                                + " 256 MiB at most.")
        private Path out;

        @Option(
                names = "--wait",
                paramLabel = "SECONDS",
                defaultValue = "15",
                description =
                        "How long to wait for proofs of receipts that a running gateway just issued (default: 15).")
        private int wait;

        @Override
        int run(Terminal terminal) {
            GatewayId to = Ids.gateway(peer);
            OrderReason why = why();
            PouchMedium.refuseTaken(out);
            Configuration configuration = configuration();
            boolean proven = proven(configuration);
            PouchFolder folder = PouchFolder.in(configuration.home());
            String pouch = fresh();
            OrderAnswer answer = ordered(configuration, new Order.PackPouch(to, pouch, why), folder, pouch, terminal);
            try {
                PouchManifest manifest = folder.manifest(pouch)
                        .orElseThrow(() -> new Stop(
                                ExitCode.FINDING,
                                "the packed pouch is not in data/pouch any more",
                                "export again: everything still waits"));
                PouchMedium.write(folder.place(pouch), manifest, out);
                tell(manifest, answer, proven, terminal);
            } finally {
                folder.forget(pouch);
            }
            return ExitCode.OK;
        }

        /** Receipts are worth most with their proofs, which follow within a checkpoint. */
        private boolean proven(Configuration configuration) {
            try (Books books = Books.open(configuration)) {
                Ledgerbook ledger = books.ledgerbook();
                long size = ledger.size();
                boolean served = OrderFolder.isServed(configuration.home());
                for (long looks = wait * 1000L / LOOK.toMillis(); ; looks--) {
                    boolean covered = ledger.newestCheckpoint()
                            .filter(note -> note.size() >= size)
                            .isPresent();
                    if (covered || looks <= 0 || !served) {
                        return covered;
                    }
                    Pause.take(LOOK);
                }
            }
        }

        private void tell(PouchManifest manifest, OrderAnswer answer, boolean proven, Terminal terminal) {
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                object.put("order", answer.order().toString());
                object.put("pouch", manifest.number());
                object.put("to", manifest.to().value());
                object.put("out", out.toString());
                object.put("bundles", manifest.parts().size());
                object.put("octets", manifest.size());
                var counts = object.putObject("items");
                manifest.counts().forEach((kind, count) -> counts.put(kind.name(), count));
                object.put("manifest", manifest.digest().hex());
                object.put("proven", proven);
                terminal.print(Json.text(object));
                return;
            }
            terminal.print("pouch     " + manifest.number() + " for " + manifest.to() + " in " + out);
            terminal.print("items     " + PouchPaper.counts(manifest.counts()));
            terminal.print("bundles   " + manifest.parts().size() + ", " + manifest.size() + " bytes");
            if (!manifest.taken().isEmpty()) {
                terminal.print("confirms  pouches of the peer that came whole: "
                        + manifest.taken().stream()
                                .map(taken -> Long.toString(taken.number()))
                                .collect(Collectors.joining(", ")));
            }
            terminal.print(
                    "manifest  SHA-256 " + PouchPaper.grouped(manifest.digest().hex()));
            terminal.print("order     " + answer.order() + ", an act in the ledger");
            if (!proven) {
                terminal.say(
                        "the newest checkpoint does not cover all of the ledger yet: receipts that it does not cover go"
                                + " without their proofs, which a later pouch brings");
            }
            terminal.say("next: print " + PouchPaper.PDF + " or " + PouchPaper.TEXT
                    + ", have the courier sign; all of it waits on until a receipt comes back");
        }
    }

    /** {@code pouch import}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(
            name = "import",
            description = {
                "Take a pouch in. Its manifest must be signed by a valid seal key of a peer and name this gateway; else"
                        + " nothing is taken. Each bundle then goes the way of all bundles: judged, committed, answered by"
                        + " receipts. The same pouch again, or what came by a line too, has no second effect.",
                "A bundle that is missing or altered is named, and the rest goes in. The running gateway takes it in; while none"
                        + " runs, this command does."
            })
    @Examples({"pouch import /media/stick/pouch-1", "pouch import pouch-1.zip"})
    static final class Imported extends Carrying {

        @Parameters(paramLabel = "DIR|FILE.zip", description = "The pouch, as it was exported.")
        private Path medium;

        @Override
        int run(Terminal terminal) {
            OrderReason why = why();
            Configuration configuration = configuration();
            PouchFolder folder = PouchFolder.in(configuration.home());
            String pouch = fresh();
            try {
                List<String> strange = PouchMedium.read(medium, folder.make(pouch));
                strange.forEach(name -> terminal.say("not a file of a pouch: " + name));
            } catch (Stop stop) {
                folder.forget(pouch);
                throw stop;
            }
            OrderAnswer answer = ordered(configuration, new Order.TakePouch(pouch, why), folder, pouch, terminal);
            try {
                PouchManifest manifest = folder.manifest(pouch).orElseThrow(Imported::unreported);
                PouchReport report = folder.report(pouch).orElseThrow(Imported::unreported);
                return told(manifest, report, answer, terminal);
            } finally {
                folder.forget(pouch);
            }
        }

        private static Stop unreported() {
            return new Stop(
                    ExitCode.INDETERMINATE,
                    "the pouch was taken in, but its report is not in data/pouch any more",
                    "look at `embassage pouch list`, or import again: it has no second effect");
        }

        private int told(PouchManifest manifest, PouchReport report, OrderAnswer answer, Terminal terminal) {
            int exit = report.bad().isEmpty() ? ExitCode.OK : ExitCode.FINDING;
            int taken = manifest.parts().size() - report.bad().size();
            if (json()) {
                var object = Json.verdict(exit);
                object.put("order", answer.order().toString());
                object.put("pouch", manifest.number());
                object.put("from", manifest.from().value());
                object.put("bundles", manifest.parts().size());
                object.put("taken", taken);
                object.put("known", report.known());
                object.put("newestBefore", report.newest());
                var counts = object.putObject("items");
                manifest.counts().forEach((kind, count) -> counts.put(kind.name(), count));
                var bad = object.putArray("notTaken");
                report.bad()
                        .forEach(each -> bad.addObject()
                                .put("bundle", each.name())
                                .put("fault", each.why().code()));
                object.put("manifest", manifest.digest().hex());
                terminal.print(Json.text(object));
                return exit;
            }
            terminal.print("pouch     " + manifest.number() + " from " + manifest.from() + ", packed "
                    + Words.time(manifest.packed()) + (report.known() ? ", which had come before" : ""));
            terminal.print(
                    "manifest  SHA-256 " + PouchPaper.grouped(manifest.digest().hex()));
            terminal.print("taken in  " + taken + " of " + manifest.parts().size() + " bundles");
            terminal.print("named     " + PouchPaper.counts(manifest.counts()));
            terminal.print("order     " + answer.order() + ", an act in the ledger");
            report.bad()
                    .forEach(each -> terminal.print("NOT TAKEN " + each.name() + "  "
                            + each.why().code() + " " + each.why().sentence()));
            gap(manifest.number(), report.newest()).ifPresent(terminal::say);
            report.bad().stream()
                    .map(PouchReport.Bad::why)
                    .distinct()
                    .map(FaultCode::nextStep)
                    .distinct()
                    .forEach(terminal::say);
            terminal.say(
                    "next: `embassage exchange list --received`; receipts go back by a line, or by `embassage pouch export"
                            + " --peer " + manifest.from() + "`");
            return exit;
        }

        private static Optional<String> gap(long number, long newest) {
            if (number <= newest + 1) {
                return Optional.empty();
            }
            return Optional.of("no pouch of this peer has come between " + newest + " and " + number
                    + ": what was in those is in this one too, unless it is answered or ended");
        }
    }

    /** {@code pouch list}. */
    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    @Command(name = "list", description = "Pouches that were packed and taken in, newest first.")
    @Examples({"pouch list", "pouch list --peer QOS-POL --json"})
    static final class Listed extends BooksCommand {

        @Option(names = "--peer", paramLabel = "GATEWAY", description = "Only those of this peer.")
        private @Nullable String peer;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "50",
                description = "At most so many each way (default: 50).")
        private int limit;

        @Override
        int read(Books books, Terminal terminal) {
            Optional<GatewayId> of = Optional.ofNullable(peer).map(Ids::gateway);
            List<PouchView> packed = books.register().pouches(of, limit);
            List<TakenPouch> taken = books.register().takenPouches(of, limit);
            if (json()) {
                var object = Json.verdict(ExitCode.OK);
                var out = object.putArray("packed");
                packed.forEach(view -> {
                    var node = out.addObject()
                            .put("peer", view.peer().value())
                            .put("pouch", view.number())
                            .put("at", view.at().toString())
                            .put("items", view.items())
                            .put("bundles", view.bundles())
                            .put("octets", view.octets())
                            .put("manifest", view.manifest().hex());
                    view.confirmed().ifPresent(at -> node.put("confirmed", at.toString()));
                });
                var in = object.putArray("taken");
                taken.forEach(view -> in.addObject()
                        .put("peer", view.peer().value())
                        .put("pouch", view.number())
                        .put("at", view.at().toString())
                        .put("whole", view.whole())
                        .put("manifest", view.manifest().hex()));
                terminal.print(Json.text(object));
                return ExitCode.OK;
            }
            Table table = new Table("POUCH", "PEER", "WAY", "AT", "ITEMS", "STATE");
            packed.forEach(view -> table.row(
                    view.number(),
                    view.peer(),
                    "to",
                    Words.time(view.at()),
                    view.items(),
                    view.confirmed().map(at -> "confirmed " + Words.time(at)).orElse("not confirmed yet")));
            taken.forEach(view -> table.row(
                    view.number(),
                    view.peer(),
                    "from",
                    Words.time(view.at()),
                    "-",
                    view.whole() ? "taken in, whole" : "taken in, in part"));
            table.print(terminal);
            if (table.isEmpty()) {
                terminal.say("none");
            }
            return ExitCode.OK;
        }
    }
}
