package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receive.Returns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States to each peer, once, when an agreement with it begins to rest and when it goes on again. What was stated before is
 * read from the receipts, so a restart states nothing twice. Not thread-safe.
 */
public final class TellSuspensions implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(TellSuspensions.class);
    private static final int PAGE = 256;

    private final PeerDirectory peers;
    private final AgreementBook book;
    private final Journal journal;
    private final Register register;
    private final Statements statements;
    private final Returns returns;
    private final Clock clock;
    private final Map<Pair, Optional<Said>> said = new HashMap<>();

    public TellSuspensions(
            PeerDirectory peers,
            AgreementBook book,
            Journal journal,
            Register register,
            Statements statements,
            Uuids ids,
            Clock clock) {
        this.peers = peers;
        this.book = book;
        this.journal = journal;
        this.register = register;
        this.statements = statements;
        this.returns = new Returns(ids);
        this.clock = clock;
    }

    private record Pair(GatewayId peer, String agreement) {}

    /** What we stated last. */
    private record Said(EvidenceEvent event, Previous receipt) {}

    @Override
    public boolean run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        for (Peer peer : peers.all()) {
            if (!peer.id().equals(statements.self())) {
                book.between(statements.self(), peer.id(), now).forEach(agreement -> tell(peer, agreement, now));
            }
        }
        return false;
    }

    private void tell(Peer peer, Agreement agreement, Instant now) {
        Pair pair = new Pair(peer.id(), agreement.ref().id());
        Optional<Said> last = said.computeIfAbsent(pair, this::stored);
        Optional<Previous> resting = last.filter(known -> known.event() == EvidenceEvent.TRAFFIC_SUSPENDED)
                .map(Said::receipt);
        if (agreement.suspended(now) == resting.isPresent()) {
            return;
        }
        Evidence evidence = agreement.suspended(now)
                ? statements.trafficSuspended(
                        peer.id(),
                        Optional.of(agreement.ref()),
                        Act.byRule("SUSPEND", Optional.empty()),
                        Reason.of(FaultCode.AGREEMENT_SUSPENDED.name()),
                        now)
                : statements.trafficResumed(
                        peer.id(),
                        Optional.of(agreement.ref()),
                        Act.byRule("RESUME", Optional.empty()),
                        Optional.empty(),
                        resting,
                        now);
        Receipt receipt = statements.sign(List.of(evidence)).get(0);
        var unused = journal.commit(StepOutcome.of(
                returns.kept(receipt, peer.id()),
                returns.sent(
                        receipt.id(),
                        Optional.empty(),
                        receipt.container(),
                        peer.id(),
                        peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                        Priority.URGENT,
                        now)));
        said.put(pair, Optional.of(new Said(evidence.event(), new Previous(receipt.id(), receipt.manifest()))));
        LOG.warn(
                "peer={} agreement={} event={}",
                peer.id(),
                agreement,
                evidence.event().etsiName());
    }

    private Optional<Said> stored(Pair pair) {
        ReceiptQuery query = ReceiptQuery.first(PAGE)
                .under(pair.agreement())
                .with(pair.peer())
                .saying(EvidenceEvent.TRAFFIC_SUSPENDED, EvidenceEvent.TRAFFIC_RESUMED);
        Optional<Said> last = Optional.empty();
        List<StoredReceipt> page = register.receipts(query);
        while (!page.isEmpty()) {
            for (StoredReceipt receipt : page) {
                if (receipt.issued()) {
                    last = Optional.of(new Said(receipt.event(), new Previous(receipt.id(), receipt.manifest())));
                }
            }
            page = register.receipts(query.after(page.get(page.size() - 1).leafIndex()));
        }
        return last;
    }
}
