package org.embassage.exchange.receive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.VoidSequences;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.receive.WitnessDesk.Proof;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway that was put back from a backup and its peers say to each other. The peer accepts the new epoch only if its
 * first leaf binds the checkpoint that the peer holds, and then sends back the receipts that were lost. Thread-safe.
 */
final class EpochDesk {

    private static final Logger LOG = LoggerFactory.getLogger(EpochDesk.class);

    private final PeerDirectory peers;
    private final Journal journal;
    private final Ledgerbook ledgerbook;
    private final Witnessing witnessing;
    private final WitnessDesk witness;
    private final SendBack sendBack;
    private final TakeBack takeBack;
    private final Uuids ids;

    EpochDesk(
            PeerDirectory peers,
            Journal journal,
            Register register,
            Ledgerbook ledgerbook,
            Witnessing witnessing,
            WitnessDesk witness,
            ReceiptDesk receipts,
            VoidSequences sequences,
            Uuids ids) {
        this.peers = peers;
        this.journal = journal;
        this.ledgerbook = ledgerbook;
        this.witnessing = witnessing;
        this.witness = witness;
        this.sendBack = new SendBack(journal, register, ledgerbook, witnessing, ids);
        this.takeBack = new TakeBack(peers, journal, register, ledgerbook, witnessing, receipts, sequences, ids);
        this.ids = ids;
    }

    /** Judges the beginning of a peer's new epoch. */
    synchronized void epoch(byte[] octets, GatewayId from, Instant now) {
        String text = new String(octets, StandardCharsets.UTF_8);
        Optional<NoteVerifier> key = witness.ledgerOf(from);
        Optional<EpochBeginning> read = EpochBeginning.parse(text)
                .filter(epoch -> EpochBeginning.gatewayOf(epoch.origin()).equals(Optional.of(from.value())))
                .filter(epoch -> key.map(epoch::isSignedBy).orElse(false));
        if (read.isEmpty()) {
            witness.unreadable(octets, from, now);
            return;
        }
        EpochBeginning epoch = read.get();
        String current = key.orElseThrow().name();
        if (number(epoch.origin()) <= number(current)) {
            LOG.info("peer={} event=EpochKnown origin={}", from, current);
            return;
        }
        Optional<HeldNote> held = witnessing.heads().refresh(from);
        Optional<HeldNote> forked = forked(epoch, from);
        if (forked.isPresent()) {
            HeldNote before = forked.get();
            String note = epoch.held().stream()
                    .filter(bound -> Checkpoint.unverified(bound)
                            .map(checkpoint -> checkpoint.size() == before.size())
                            .orElse(false))
                    .findFirst()
                    .orElseThrow();
            witness.alarm(octets, from, new HeldNote(before.size(), now, note, true), before, Proof.NONE, now);
            return;
        }
        boolean binds = epoch.follows().equals(current)
                && held.flatMap(note -> Checkpoint.unverified(note.note()))
                        .map(epoch::binds)
                        .orElse(true);
        if (binds) {
            accept(epoch, text, from, now);
        } else {
            refuse(octets, from, now);
        }
    }

    private static long number(String origin) {
        return EpochBeginning.numberOf(origin).orElse(0L);
    }

    /** What we hold of the same size as a checkpoint that is bound, with another root. */
    private Optional<HeldNote> forked(EpochBeginning epoch, GatewayId from) {
        for (Checkpoint bound : epoch.bound()) {
            Optional<HeldNote> same = ledgerbook
                    .peerNote(from, bound.origin(), bound.size())
                    .filter(note -> !Checkpoint.unverified(note.note())
                            .map(Checkpoint::root)
                            .equals(Optional.of(bound.root())));
            if (same.isPresent()) {
                return same;
            }
        }
        return Optional.empty();
    }

    private void accept(EpochBeginning epoch, String text, GatewayId from, Instant now) {
        HeldNote first = new HeldNote(1, now, epoch.first(), true);
        EvidenceId act = ids.nextEvidenceId();
        var unused = journal.commit(StepOutcome.of(
                new Fact.PeerLedgerContinued(epoch.origin(), 0, 1, now, List.of()),
                new Fact.PeerNoteHeld(from, 1, now, epoch.first(), true),
                new Fact.PeerEpochAccepted(from, epoch.origin(), now, text),
                new Fact.LeafAppended(LedgerLeaf.act(act, "EPOCH_ACCEPTED", "gateway", epoch.origin()))));
        LOG.warn("peer={} event=EpochAccepted origin={} lost-since={}", from, epoch.origin(), epoch.lostSince());
        witness.holdsFirst(from, first, now);
        peers.find(from).ifPresent(peer -> sendBack.to(peer, epoch, now));
    }

    private void refuse(byte[] octets, GatewayId from, Instant now) {
        Fault fault = Fault.of(FaultCode.LEDGER_EPOCH_REFUSED);
        Fact.Quarantined item = Quarantine.item("ledger", octets, fault, Optional.empty(), from, Optional.empty(), now);
        var stopped = witnessing
                .traffic()
                .stop(
                        from,
                        Act.byRule("SUSPEND", Optional.of(item.quarantineId())),
                        Reason.of(fault.code().name()),
                        List.of(new Fact.LeafAppended(
                                LedgerLeaf.act(ids.nextEvidenceId(), "EPOCH_REFUSED", "gateway", from.value()))));
        var also = journal.commit(StepOutcome.of(item));
        LOG.error(
                "peer={} ALARM fault={}: it does not bind what we hold; traffic is stopped",
                from,
                fault.code().code());
    }

    /** Takes back what a peer sends after it accepted our new epoch. */
    synchronized void returned(byte[] octets, GatewayId from, Instant now) {
        takeBack.returned(octets, from, now);
    }

    /** The peer says what there is in all. */
    synchronized void recovery(byte[] octets, GatewayId from, Instant now) {
        takeBack.summary(octets, from, now);
    }
}
