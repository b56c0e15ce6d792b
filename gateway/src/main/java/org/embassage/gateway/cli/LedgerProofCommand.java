package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.gateway.assembly.LedgerWiring;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.ledger.AlarmFiles;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ledger proof}. */
@Command(
        name = "proof",
        description = "Show what accuses a peer of changing its ledger, judged by the peers' cards.",
        footer = {
            "",
            "Exit codes: 0 the list, 3 PROVEN, 4 NOT PROVEN. A file is portable: anybody who knows the ledger's key judges"
                    + " it with `embassage-verify FILE --trust DIR`."
        })
@Examples({
    "ledger proof --list --home qvl",
    "ledger proof qvl/data/ledger/alarms/QOS-POL.1f0c2a5e7d9b3c48.misbehaviour --home qvl"
})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LedgerProofCommand extends HomeCommand {

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file that accuses a peer.")
    private @Nullable Path file;

    @Option(names = "--list", description = "List all that this gateway keeps.")
    private boolean list;

    @Override
    int run(Terminal terminal) {
        if (list == (file != null)) {
            throw new Stop(ExitCode.USAGE, "either a file or --list", "try `embassage ledger proof --list`");
        }
        Configuration configuration = configuration();
        LedgerKeys keys = keys(Loaded.federation(configuration).peers());
        try {
            return file == null ? all(configuration, keys, terminal) : one(file, keys, terminal);
        } catch (IOException unreadable) {
            throw new Stop(
                    ExitCode.NOT_FOUND, "the file or the folder cannot be read", "look at its name and its mode");
        }
    }

    /** Those of the cards that this gateway verified when it loaded them. */
    private static LedgerKeys keys(PeerDirectory peers) {
        List<LedgerKeys.Ledger> ledgers = new ArrayList<>();
        List<LedgerKeys.Witness> witnesses = new ArrayList<>();
        List<Peer> known =
                Stream.concat(Stream.of(peers.self()), peers.all().stream()).toList();
        for (Peer peer : known) {
            String source = "of the peer card of " + peer.id();
            NoteVerifier.parse(peer.ledgerKey()).ifPresent(key -> ledgers.add(new LedgerKeys.Ledger(key, source)));
            Optional<CosignatureVerifier> witness = peer.witnessKey().flatMap(CosignatureVerifier::parse);
            witness.ifPresent(key -> witnesses.add(new LedgerKeys.Witness(key, source)));
        }
        return new LedgerKeys(ledgers, witnesses, List.of());
    }

    private int one(Path proof, LedgerKeys keys, Terminal terminal) throws IOException {
        MisbehaviourReport report = MisbehaviourReport.of(read(proof), keys);
        if (json()) {
            terminal.print(Json.text(json(Json.verdict(report.exitCode()), proof, report)));
            return report.exitCode();
        }
        terminal.print(report.words());
        terminal.print(report.sentence());
        report.facts().forEach(fact -> terminal.print("  " + fact));
        return report.exitCode();
    }

    private int all(Configuration configuration, LedgerKeys keys, Terminal terminal) throws IOException {
        List<Path> files = AlarmFiles.proofs(configuration.folders().ledger().resolve(LedgerWiring.ALARMS));
        ObjectNode object = Json.verdict(ExitCode.OK);
        var proofs = object.putArray("proofs");
        for (Path proof : files) {
            MisbehaviourReport report = MisbehaviourReport.of(read(proof), keys);
            if (json()) {
                proofs.add(json(Json.object(), proof, report));
            } else {
                terminal.print(report.words() + "  " + proof);
                terminal.print("  " + report.sentence());
            }
        }
        if (json()) {
            terminal.print(Json.text(object));
        } else if (files.isEmpty()) {
            terminal.print("nothing accuses a peer");
        }
        return ExitCode.OK;
    }

    private static ObjectNode json(ObjectNode object, Path proof, MisbehaviourReport report) {
        object.put("file", proof.toString());
        object.put("verdict", report.words());
        object.put("reason", report.reason());
        object.put("sentence", report.sentence());
        report.proof().map(Misbehaviour::origin).ifPresent(origin -> object.put("ledger", origin));
        report.proof().ifPresent(read -> object.put("found", read.found().toString()));
        report.facts().forEach(object.putArray("facts")::add);
        return object;
    }

    private static byte[] read(Path proof) throws IOException {
        try (InputStream in = Files.newInputStream(proof)) {
            return in.readNBytes(Misbehaviour.MAX_BYTES + 1);
        }
    }
}
