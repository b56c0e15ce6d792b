package org.embassage.exchange.send;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.Header;
import org.embassage.exchange.document.SealedMessage;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;
import org.embassage.exchange.receive.Returns;
import org.embassage.exchange.wire.ItemKind;

/** What a record that was sealed becomes: evidence, and the facts of one commit. Thread-safe. */
final class Acceptance {

    private final Statements statements;
    private final Uuids ids;
    private final Returns returns;

    Acceptance(Statements statements, Uuids ids) {
        this.statements = statements;
        this.ids = ids;
        this.returns = new Returns(ids);
    }

    Evidence evidence(RecordPlan.ToSeal plan, SealedMessage message, SubmissionRef ref, Instant now) {
        About about = About.of(
                        plan.message().header(),
                        plan.terms(),
                        message.outer(),
                        message.inner(),
                        plan.message().manifest())
                .submitted(ref);
        return statements.submissionAcceptance(about, now);
    }

    /** What is true from the commit on: the exchange, its message in the outbox, its receipt, its line. */
    List<Fact> facts(
            FeedId feed, DropId drop, RecordPlan.ToSeal plan, SealedMessage sealed, Receipt receipt, Instant now) {
        Header header = plan.message().header();
        Transport transport = Transport.valueOf(plan.terms().transport());
        OutboxEntry entry = new OutboxEntry(
                ids.next().toString(),
                header.recipient(),
                ItemKind.MESSAGE,
                transport,
                header.priority(),
                Optional.of(header.exchange()),
                Optional.empty(),
                0,
                now,
                now,
                new Content(sealed.octets()));
        return List.of(
                new Fact.IntakeClaimed(feed, plan.identity(), header.recipient(), header.exchange()),
                new Fact.ExchangeOpened(
                        header.exchange(),
                        header.recipient(),
                        header.kind(),
                        header.schemaVersion(),
                        header.priority(),
                        transport,
                        header.sequence(),
                        header.agreement(),
                        plan.terms().clause(),
                        header.created(),
                        header.expires(),
                        drop,
                        plan.slice().index(),
                        feed,
                        sealed.outer(),
                        sealed.inner(),
                        plan.message().manifest(),
                        header.supersedes()),
                Fact.RetentionKnown.lastDay(header.exchange(), header.recipient(), plan.retainUntil()),
                new Fact.OutboxPut(entry),
                returns.kept(receipt, header.recipient()),
                returns.sent(
                        receipt.id(),
                        Optional.of(header.exchange()),
                        receipt.container(),
                        header.recipient(),
                        transport,
                        header.priority(),
                        now),
                new Fact.ResultNoted(
                        drop,
                        SubmitRecords.line(
                                plan.slice(),
                                Optional.empty(),
                                Optional.of(header.exchange()),
                                Optional.of(receipt.id()))));
    }
}
