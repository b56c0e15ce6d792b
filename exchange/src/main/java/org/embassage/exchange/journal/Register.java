package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;

/** Reads everything but the ledger. Thread-safe; sees committed facts only. */
public interface Register {

    // ---- drops

    Optional<DropView> drop(DropId drop);

    /** Drops that are not closed, oldest first. */
    List<DropView> openDrops();

    /** Those among them that were opened at this time or later, oldest first. */
    List<DropView> openDrops(Instant since);

    /** Our private copy of a drop. */
    Content dropContent(DropId drop);

    /** The drop's result lines in the order of the file. */
    List<ResultLine> results(DropId drop);

    /** The exchange that was made of a record with this identity for this recipient. */
    Optional<ExchangeId> claimed(FeedId feed, Digest identity, GatewayId recipient);

    /** The exchange to this recipient that was made of this record of the drop. */
    Optional<ExchangeId> exchangeOf(DropId drop, int recordIndex, GatewayId recipient);

    // ---- exchanges at their sender

    Optional<ExchangeView> exchange(ExchangeId exchange);

    /** The exchange to this peer whose sealed message has this outer digest. */
    Optional<ExchangeId> exchangeByOuter(GatewayId recipient, Digest outer);

    /** Newest first. */
    List<ExchangeView> exchanges(Optional<ExchangeState> state, Optional<GatewayId> peer, int limit);

    /** Exchanges in SEALED that expired before {@code cutoff}, oldest expiry first. */
    List<ExchangeView> overdue(Instant cutoff, int limit);

    Map<ExchangeState, Long> exchangeCounts();

    /** Sequence numbers to the peer that were reserved but belong to no exchange and no void leaf. */
    List<Long> unusedSequences(GatewayId peer);

    // ---- the inbox

    Optional<InboxView> inbox(GatewayId peer, ExchangeId exchange);

    /** Every inbox entry with this exchange id, from whichever peer. */
    List<InboxView> inbox(ExchangeId exchange);

    /** Newest first. */
    List<InboxView> inboxes(Optional<InboxState> state, int limit);

    /** Entries in the state, most urgent and then oldest first. */
    List<InboxView> inboxIn(InboxState state, int limit);

    /** The same without those under one of these agreements; which may be none. */
    List<InboxView> inboxIn(InboxState state, Collection<AgreementRef> except, int limit);

    /** Entries in the state that expired before this time, the oldest expiry first. */
    List<InboxView> inboxExpired(InboxState state, Instant before, int limit);

    /** The opened message. */
    Content inboxMessage(GatewayId peer, ExchangeId exchange);

    Map<InboxState, Long> inboxCounts();

    // ---- the outbox

    /** What waits, by peer and item kind. */
    List<OutboxCount> outboxCounts();

    /** By which clauses the messages were permitted that wait for the peer over this transport. */
    List<Lane> lanes(GatewayId peer, Transport transport);

    /** Whether anything waits for the peer over this transport that is no message, or is a message away from its own. */
    boolean movable(GatewayId peer, Transport transport);

    /**
     * What may be carried to find out whether the peer can be reached over this transport again: what waits for it there, or
     * was moved away from there, whether it is due or not; what was tried least first.
     */
    List<OutboxEntry> probes(GatewayId peer, Transport transport, int limit);

    /** How often the peer's side of a transport took the sealed message of an exchange. */
    int carried(ExchangeId exchange);

    /** All that waits for the peer by whichever transport, in the order of sending, each with an empty content. */
    List<OutboxEntry> waiting(GatewayId peer);

    /** What {@link #waiting} leaves out. */
    Content outboxContent(String outboxId);

    // ---- pouches

    /** Pouches that we packed, newest first. */
    List<PouchView> pouches(Optional<GatewayId> peer, int limit);

    /** Pouches of peers that we took in, newest first. */
    List<TakenPouch> takenPouches(Optional<GatewayId> peer, int limit);

    /** The newest pouch that has the sealed message of this exchange, while that waits for an answer. */
    Optional<PouchView> pouchOf(ExchangeId exchange);

    /** What is known of links, ordered by peer and transport; a link that never failed may be missing. */
    List<LinkState> links();

    // ---- receipts

    Optional<StoredReceipt> receipt(EvidenceId receipt);

    /** All receipts of an exchange, issued and received, in the order of their leaves. */
    List<StoredReceipt> receipts(ExchangeId exchange);

    /** Newest first. */
    List<StoredReceipt> receipts(int limit);

    /** Receipts of a period, an agreement, a peer or a drop, in the order of their leaves. */
    List<StoredReceipt> receipts(ReceiptQuery query);

    /** Receipts that we issued for a peer, whose leaf index lies in [from, to), oldest first. */
    List<KnownReceipt> issuedFor(GatewayId peer, long from, long to, int limit);

    /** Our receipts of these exchanges that state this event, in the order of their leaves. */
    List<KnownReceipt> issued(Collection<ExchangeId> exchanges, EvidenceEvent event);

    /** Those of these receipts that are kept, in the order of their leaves. */
    List<KnownReceipt> known(Collection<EvidenceId> receipts);

    /** What the receipts of an exchange are, in the order of their leaves; those that name only a message are not among them. */
    List<KnownReceipt> known(ExchangeId exchange);

    /** Receipts that a peer issued and whose inclusion proof has not come. */
    List<StoredReceipt> withoutProof(GatewayId peer, int limit);

    /** What our ledger's entries of receipts are about, in the order of their leaves; no container is read. */
    List<Entered> entered(EnteredQuery query);

    /**
     * Where in our ledger a period begins that begins at this time: the index of the first receipt of our own that was issued
     * then or later; nothing if there is none yet. Periods that adjoin in time adjoin in the ledger.
     */
    Optional<Long> enteredSince(Instant time);

    /**
     * The sequence numbers in [first, last] of which we know what became of them, in order: of exchanges to the peer, or else
     * of messages that came from it, accepted or refused; and those that are void by a leaf of our ledger.
     */
    List<Long> sequences(GatewayId peer, boolean sent, long first, long last);

    /**
     * One receipt of each exchange of the peer's whose number {@link #sequences} cannot tell, since its message was refused,
     * could not be opened, or never came: what was said of it states the number. Reads all receipts of the peer, without
     * containers.
     */
    List<EvidenceId> numberedByReceiptAlone(GatewayId peer);

    /** The greatest number of a message that came from the peer before this time, accepted or refused; 0 if none did. */
    long greatestArrived(GatewayId peer, Instant before);

    /** The greatest number of an exchange to the recipient; 0 if there is none. */
    long greatestSequence(GatewayId recipient);

    /** Our exchanges whose messages the peer's side of a transport held before this time, and which nobody answered. */
    List<ExchangeId> carriedUnanswered(GatewayId peer, Instant before);

    /** Proofs of the peer that waited for receipts which are here now, by receipt. */
    Map<EvidenceId, String> settleableProofs(GatewayId issuer, int limit);

    // ---- quarantine

    /** Newest first. */
    List<QuarantineView> quarantine(int limit);

    /** How many items wait for a decision, by fault; those that were decided are not counted. */
    Map<FaultCode, Long> quarantineWaiting();

    Optional<QuarantineView> quarantined(String id);

    Content quarantineContent(String id);

    /** The pseudonyms of those who released it, the first first. */
    List<String> releases(String id);

    // ---- traffic

    /** The peers with whom traffic is stopped, ordered by id. */
    List<TrafficStop> trafficStops();

    // ---- orders

    /** What the giver of an order was told, if the order was carried out or refused. */
    Optional<String> orderAnswer(EvidenceId order);

    // ---- what the reads return

    /** The clause of one version of an agreement by which messages were permitted. */
    record Lane(AgreementRef agreement, String clause) {}

    /**
     * @param cause code of the reason
     * @param evidence our receipt that says so
     */
    record TrafficStop(GatewayId peer, Instant since, String cause, EvidenceId evidence) {

        /** The cause while what a restored gateway lost is put together with the peer; its evidence is the order's act. */
        public static final String RECOVERING = "RECOVERING";
    }

    /** @param done index of the last record with an outcome, 0 at first */
    record DropView(DropId drop, FeedId feed, Instant at, int records, int done, boolean closed, boolean refused) {}

    record ExchangeView(
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
            Optional<ExchangeId> supersedes,
            ExchangeState state,
            Instant stateSince,
            int attempts) {}

    /** @param refused the fault if it was refused after opening; then most of the rest is empty */
    record InboxView(
            GatewayId peer,
            ExchangeId exchange,
            Digest outer,
            Digest inner,
            Optional<Accepted> accepted,
            Optional<Fault> refused) {

        /** What is known of an accepted exchange. */
        public record Accepted(
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
                Digest manifest,
                Optional<ExchangeId> supersedes,
                InboxState state,
                Instant stateSince,
                Optional<String> fileName,
                Optional<Fault> fault) {}
    }

    /**
     * A pouch of ours.
     *
     * @param items how many items of the outbox it has
     * @param confirmed when the peer said that it took it in whole
     */
    record PouchView(
            GatewayId peer,
            long number,
            Instant at,
            Digest manifest,
            int bundles,
            long octets,
            int items,
            Optional<Instant> confirmed) {}

    /** A pouch of a peer's. @param whole whether nothing of it was missing or altered */
    record TakenPouch(GatewayId peer, long number, Instant at, Digest manifest, boolean whole) {}

    record OutboxCount(GatewayId peer, ItemKind kind, Transport transport, long waiting, Instant oldest) {}

    /**
     * @param leafIndex of its leaf in our ledger
     * @param container the ASiC-E bytes as issued
     * @param proof the covering tlog-proof, once there is one
     */
    record StoredReceipt(
            EvidenceId id,
            EvidenceEvent event,
            Instant time,
            GatewayId issuer,
            Optional<ExchangeId> exchange,
            boolean issued,
            boolean late,
            long leafIndex,
            Digest manifest,
            Digest signature,
            Content container,
            Optional<String> proof) {}

    /**
     * An entry of a receipt in our ledger, and what we know of its exchange.
     *
     * @param leafIndex of its leaf
     * @param issued by us; else received
     * @param peer the other side
     * @param exchange absent if it is about a submission, an unopened message or all traffic
     * @param sent whether the exchange is one that we sent
     * @param submission whether the receipt names a submission of ours
     * @param agreement id of the agreement of the exchange, else of the receipt's terms
     * @param kind of the exchange's message
     * @param state name of an {@link ExchangeState} if we sent the exchange, else of an {@link InboxState}; {@code REFUSED} if we
     *     refused it after opening
     * @param sequence the exchange's number between the two gateways
     * @param receipts how many receipts the exchange has, told at receipts by which one begins: SubmissionAcceptance,
     *     RelayAcceptance and RelayRejection; 1 without an exchange; else 0
     */
    record Entered(
            long leafIndex,
            EvidenceId receipt,
            EvidenceEvent event,
            Instant time,
            boolean issued,
            Optional<GatewayId> peer,
            Optional<ExchangeId> exchange,
            boolean sent,
            boolean submission,
            Optional<String> agreement,
            Optional<String> kind,
            Optional<String> state,
            Optional<Long> sequence,
            int receipts) {}

    /**
     * What a receipt is, without its container.
     *
     * @param leafIndex of its leaf in our ledger
     */
    record KnownReceipt(
            EvidenceId id,
            EvidenceEvent event,
            GatewayId issuer,
            Optional<ExchangeId> exchange,
            boolean issued,
            long leafIndex,
            Digest manifest,
            Digest signature) {}

    /** @param decision the word by which it was decided; absent while it waits */
    record QuarantineView(
            String id,
            Fault fault,
            Optional<String> detail,
            Optional<GatewayId> peer,
            Optional<ExchangeId> exchange,
            Optional<DropId> drop,
            Instant at,
            int bytes,
            Optional<String> decision) {}
}
