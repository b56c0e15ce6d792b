package org.embassage.evidence.vectors;

import java.security.KeyPair;
import java.util.List;
import java.util.function.Consumer;
import org.embassage.evidence.Chance;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.World;

/** Who else signed that he saw the ledger. */
final class Witnesses {

    private Witnesses() {}

    static List<Vector> good() {
        return List.of(
                Vector.goodBundle(
                                "good-witnessed",
                                "one exchange; each gateway cosigned the other's checkpoints",
                                () -> told(world -> {}))
                        .under("witnessed"),
                Vector.goodBundle(
                                "good-witnessed-before",
                                "one exchange; what was cosigned of QOS-POL is smaller than what its proofs are of, and"
                                        + " covers its receipts",
                                Witnesses::before)
                        .under("witnessed"));
    }

    /** QOS-POL's ledger grew by an entry after the other gateway cosigned it; only its growth is proven. */
    private static byte[] before() {
        World world = new Scene().world;
        String cosigned = world.qosLedger.checkpoint();
        world.qosLedger.unwitness();
        world.qosLedger.append(LedgerLeaf.voided(World.QOS, World.QVL, 7, 7));
        return world.bundle(writer -> writer.note(World.QVL, cosigned));
    }

    static List<Vector> bad() {
        return List.of(
                witnessed(
                        "witnessed-by-nobody",
                        Indication.TRY_LATER,
                        "checkpoints of QOS-POL that nobody cosigned",
                        world -> world.qosLedger.unwitness()),
                witnessed(
                        "witnessed-by-itself",
                        Indication.TRY_LATER,
                        "checkpoints of QOS-POL that QOS-POL itself cosigned",
                        world -> world.qosLedger.witness(world.qosWitness)),
                witnessed(
                        "witnessed-by-a-stranger",
                        Indication.TRY_LATER,
                        "checkpoints of QOS-POL that a witness cosigned whom neither card nor auditor knows",
                        world -> world.qosLedger.witness(stranger())),
                Vector.bundle(
                                "cosignature-of-another-checkpoint",
                                Check.WITNESSED,
                                Indication.LEDGER_FAILURE,
                                "a checkpoint with a known witness's cosignature of another",
                                () -> {
                                    World world = new Scene().world;
                                    String swapped = swapped(world);
                                    return world.bundle(writer -> writer.note(World.QVL, swapped));
                                })
                        .under("witnessed"));
    }

    private static Vector witnessed(String name, Indication indication, String done, Consumer<World> change) {
        return Vector.bundle(name, Check.WITNESSED, indication, done, () -> told(change))
                .under("witnessed");
    }

    private static byte[] told(Consumer<World> change) {
        World world = new World();
        change.accept(world);
        return new Scene(world).bundle();
    }

    private static Cosigner stranger() {
        KeyPair keys = Chance.current().ed25519("stranger");
        return new Cosigner("stranger", keys.getPrivate(), keys.getPublic());
    }

    private static String swapped(World world) {
        String other =
                SignedNote.parse(world.qosLedger.checkpoint(2)).orElseThrow().text();
        SignedNote note = SignedNote.parse(world.qosLedger.unwitnessed(3)).orElseThrow();
        return note.with(world.qvlWitness.cosign(other, Chance.current().now())).toString();
    }
}
