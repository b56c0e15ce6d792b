package org.embassage.exchange.receive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.TakenPouch;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.PouchDesk;
import org.embassage.exchange.port.PouchDesk.BadPart;
import org.embassage.exchange.port.PouchDesk.Report;
import org.embassage.exchange.port.PouchDesk.Unpacking;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.trust.Trust;
import org.embassage.exchange.wire.PouchManifest;
import org.embassage.exchange.wire.PouchManifest.Part;

/**
 * Takes a pouch in. Where a transport has a pinned key, a pouch has the signature of its manifest: by a seal key that the
 * sender's card names and its country vouches for now. Without it nothing is taken. Then each bundle goes the way of all
 * bundles: judged, committed, answered; the same again has no second effect.
 */
public final class TakePouch {

    /** What a person may have put beside: never read. */
    private static final Set<String> PAPERS = Set.of("paper.txt", "paper.pdf");

    private final PeerDirectory peers;
    private final Trust trust;
    private final Register register;
    private final Reception reception;
    private final PouchDesk desk;
    private final Supplier<Optional<FaultCode>> stopped;
    private final Uuids ids;

    /**
     * @param reception the same that transports call
     * @param stopped why this gateway stands still, if it does
     */
    public TakePouch(
            PeerDirectory peers,
            Trust trust,
            Register register,
            Reception reception,
            PouchDesk desk,
            Supplier<Optional<FaultCode>> stopped,
            Uuids ids) {
        this.peers = peers;
        this.trust = trust;
        this.register = register;
        this.reception = reception;
        this.desk = desk;
        this.stopped = stopped;
        this.ids = ids;
    }

    /**
     * Takes in what is whole, and reports the rest.
     *
     * @throws org.embassage.exchange.fault.Broken our side failed; what was taken in stays, and the order is tried again
     */
    public Course take(Order.TakePouch order, Officer officer, Instant now) {
        Optional<FaultCode> still = stopped.get();
        if (still.isPresent()) {
            return new Course.Refused(FaultCode.ORDER_NOT_POSSIBLE, still);
        }
        Optional<Unpacking> pouch = desk.unpack(order.pouch());
        if (pouch.isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN);
        }
        Optional<PouchManifest> manifest =
                pouch.get().file(PouchManifest.NAME, PouchManifest.MAX_BYTES).flatMap(PouchManifest::parse);
        Optional<FaultCode> no = manifest.isEmpty()
                ? Optional.of(FaultCode.POUCH_UNREADABLE)
                : refusal(pouch.get(), manifest.get(), now);
        return no.isPresent() ? Course.Refused.of(no.get()) : taken(pouch.get(), manifest.get(), officer, now);
    }

    private Optional<FaultCode> refusal(Unpacking pouch, PouchManifest manifest, Instant now) {
        Optional<byte[]> signature = pouch.file(PouchManifest.SIGNATURE, PouchManifest.MAX_SIGNATURE);
        if (signature.isEmpty()) {
            return Optional.of(FaultCode.POUCH_UNREADABLE);
        }
        Optional<Peer> sender = peers.find(manifest.from());
        if (sender.isEmpty()) {
            return Optional.of(FaultCode.POUCH_SENDER_UNKNOWN);
        }
        if (!signed(sender.get(), manifest.octets(), signature.get(), now)) {
            return Optional.of(FaultCode.POUCH_SIGNATURE_BAD);
        }
        if (!manifest.to().equals(peers.self().id())) {
            return Optional.of(FaultCode.POUCH_NOT_FOR_US);
        }
        Set<String> extra = new HashSet<>(pouch.names());
        manifest.names().forEach(extra::remove);
        extra.removeAll(PAPERS);
        return extra.isEmpty() ? Optional.empty() : Optional.of(FaultCode.POUCH_FILE_EXTRA);
    }

    private boolean signed(Peer sender, byte[] manifest, byte[] signature, Instant now) {
        return CadesVerifier.verifyDetached(signature, manifest)
                .fold(
                        good -> sender.sealCertificates().contains(good.signer())
                                && trust.seals(good.signer(), sender.id(), now),
                        bad -> false);
    }

    private Course taken(Unpacking pouch, PouchManifest manifest, Officer officer, Instant now) {
        GatewayId from = manifest.from();
        Digest digest = manifest.digest();
        List<TakenPouch> before = register.takenPouches(Optional.of(from), Integer.MAX_VALUE);
        List<BadPart> bad = new ArrayList<>();
        for (int i = 0; i < manifest.parts().size(); i++) {
            Optional<FaultCode> fault = part(pouch, manifest, i);
            if (fault.isPresent()) {
                bad.add(new BadPart(i + 1, Fault.of(fault.get())));
            }
        }
        pouch.report(new Report(
                manifest,
                before.stream().anyMatch(each -> each.whole() && each.manifest().equals(digest)),
                before.stream()
                        .mapToLong(TakenPouch::number)
                        .filter(number -> number < manifest.number())
                        .max()
                        .orElse(0),
                bad));
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.PouchTaken(
                from,
                manifest.number(),
                now,
                digest,
                bad.isEmpty(),
                LedgerLeaf.act(
                        ids.nextEvidenceId(),
                        bad.isEmpty() ? "POUCH_TAKEN" : "POUCH_TAKEN_IN_PART",
                        officer.toString(),
                        from + " " + manifest.number() + " sha256:" + digest.hex())));
        manifest.taken().forEach(each -> facts.add(new Fact.PouchConfirmed(from, each.number(), each.manifest(), now)));
        return new Course.Carried(List.of(), none -> facts);
    }

    /** @return why it was not taken in */
    private Optional<FaultCode> part(Unpacking pouch, PouchManifest manifest, int index) {
        Part part = manifest.parts().get(index);
        String name = PouchManifest.name(index + 1);
        if (!pouch.names().contains(name)) {
            return Optional.of(FaultCode.POUCH_PART_MISSING);
        }
        Optional<byte[]> octets = pouch.file(name, (int) part.octets())
                .filter(read ->
                        read.length == part.octets() && Digest.sha256(read).equals(part.digest()));
        if (octets.isEmpty()) {
            return Optional.of(FaultCode.POUCH_PART_ALTERED);
        }
        reception.accept(new Arrival(manifest.from(), Transport.POUCH, octets.get()));
        return Optional.empty();
    }
}
