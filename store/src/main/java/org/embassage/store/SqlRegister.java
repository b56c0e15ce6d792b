package org.embassage.store;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
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
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.EnteredQuery;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.port.Carrier.Transport;

/** Everything but the ledger, read from a database; each subject's queries lie in a class of their own. */
final class SqlRegister implements Register {

    private final DropQueries drops;
    private final ExchangeQueries exchanges;
    private final InboxQueries inbox;
    private final ReceiptQueries receipts;
    private final EnteredQueries entered;
    private final QuarantineQueries quarantine;
    private final TrafficQueries traffic;
    private final LinkQueries links;
    private final PouchQueries pouches;
    private final ContentReader contents;

    SqlRegister(Database database, ContentReader contents) {
        this.drops = new DropQueries(database);
        this.exchanges = new ExchangeQueries(database);
        this.inbox = new InboxQueries(database);
        this.receipts = new ReceiptQueries(database, contents);
        this.entered = new EnteredQueries(database);
        this.quarantine = new QuarantineQueries(database, contents);
        this.traffic = new TrafficQueries(database);
        this.links = new LinkQueries(database, contents);
        this.pouches = new PouchQueries(database, contents);
        this.contents = contents;
    }

    @Override
    public Optional<DropView> drop(DropId drop) {
        return drops.drop(drop);
    }

    @Override
    public List<DropView> openDrops() {
        return drops.open();
    }

    @Override
    public List<DropView> openDrops(Instant since) {
        return drops.open(since);
    }

    @Override
    public Content dropContent(DropId drop) {
        return contents.content(ContentIds.drop(drop));
    }

    @Override
    public List<ResultLine> results(DropId drop) {
        return drops.results(drop);
    }

    @Override
    public Optional<ExchangeId> claimed(FeedId feed, Digest identity, GatewayId recipient) {
        return drops.claimed(feed, identity, recipient);
    }

    @Override
    public Optional<ExchangeView> exchange(ExchangeId exchange) {
        return exchanges.exchange(exchange);
    }

    @Override
    public Optional<ExchangeId> exchangeByOuter(GatewayId recipient, Digest outer) {
        return exchanges.byOuter(recipient, outer);
    }

    @Override
    public List<ExchangeView> exchanges(Optional<ExchangeState> state, Optional<GatewayId> peer, int limit) {
        return exchanges.newest(state, peer, limit);
    }

    @Override
    public List<ExchangeView> overdue(Instant cutoff, int limit) {
        return exchanges.overdue(cutoff, limit);
    }

    @Override
    public Map<ExchangeState, Long> exchangeCounts() {
        return exchanges.counts();
    }

    @Override
    public List<Long> unusedSequences(GatewayId peer) {
        return exchanges.unusedSequences(peer);
    }

    @Override
    public Optional<InboxView> inbox(GatewayId peer, ExchangeId exchange) {
        return inbox.all(exchange).stream()
                .filter(view -> view.peer().equals(peer))
                .findFirst();
    }

    @Override
    public List<InboxView> inbox(ExchangeId exchange) {
        return inbox.all(exchange);
    }

    @Override
    public List<InboxView> inboxes(Optional<InboxState> state, int limit) {
        return inbox.newest(state, limit);
    }

    @Override
    public List<InboxView> inboxIn(InboxState state, int limit) {
        return inbox.mostUrgent(state, List.of(), limit);
    }

    @Override
    public List<InboxView> inboxIn(InboxState state, Collection<AgreementRef> except, int limit) {
        return inbox.mostUrgent(state, except, limit);
    }

    @Override
    public List<InboxView> inboxExpired(InboxState state, Instant before, int limit) {
        return inbox.expired(state, before, limit);
    }

    @Override
    public Content inboxMessage(GatewayId peer, ExchangeId exchange) {
        return contents.content(ContentIds.inbox(peer, exchange));
    }

    @Override
    public Map<InboxState, Long> inboxCounts() {
        return inbox.counts();
    }

    @Override
    public List<OutboxCount> outboxCounts() {
        return exchanges.outboxCounts();
    }

    @Override
    public List<Lane> lanes(GatewayId peer, Transport transport) {
        return links.lanes(peer, transport);
    }

    @Override
    public boolean movable(GatewayId peer, Transport transport) {
        return links.movable(peer, transport);
    }

    @Override
    public List<OutboxEntry> probes(GatewayId peer, Transport transport, int limit) {
        return links.probes(peer, transport, limit);
    }

    @Override
    public int carried(ExchangeId exchange) {
        return links.carried(exchange);
    }

    @Override
    public List<OutboxEntry> waiting(GatewayId peer) {
        return pouches.waiting(peer);
    }

    @Override
    public Content outboxContent(String outboxId) {
        return pouches.content(outboxId);
    }

    @Override
    public List<PouchView> pouches(Optional<GatewayId> peer, int limit) {
        return pouches.packed(peer, limit);
    }

    @Override
    public List<TakenPouch> takenPouches(Optional<GatewayId> peer, int limit) {
        return pouches.taken(peer, limit);
    }

    @Override
    public Optional<PouchView> pouchOf(ExchangeId exchange) {
        return pouches.of(exchange);
    }

    @Override
    public List<LinkState> links() {
        return links.links();
    }

    @Override
    public Optional<StoredReceipt> receipt(EvidenceId receipt) {
        return receipts.receipt(receipt);
    }

    @Override
    public List<StoredReceipt> receipts(ExchangeId exchange) {
        return receipts.of(exchange);
    }

    @Override
    public List<StoredReceipt> receipts(int limit) {
        return receipts.newest(limit);
    }

    @Override
    public List<StoredReceipt> receipts(ReceiptQuery query) {
        return receipts.asked(query);
    }

    @Override
    public List<KnownReceipt> issuedFor(GatewayId peer, long from, long to, int limit) {
        return receipts.issuedFor(peer, from, to, limit);
    }

    @Override
    public List<KnownReceipt> issued(Collection<ExchangeId> exchanges, EvidenceEvent event) {
        return receipts.issued(exchanges, event);
    }

    @Override
    public List<KnownReceipt> known(Collection<EvidenceId> ids) {
        return receipts.known(ids);
    }

    @Override
    public List<KnownReceipt> known(ExchangeId exchange) {
        return receipts.known(exchange);
    }

    @Override
    public List<StoredReceipt> withoutProof(GatewayId peer, int limit) {
        return receipts.withoutProof(peer, limit);
    }

    @Override
    public List<Entered> entered(EnteredQuery query) {
        return entered.list(query);
    }

    @Override
    public Optional<Long> enteredSince(Instant time) {
        return entered.since(time);
    }

    @Override
    public List<Long> sequences(GatewayId peer, boolean sent, long first, long last) {
        return entered.sequences(peer, sent, first, last);
    }

    @Override
    public List<EvidenceId> numberedByReceiptAlone(GatewayId peer) {
        return entered.onlyInReceipts(peer);
    }

    @Override
    public Optional<ExchangeId> exchangeOf(DropId drop, int recordIndex, GatewayId recipient) {
        return entered.exchangeOf(drop, recordIndex, recipient);
    }

    @Override
    public long greatestArrived(GatewayId peer, Instant before) {
        return entered.greatestArrived(peer, before);
    }

    @Override
    public long greatestSequence(GatewayId recipient) {
        return entered.greatestSequence(recipient);
    }

    @Override
    public List<ExchangeId> carriedUnanswered(GatewayId peer, Instant before) {
        return entered.carriedUnanswered(peer, before);
    }

    @Override
    public Map<EvidenceId, String> settleableProofs(GatewayId issuer, int limit) {
        return receipts.settleableProofs(issuer, limit);
    }

    @Override
    public List<QuarantineView> quarantine(int limit) {
        return quarantine.newest(limit);
    }

    @Override
    public Map<FaultCode, Long> quarantineWaiting() {
        return quarantine.waiting();
    }

    @Override
    public Optional<QuarantineView> quarantined(String id) {
        return quarantine.one(id);
    }

    @Override
    public List<String> releases(String id) {
        return quarantine.releases(id);
    }

    @Override
    public Content quarantineContent(String id) {
        return contents.content(ContentIds.quarantine(id));
    }

    @Override
    public List<TrafficStop> trafficStops() {
        return traffic.stops();
    }

    @Override
    public Optional<String> orderAnswer(EvidenceId order) {
        return quarantine.orderAnswer(order);
    }

    /** Counts by an enum's constants, with zero for those that do not occur. */
    static <E extends Enum<E>> Map<E, Long> counts(Class<E> type, Map<String, Long> found) {
        Map<E, Long> counts = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counts.put(constant, found.getOrDefault(constant.name(), 0L));
        }
        return counts;
    }
}
