package org.embassage.evidence.vectors;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.verify.World;
import org.embassage.evidence.zip.StrictZip;

/** A world with the three receipts of a usual exchange, and the places where one may touch it. */
final class Scene {

    static final String MANIFEST = "META-INF/ASiCManifest001.xml";
    static final String SIGNATURE = "META-INF/signature001.p7s";
    static final String PROOF = "META-INF/receipt.tlog-proof";
    static final String AGREEMENT = "agreements/QVL-QOS-2031-01.v1.xml";

    final World world;
    final Receipt accepted;
    final Receipt relayed;
    final Receipt handedOver;

    Scene() {
        this(new World());
    }

    Scene(World world) {
        this.world = world;
        this.accepted = world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        this.relayed = world.say(EvidenceEvent.RELAY_ACCEPTANCE);
        this.handedOver = world.say(EvidenceEvent.CONTENT_HANDOVER);
    }

    /** The usual bundle, with the message and a proof from the other side. */
    byte[] bundle() {
        return world.bundle(writer -> writer.sealedMessage(world.exchange, world.sealed)
                .receivedProof(relayed.id(), World.QVL, world.qvlLedger.proof(LedgerLeaf.received(relayed))));
    }

    /** Changes files of the bundle; the index stays. */
    byte[] edit(Consumer<Map<String, byte[]>> change) {
        return World.edit(bundle(), change);
    }

    /** Changes files of the bundle and writes an index to match, unsigned. */
    byte[] forge(Consumer<Map<String, byte[]>> change) {
        return World.forge(bundle(), change);
    }

    /** Changes files of the bundle and exports it anew, signed by the exporter who did it. */
    byte[] reexport(Consumer<Map<String, byte[]>> change) {
        return World.signed(forge(change), world.qvlSeal.signer());
    }

    /** The RelayAcceptance by itself, with its proof. */
    byte[] receipt() {
        return proven(relayed);
    }

    byte[] proven(Receipt receipt) {
        return ReceiptReader.withProof(receipt.container(), world.proof(receipt).orElseThrow());
    }

    /** The RelayAcceptance with entries changed. */
    byte[] receipt(Consumer<Map<String, byte[]>> change) {
        return World.edit(receipt(), change);
    }

    static Consumer<Map<String, byte[]>> inReceipt(Receipt receipt, Consumer<Map<String, byte[]>> change) {
        return files -> files.computeIfPresent(
                BundlePath.receipt(receipt.id()), (path, container) -> World.edit(container, change));
    }

    static Consumer<Map<String, byte[]>> replacing(String entry, String from, String to) {
        return files -> files.put(entry, World.replaced(files.get(entry), from, to));
    }

    static Map<String, byte[]> entries(byte[] zip) {
        return new LinkedHashMap<>(StrictZip.read(zip, 1 << 24).orElseThrow());
    }

    static byte[] flipped(byte[] content) {
        byte[] flipped = content.clone();
        flipped[content.length / 2] ^= 1;
        return flipped;
    }
}
