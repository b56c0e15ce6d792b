package org.embassage.evidence.vectors;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.dispute.DisputeBundle.Made;
import org.embassage.evidence.dispute.DisputeFile;
import org.embassage.evidence.dispute.Standing;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.World;

/** The dispute files in vectors/disputes. The same code makes the same octets, but for what the compressor packs. */
final class DisputeFiles {

    static final Path FOLDER = VectorFolder.path().resolve("disputes");
    static final String LIST = "disputes.txt";
    private static final Instant MADE = Vector.NOW;

    private DisputeFiles() {}

    /**
     * One dispute file.
     *
     * @param check that says it; {@code -} if all is well
     */
    record Dispute(
            String file, Verdict verdict, String check, Indication indication, String done, Callable<byte[]> maker) {
        String line() {
            return String.join(" | ", file, verdict.words(), check, indication.name(), done);
        }
    }

    static List<Dispute> all() {
        return List.of(
                new Dispute(
                        "good-match.zip",
                        Verdict.TOTAL_PASSED,
                        "-",
                        Indication.NONE,
                        "both sides hold the same three receipts",
                        () -> file(new Scene().world, entries -> {})),
                new Dispute(
                        "missing-on-one-side.zip",
                        Verdict.INDETERMINATE,
                        Check.SIDES.id(),
                        Indication.SIGNED_DATA_NOT_FOUND,
                        "QOS-POL leaves out its own ContentHandover, which QVL-BG holds",
                        () -> {
                            World world = new Scene().world;
                            return dispute(
                                    world,
                                    world.bundle(),
                                    world.peersBundle(world.receipts.subList(0, 2), writer -> {}));
                        }),
                failed(
                        "conflicting",
                        Check.SIDES,
                        Indication.CONTRADICTION,
                        "QOS-POL signed a RelayRejection under the id of the RelayAcceptance that QVL-BG holds",
                        DisputeFiles::conflicting),
                failed(
                        "ledger-rewritten",
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        "QOS-POL wrote its ledger anew, and shows no checkpoint of a size that QVL-BG holds",
                        DisputeFiles::rewritten),
                failed(
                        "ledger-forked",
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        "QOS-POL's bundle has a checkpoint of its ledger which QVL-BG holds with another root",
                        DisputeFiles::forked),
                failed(
                        "list-that-lies",
                        Check.SIDES,
                        Indication.CONTRADICTION,
                        "dispute.txt says match of a receipt that one side alone holds",
                        DisputeFiles::lying),
                failed(
                        "sides-swapped",
                        Check.SIDES,
                        Indication.CONTRADICTION,
                        "each bundle lies under the name of the other side, and dispute.txt is written to match",
                        DisputeFiles::swapped),
                failed(
                        "extra-file",
                        Check.CONTAINER,
                        Indication.FORMAT_FAILURE,
                        "a file was put in that nobody listed",
                        () -> file(new Scene().world, entries -> entries.put("README.md", World.text("believe me\n")))),
                failed(
                        "instructions-changed",
                        Check.INDEX,
                        Indication.HASH_FAILURE,
                        "VERIFY.md tells the reader to do something else",
                        () -> file(
                                new Scene().world,
                                entries -> entries.put(
                                        DisputeBundle.INSTRUCTIONS, World.text("Nothing needs to be checked.\n")))));
    }

    private static Dispute failed(
            String name, Check check, Indication indication, String done, Callable<byte[]> maker) {
        return new Dispute(name + ".zip", Verdict.TOTAL_FAILED, check.id(), indication, done, maker);
    }

    private static byte[] file(World world, Consumer<Map<String, byte[]>> change) {
        return World.edit(dispute(world, world.bundle(), world.peersBundle()), change);
    }

    private static byte[] dispute(World world, byte[] one, byte[] other) {
        return DisputeBundle.of(
                        slim(one, world.qvlSeal.signer()), slim(other, world.qosSeal.signer()), Optional.empty(), MADE)
                .fold(Made.Written::content, refused -> {
                    throw new IllegalStateException(refused.problem());
                });
    }

    /** Without the script, which a bundle may lack, and signed anew: small enough for the repository. */
    private static byte[] slim(byte[] bundle, CadesSigner exporter) {
        byte[] without = World.forge(bundle, files -> files.keySet().removeIf(path -> path.equals(BundlePath.SCRIPT)));
        return World.edit(
                without,
                files -> files.put(
                        BundlePath.INDEX_SIGNATURE,
                        exporter.signDetached(files.get(BundlePath.INDEX), Commitment.NONE)));
    }

    private static byte[] conflicting() {
        World world = new Scene().world;
        Receipt kept = world.receipts.get(1);
        Receipt rewritten = world.sign(EvidenceEvent.RELAY_REJECTION, draft -> {
            draft.id = kept.id();
            draft.time = kept.evidence().time();
            draft.previous = kept.evidence().previous();
        });
        return dispute(
                world,
                world.write(world.receipts.subList(0, 2), writer -> {}),
                world.peersBundle(List.of(world.receipts.get(0), rewritten), writer -> {}));
    }

    private static byte[] rewritten() {
        World world = new Scene().world;
        Receipt handedOver = world.receipts.get(2);
        TestLedger other = world.qosLedger.fork(1);
        for (int i = 0; i < 20; i++) {
            other.append(LedgerLeaf.epoch("rewritten", Integer.toString(i)));
        }
        other.append(LedgerLeaf.issued(handedOver));
        return dispute(world, world.bundle(), world.peersBundle(world.receipts, writer -> {
            var unused =
                    writer.receipt(handedOver.container(), Optional.of(other.proof(LedgerLeaf.issued(handedOver))));
        }));
    }

    private static byte[] forked() {
        World world = new Scene().world;
        TestLedger other = world.qosLedger.fork(2);
        while (other.tree().size() < world.qosLedger.tree().size()) {
            other.append(LedgerLeaf.epoch("rewritten", "-"));
        }
        return dispute(world, world.bundle(), world.peersBundle(world.receipts, writer -> {
            var unused = writer.note(World.QOS, other.checkpoint());
        }));
    }

    private static byte[] lying() {
        World world = new Scene().world;
        return listing(
                dispute(world, world.bundle(), world.peersBundle(world.receipts.subList(0, 2), writer -> {})),
                says -> {
                    TreeMap<EvidenceId, Standing> receipts = new TreeMap<>(says.receipts());
                    receipts.replaceAll((id, standing) -> Standing.MATCH);
                    return new DisputeFile(says.made(), says.exchange(), says.first(), says.second(), receipts);
                },
                entries -> {});
    }

    private static byte[] swapped() {
        World world = new Scene().world;
        return listing(
                dispute(world, world.bundle(), world.peersBundle()),
                says -> new DisputeFile(
                        says.made(),
                        says.exchange(),
                        new DisputeFile.Side(
                                says.first().gateway(), says.second().bundle()),
                        new DisputeFile.Side(
                                says.second().gateway(), says.first().bundle()),
                        says.receipts()),
                entries -> {
                    List<String> sides = new ArrayList<>(entries.keySet()).subList(2, 4);
                    byte[] first = entries.get(sides.get(0));
                    entries.put(sides.get(0), entries.get(sides.get(1)));
                    entries.put(sides.get(1), first);
                });
    }

    private static byte[] listing(byte[] file, UnaryOperator<DisputeFile> list, Consumer<Map<String, byte[]>> change) {
        return World.edit(file, entries -> {
            entries.put(
                    DisputeBundle.INDEX,
                    list.apply(DisputeFile.parse(entries.get(DisputeBundle.INDEX))
                                    .orElseThrow())
                            .octets());
            change.accept(entries);
        });
    }
}
