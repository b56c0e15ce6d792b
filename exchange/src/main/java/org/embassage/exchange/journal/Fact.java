package org.embassage.exchange.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.port.Carrier.Transport;

/**
 * One thing that is true once its step is committed. Times are UTC in whole milliseconds. Byte contents are encrypted
 * by the store before they touch the disk.
 */
public sealed interface Fact {

    // ---- the drop

    /**
     * A drop was sliced and proven; {@code content} is our private copy. Conflict: DROP_KNOWN.
     *
     * @param records how many it has
     */
    record DropOpened(DropId drop, FeedId feed, Instant at, int records, Content content) implements Fact {}

    /** All records up to and including this index have their outcome. */
    record DropAdvanced(DropId drop, int recordIndex) implements Fact {}

    /** Nothing more comes of this drop. The private copy is kept until retention ends. */
    record DropClosed(DropId drop, boolean refused, Instant at) implements Fact {}

    /** A line of the drop's result file. */
    record ResultNoted(DropId drop, ResultLine line) implements Fact {}

    /**
     * A record was taken. Conflict: RECORD_CLAIMED if the same identity was claimed by any drop before.
     *
     * @param identity keyed HMAC of origin record reference and bytes
     */
    record IntakeClaimed(FeedId feed, Digest identity, GatewayId recipient, ExchangeId exchange) implements Fact {}

    // ---- an exchange, at its sender

    /** An exchange was sealed. Starts in SEALED. */
    record ExchangeOpened(
            ExchangeId exchange,
            GatewayId recipient,
            String kind,
            String schemaVersion,
            Priority priority,
            Transport transport,
            long sequence,
            AgreementRef agreement,
            String clause,
            Instant created,
            Instant expires,
            DropId drop,
            int recordIndex,
            FeedId feed,
            Digest outer,
            Digest inner,
            Digest manifest,
            Optional<ExchangeId> supersedes)
            implements Fact {}

    /** The state changed. Conflict: STATE_MOVED if it is not {@code from} any more. */
    record ExchangeMoved(ExchangeId exchange, ExchangeState from, ExchangeState to, Instant at) implements Fact {}

    // ---- the outbox

    /** Something waits to be carried. */
    record OutboxPut(OutboxEntry entry) implements Fact {}

    /** It was carried, or tried; it is due again at {@code nextAttempt}. Ends the lease. */
    record OutboxAttempted(String outboxId, Instant at, boolean carried, Instant nextAttempt) implements Fact {}

    /** It was leased and not tried: it is due at {@code nextAttempt}, and no attempt is counted. */
    record OutboxReleased(String outboxId, Instant nextAttempt) implements Fact {}

    /** It was tried in vain beside its own lane: the attempt is counted, when it is due stays. */
    record OutboxTried(String outboxId, Instant at) implements Fact {}

    /** It need not be carried again. */
    record OutboxEnded(String outboxId, Instant at) implements Fact {}

    /** What waits of this exchange is due now. */
    record ExchangeDue(ExchangeId exchange, Instant at) implements Fact {}

    /** The sealed message of this exchange need not be carried again. */
    record MessageEnded(ExchangeId exchange, Instant at) implements Fact {}

    /** The sealed message of this exchange is to be carried again at once, if it still waits for an answer. */
    record MessageDue(ExchangeId exchange, Instant at) implements Fact {}

    // ---- pouches

    /**
     * A pouch for the peer holds copies of what waits in the outbox; all of it waits on, and its messages may be at the peer
     * from now on. Conflict: POUCH_KNOWN if the number is taken.
     *
     * @param manifest SHA-256 of the pouch's manifest
     */
    record PouchPacked(
            GatewayId peer,
            long number,
            Instant at,
            Digest manifest,
            int bundles,
            long octets,
            List<String> outboxIds,
            LedgerLeaf leaf)
            implements Fact {
        public PouchPacked {
            outboxIds = List.copyOf(outboxIds);
        }
    }

    /** A pouch of the peer was taken in. @param whole whether nothing of it was missing or altered */
    record PouchTaken(GatewayId peer, long number, Instant at, Digest manifest, boolean whole, LedgerLeaf leaf)
            implements Fact {}

    /**
     * The peer says that it took our pouch in, whole: what was in it need not be carried again, except messages, which wait for
     * their receipts. Changes nothing if we packed no such pouch.
     */
    record PouchConfirmed(GatewayId peer, long number, Digest manifest, Instant at) implements Fact {}

    // ---- links to peers

    /** What is known of a link changed. */
    record LinkChanged(LinkState link) implements Fact {}

    /**
     * What waits for the peer over one transport goes over another, due at once: messages of one clause, or, without a
     * clause, everything that is no message. What was moved away from {@code to} before goes back there whatever its clause.
     */
    record LaneMoved(GatewayId peer, Transport from, Transport to, Optional<Register.Lane> of, Instant at)
            implements Fact {}

    /** What was moved away from this transport comes back to it. */
    record LaneReturned(GatewayId peer, Transport home) implements Fact {}

    /** What waits over this transport and was never carried is due now. */
    record LaneDue(GatewayId peer, Transport transport, Instant at) implements Fact {}

    // ---- the inbox

    /** A message was opened, validated, permitted. Starts in ACCEPTED. Conflict: EXCHANGE_KNOWN. */
    record InboxPut(
            GatewayId peer,
            ExchangeId exchange,
            String kind,
            String schemaVersion,
            Priority priority,
            long sequence,
            AgreementRef agreement,
            String clause,
            Instant submitted,
            Instant expires,
            Instant received,
            Transport via,
            Digest outer,
            Digest inner,
            Digest manifest,
            Optional<ExchangeId> supersedes,
            Content message)
            implements Fact {}

    /**
     * The state changed. Conflict: STATE_MOVED if it is not {@code from} any more.
     *
     * @param fileName of the hand-over, set with HANDING_OVER
     */
    record InboxMoved(
            GatewayId peer,
            ExchangeId exchange,
            InboxState from,
            InboxState to,
            Instant at,
            Optional<String> fileName,
            Optional<Fault> fault)
            implements Fact {}

    /** A message was refused after it was opened; a second arrival gets the same answer. Conflict: EXCHANGE_KNOWN. */
    record InboxRefused(
            GatewayId peer, ExchangeId exchange, long sequence, Digest outer, Digest inner, Fault fault, Instant at)
            implements Fact {}

    // ---- evidence

    /**
     * A receipt was issued or received, and its leaf appended. Conflict: RECEIPT_KNOWN.
     *
     * @param issued true if by us
     * @param peer the gateway on the other side; absent for evidence about a submission
     */
    record ReceiptKept(Receipt receipt, boolean issued, Optional<GatewayId> peer, LedgerLeaf leaf, boolean late)
            implements Fact {}

    /** A leaf that is no receipt: act, agreement, void, epoch. */
    record LeafAppended(LedgerLeaf leaf) implements Fact {}

    /** Reserved numbers, both ends included, that will never be used: they are no longer among the unused ones. */
    record SequenceVoided(GatewayId peer, long from, long to, LedgerLeaf leaf) implements Fact {}

    /** The inclusion proof that covers a receipt, as C2SP tlog-proof text. Replaces an earlier one; none waits any more. */
    record ProofKept(EvidenceId receipt, String proof) implements Fact {}

    /**
     * A peer's proof came before the receipt that it covers, over another transport: it waits for it. At most 10,000 wait
     * for each peer; more are not held.
     */
    record ProofHeld(EvidenceId receipt, GatewayId issuer, String proof) implements Fact {}

    /** A proof that waited does not fit the receipt that came: it waits no longer. */
    record ProofRefused(EvidenceId receipt, GatewayId issuer) implements Fact {}

    /**
     * Our own checkpoint, as a signed note.
     *
     * @param size of the one row of all leaves that it covers: the epoch's size and where the epoch begins
     */
    record CheckpointSigned(long size, Instant at, String note) implements Fact {}

    /** A peer's checkpoint that was verified and found consistent, or that was caught lying: both are kept. */
    record PeerNoteHeld(GatewayId peer, long size, Instant at, String note, boolean consistent) implements Fact {}

    // ---- time

    /**
     * From here on evidence is time-stamped in this way, or is not; the leaf tells it to every reader of the ledger.
     *
     * @param from the ledger's size before: receipts with a smaller leaf index need no token of their own
     */
    record TimeStampingSet(Stamping mode, long from, Instant at, LedgerLeaf leaf) implements Fact {}

    /** There is a token over SHA-256 of a receipt's signature value. Changes nothing if there was one. */
    record ReceiptStamped(long leafIndex, Instant at, Published token) implements Fact {}

    /**
     * There is a token over SHA-256 of our checkpoint's note. Changes nothing if there was one.
     *
     * @param size as of {@link CheckpointSigned}
     */
    record CheckpointStamped(long size, String note, Instant at, Published token) implements Fact {}

    /** An authority's certificate or a revocation list was in force. Changes nothing if it is kept. */
    record StatusKept(Stampbook.StatusKind kind, Instant at, Published octets) implements Fact {}

    /**
     * A peer's ledger was proven to continue the checkpoint held before; in one step with the {@link PeerNoteHeld} of its new
     * size. Conflict: NOTE_MOVED if another note was held since, so that no two of a peer's histories continue the same one.
     *
     * @param origin of the peer's ledger
     * @param from size of the checkpoint held before, 0 at first contact
     * @param path the proof; empty at first contact
     */
    record PeerLedgerContinued(String origin, long from, long to, Instant at, List<Digest> path) implements Fact {
        public PeerLedgerContinued {
            path = List.copyOf(path);
        }
    }

    /**
     * A cosignature on a checkpoint of {@code origin}: a witness's on ours, or ours on a peer's. The first of each cosigner
     * for each size is kept.
     *
     * @param at whole seconds, as cosigned
     * @param line of the note, with its line feed
     */
    record CosignatureKept(String origin, long size, String cosigner, Instant at, String line) implements Fact {}

    /**
     * A peer's signed answer to our challenge. Never conflicts.
     *
     * @param opening of the challenge's nonce, as text
     * @param consistent with what was held when we asked
     */
    record AnswerKept(GatewayId peer, long size, Instant at, String note, String opening, boolean consistent)
            implements Fact {}

    /** Somebody showed us a note with our own signature that our ledger does not continue. */
    record OwnNoteShown(String shownBy, long size, Instant at, String note) implements Fact {}

    // ---- traffic with a peer

    /**
     * Messages neither go to the peer nor are taken from it. Never conflicts.
     *
     * @param cause code of the reason
     * @param evidence the receipt that says so
     */
    record TrafficStopped(GatewayId peer, Instant at, String cause, EvidenceId evidence) implements Fact {}

    /** They do again. Never conflicts. */
    record TrafficResumed(GatewayId peer, Instant at, EvidenceId evidence) implements Fact {}

    // ---- keeping and erasing

    /**
     * How long the record itself may be kept, as its governance says.
     *
     * @param peer on the other side of the exchange
     * @param until the first instant at which it may not be kept any more, UTC
     */
    record RetentionKnown(ExchangeId exchange, GatewayId peer, Instant until) implements Fact {

        /** By the last day of keeping; days are UTC's. */
        public static RetentionKnown lastDay(ExchangeId exchange, GatewayId peer, LocalDate lastDay) {
            return new RetentionKnown(
                    exchange,
                    peer,
                    lastDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        }
    }

    /**
     * Content is gone: its keys and its bytes are deleted. Nothing else of the exchange, drop or item changes. Conflict:
     * STATE_MOVED if it is open or was erased.
     *
     * @param evidence id of the receipt or act that says so, in the same step
     * @param atOnce whether it is to be final as soon as can be
     */
    record ContentErased(Erasable of, ErasureReason reason, Instant at, EvidenceId evidence, boolean atOnce)
            implements Fact {}

    /** The key of a retired epoch was destroyed. */
    record EpochDestroyed(String name, Instant at, LedgerLeaf leaf) implements Fact {}

    // ---- trouble

    /** Something waits for a person, or is kept as proof. Conflict: QUARANTINE_KNOWN. */
    record Quarantined(
            String quarantineId,
            Fault fault,
            Optional<String> detail,
            Optional<GatewayId> peer,
            Optional<ExchangeId> exchange,
            Optional<DropId> drop,
            Instant at,
            Content content)
            implements Fact {}

    /**
     * It waits no longer. Conflict: STATE_MOVED if that was decided already.
     *
     * @param word of the decision, for example {@code REJECT}; {@code EXPIRED} if nobody decided in time
     */
    record QuarantineDecided(String quarantineId, String word, Instant at) implements Fact {}

    /** A person released it. Conflict: STATE_MOVED if the same person did before. @param officer the pseudonym */
    record ReleaseGiven(String quarantineId, String officer, Instant at) implements Fact {}

    // ---- orders

    /**
     * An order of a person was carried out, or refused. Conflict: ORDER_KNOWN.
     *
     * @param order its id, which is also that of the act in the ledger
     * @param answer what its giver is told
     */
    record OrderDone(EvidenceId order, Instant at, String answer, LedgerLeaf leaf) implements Fact {}

    // ---- copies of the store

    /** A backup is being made. */
    record BackupTaken(String backup, Instant at, String name, boolean keys) implements Fact {}

    /** This store was put back by other means from a backup. @param size of the one row of all leaves */
    record PutBack(String backup, Instant at, long size) implements Fact {}

    /** A peer said what it holds of our ledger, since this store was put back from a backup. The newest counts. */
    record HoldingTold(GatewayId peer, Instant at, Optional<String> note) implements Fact {}

    /**
     * The ledger begins a new epoch with this step's next leaf, because the store was put back. With every peer what was lost
     * is put together before messages go or come.
     *
     * @param beginning the statement
     * @param order the act by which it begins
     */
    record EpochBegun(
            String origin, Instant at, String beginning, List<GatewayId> peers, EvidenceId order, LedgerLeaf leaf)
            implements Fact {
        public EpochBegun {
            peers = List.copyOf(peers);
        }
    }

    /** A peer's ledger began a new epoch that binds what we hold of the old one. Changes nothing if that is known. */
    record PeerEpochAccepted(GatewayId peer, String origin, Instant at, String beginning) implements Fact {}

    /** A peer said what it sent back, and which of its exchanges it carried to us without an answer. */
    record RecoveryTold(GatewayId peer, String origin, String summary, List<ExchangeId> uncertain) implements Fact {
        public RecoveryTold {
            uncertain = List.copyOf(uncertain);
        }
    }

    /** Everything that the peer sent back is kept: messages go and come again. */
    record Recovered(GatewayId peer, String origin, Instant at, LedgerLeaf leaf) implements Fact {}
}
