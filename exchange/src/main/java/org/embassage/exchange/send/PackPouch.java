package org.embassage.exchange.send;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.PouchView;
import org.embassage.exchange.journal.Register.TakenPouch;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.TrafficGate;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.PouchDesk;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.PouchManifest;
import org.embassage.exchange.wire.PouchManifest.Part;
import org.embassage.exchange.wire.WireItem;

/**
 * Packs what waits for a peer into a pouch: the dispatch bundles that would travel, and a manifest that the seal key signs.
 * Everything waits on as before: messages for their receipts, everything else until a line carried it or the peer says in a
 * manifest of its own that the pouch came whole.
 */
public final class PackPouch {

    /** About how large a bundle is; a single larger item goes alone. */
    private static final int LIKED_BYTES = 4 << 20;
    /** How many pouches of the peer are confirmed in each of ours. */
    private static final int CONFIRMED = 64;

    private final PeerDirectory peers;
    private final Journal journal;
    private final Register register;
    private final AgreementPolicy policy;
    private final Abandonment abandonment;
    private final TrafficGate gate;
    private final KeySource keys;
    private final PouchDesk desk;
    private final Supplier<Optional<FaultCode>> stopped;
    private final Uuids ids;
    private final Clock clock;

    /** @param stopped why this gateway stands still, if it does */
    public PackPouch(
            PeerDirectory peers,
            Journal journal,
            Register register,
            AgreementBook book,
            Statements statements,
            TrafficGate gate,
            KeySource keys,
            PouchDesk desk,
            Supplier<Optional<FaultCode>> stopped,
            Uuids ids,
            Clock clock) {
        this.peers = peers;
        this.journal = journal;
        this.register = register;
        this.policy = new AgreementPolicy(book);
        this.abandonment = new Abandonment(register, statements, book, ids);
        this.gate = gate;
        this.keys = keys;
        this.desk = desk;
        this.stopped = stopped;
        this.ids = ids;
        this.clock = clock;
    }

    /** Packs. The pouch is whole and durable before its number is committed; a crash between the two packs it anew. */
    public Course pack(Order.PackPouch order, Officer officer, Instant now) {
        Optional<FaultCode> still = stopped.get();
        if (still.isPresent()) {
            return new Course.Refused(FaultCode.ORDER_NOT_POSSIBLE, still);
        }
        GatewayId peer = order.peer();
        if (peers.find(peer).isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN);
        }
        List<OutboxEntry> going = going(peer, now);
        List<PouchManifest.Taken> taken = taken(peer);
        if (going.isEmpty() && taken.isEmpty()) {
            return Course.Refused.of(FaultCode.POUCH_EMPTY);
        }
        PouchDesk.Packing packing = desk.pack(order.pouch());
        Packed packed = new Packed(packing);
        for (OutboxEntry entry : going) {
            packed.add(Parcel.of(entry.with(register.outboxContent(entry.id())), register));
        }
        packed.close();
        long number = register.pouches(Optional.of(peer), Integer.MAX_VALUE).stream()
                        .mapToLong(PouchView::number)
                        .max()
                        .orElse(0)
                + 1;
        PouchManifest manifest = new PouchManifest(peers.self().id(), peer, number, now, taken, packed.parts);
        packing.end(manifest, sign(manifest.octets()));
        Digest digest = manifest.digest();
        Fact fact = new Fact.PouchPacked(
                peer,
                number,
                now,
                digest,
                packed.parts.size(),
                manifest.size(),
                packed.outboxIds,
                LedgerLeaf.act(
                        ids.nextEvidenceId(),
                        "POUCH_PACKED",
                        officer.toString(),
                        peer + " " + number + " sha256:" + digest.hex()));
        return new Course.Carried(List.of(), none -> List.of(fact));
    }

    /** What may go now, judged as before any other departure. */
    private List<OutboxEntry> going(GatewayId peer, Instant now) {
        Departures departures = new Departures(
                peer, register, policy, abandonment, gate, RetryPlan.standard().longestFailure());
        List<StepOutcome> steps = new ArrayList<>();
        List<OutboxEntry> going = departures.judge(register.waiting(peer), now, steps);
        if (!steps.isEmpty()) {
            journal.commit(steps);
        }
        return going;
    }

    /** The peer's pouches that came whole, each once, the newest of them, in their order. */
    private List<PouchManifest.Taken> taken(GatewayId peer) {
        Map<Digest, PouchManifest.Taken> whole = new LinkedHashMap<>();
        register.takenPouches(Optional.of(peer), 4 * CONFIRMED).stream()
                .filter(TakenPouch::whole)
                .forEach(each -> whole.put(each.manifest(), new PouchManifest.Taken(each.number(), each.manifest())));
        return whole.values().stream()
                .limit(CONFIRMED)
                .sorted(Comparator.comparingLong(PouchManifest.Taken::number)
                        .thenComparing(each -> each.manifest().hex()))
                .toList();
    }

    private byte[] sign(byte[] manifest) {
        KeySource.KeyEntry seal = keys.current(KeyUse.SEAL);
        return new CadesSigner(seal.key(), seal.certificate(), Optional.empty(), clock)
                .signDetached(manifest, Commitment.NONE);
    }

    /** Fills bundles one after the other; only one is in memory. */
    private static final class Packed {
        private final PouchDesk.Packing packing;
        private final List<Part> parts = new ArrayList<>();
        private final List<String> outboxIds = new ArrayList<>();
        private final List<WireItem> items = new ArrayList<>();
        private long size;

        Packed(PouchDesk.Packing packing) {
            this.packing = packing;
        }

        void add(Parcel parcel) {
            boolean full = size + parcel.cost() > LIKED_BYTES
                    || items.size() + parcel.items().size() > DispatchBundle.MAX_ITEMS;
            if (!items.isEmpty() && full) {
                close();
            }
            items.addAll(parcel.items());
            size += parcel.cost();
            outboxIds.add(parcel.entry().id());
        }

        void close() {
            if (items.isEmpty()) {
                return;
            }
            byte[] octets = DispatchBundle.encode(items);
            Map<ItemKind, Integer> counts = new HashMap<>();
            items.forEach(item -> counts.merge(item.kind(), 1, Integer::sum));
            parts.add(new Part(Digest.sha256(octets), octets.length, new EnumMap<>(counts)));
            packing.bundle(parts.size(), octets);
            items.clear();
            size = 0;
        }
    }
}
