package org.embassage.gateway.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.Entered;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stampbook.Setting;
import org.embassage.exchange.journal.Stampbook.Unstamped;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.peer.PeerDirectory;

/**
 * Counts what is still to come of an answer. What checkpoints, cosignatures and time-stamps do not reach yet lies at the
 * ledger's end, so that only the end is read.
 */
final class MissingProofs {

    /** So many of the last entries are looked at for peers' checkpoints: more cannot have come since a note was missed. */
    private static final int LAST = 1_000;

    private final Register register;
    private final Ledgerbook ledgerbook;
    private final Stampbook stampbook;
    private final PeerDirectory peers;

    MissingProofs(Register register, Ledgerbook ledgerbook, Stampbook stampbook, PeerDirectory peers) {
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.stampbook = stampbook;
        this.peers = peers;
    }

    Missing of(Selection selection) {
        Count count = new Count(
                selection.new Membership(),
                ledgerbook.first()
                        + ledgerbook.newestCheckpoint().map(HeldNote::size).orElse(0L),
                witnessed(),
                stamped());
        selection.eachWithoutProof(selection.horizon(), count::unproven);
        selection.each(
                Math.min(Math.min(count.covered, count.witnessed), count.stamped), selection.horizon(), count::add);
        boolean one = selection.question().exchange().isPresent();
        Map<GatewayId, Long> held = new HashMap<>();
        selection.each(one ? 0 : Math.max(0, selection.horizon() - LAST), selection.horizon(), entry -> {
            if (!entry.issued() && entry.peer().isPresent() && count.asked.has(entry)) {
                long size = held.computeIfAbsent(entry.peer().get(), this::held);
                if (provenAt(entry.receipt(), entry.peer().get())
                        .filter(index -> index >= size)
                        .isPresent()) {
                    count.unheld(entry);
                }
            }
        });
        return count.result();
    }

    /** The greatest size of a peer's ledger that is proven to continue those before. */
    private long held(GatewayId peer) {
        return ledgerbook.newestPeerNote(peer).map(HeldNote::size).orElse(0L);
    }

    /** The place of a peer's receipt in the newest epoch of its ledger, if its proof has come. */
    private Optional<Long> provenAt(EvidenceId receipt, GatewayId peer) {
        Optional<String> origin =
                ledgerbook.newestPeerNote(peer).map(HeldNote::note).map(MissingProofs::origin);
        return register.receipt(receipt)
                .flatMap(StoredReceipt::proof)
                .flatMap(TlogProof::parse)
                .filter(proof -> origin.isEmpty() || origin.equals(Optional.of(origin(proof.note()))))
                .map(TlogProof::index);
    }

    private static String origin(String note) {
        return note.substring(0, Math.max(0, note.indexOf('\n')));
    }

    private long witnessed() {
        boolean wanted = peers.all().stream().anyMatch(peer -> peer.witnessKey().isPresent());
        return wanted ? ledgerbook.first() + new WitnessMaterial(ledgerbook, peers).witnessed() : Long.MAX_VALUE;
    }

    /** The first leaf whose receipt is to have a token of its own and has none. */
    private long stamped() {
        Optional<Setting> each = stampbook.setting().filter(setting -> setting.mode() == Stamping.EACH);
        return each.flatMap(setting -> stampbook.unstamped(setting.from(), 1).stream()
                        .map(Unstamped::leafIndex)
                        .findFirst())
                .orElse(Long.MAX_VALUE);
    }

    private static final class Count {
        private final Selection.Membership asked;
        private final long covered;
        private final long witnessed;
        private final long stamped;
        private final Set<EvidenceId> seen = new HashSet<>();
        private final Set<EvidenceId> unproven = new HashSet<>();
        private final Set<EvidenceId> unheld = new HashSet<>();
        private int uncovered;
        private int unwitnessed;
        private int unstamped;

        Count(Selection.Membership asked, long covered, long witnessed, long stamped) {
            this.asked = asked;
            this.covered = covered;
            this.witnessed = witnessed;
            this.stamped = stamped;
        }

        void add(Entered entry) {
            boolean below = entry.leafIndex() >= covered;
            boolean unseen = entry.issued() && !below && entry.leafIndex() >= witnessed;
            boolean timeless = entry.leafIndex() >= stamped;
            if (!below && !unseen && !timeless || !asked.has(entry)) {
                return;
            }
            seen.add(entry.receipt());
            uncovered += below ? 1 : 0;
            unwitnessed += unseen ? 1 : 0;
            unstamped += timeless ? 1 : 0;
        }

        void unproven(Entered entry) {
            if (asked.has(entry)) {
                unproven.add(entry.receipt());
            }
        }

        void unheld(Entered entry) {
            unheld.add(entry.receipt());
        }

        Missing result() {
            seen.addAll(unproven);
            seen.addAll(unheld);
            return new Missing(seen.size(), uncovered, unwitnessed, unproven.size(), unheld.size(), unstamped);
        }
    }
}
