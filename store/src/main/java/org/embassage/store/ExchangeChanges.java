package org.embassage.store;

import static org.embassage.store.Values.text;

import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepResult.Kind;

/** How facts about an exchange at its sender are written. */
final class ExchangeChanges {

    private static final Change OPENED = Change.insertOrConflict(
            Kind.EXCHANGE_KNOWN,
            "exchange",
            "id",
            "id, recipient, kind, schema_version, priority, transport, sequence, agreement_id, agreement_version,"
                    + " agreement_digest, clause, created_at, expires_at, drop_id, record_index, feed, outer_digest,"
                    + " inner_digest, manifest_digest, supersedes, state, state_since, closed");
    private static final Change MOVED = Change.orConflict(
            Kind.STATE_MOVED,
            "exchange",
            "UPDATE exchange SET state = ?, state_since = ?, closed = ? WHERE id = ? AND state = ?");

    private ExchangeChanges() {}

    static void opened(Fact.ExchangeOpened fact, StepPlan plan) {
        plan.add(
                OPENED,
                fact.exchange(),
                fact.recipient(),
                fact.kind(),
                fact.schemaVersion(),
                fact.priority().ordinal(),
                fact.transport(),
                fact.sequence(),
                fact.agreement().id(),
                fact.agreement().version(),
                fact.agreement().digest(),
                fact.clause(),
                fact.created(),
                fact.expires(),
                fact.drop(),
                fact.recordIndex(),
                fact.feed(),
                fact.outer(),
                fact.inner(),
                fact.manifest(),
                text(fact.supersedes()),
                ExchangeState.SEALED,
                fact.created(),
                ExchangeState.SEALED.closed());
    }

    static void moved(Fact.ExchangeMoved fact, StepPlan plan) {
        plan.add(MOVED, fact.to(), fact.at(), fact.to().closed(), fact.exchange(), fact.from());
    }
}
