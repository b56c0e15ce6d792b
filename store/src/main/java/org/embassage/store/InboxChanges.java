package org.embassage.store;

import static org.embassage.store.Values.text;

import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.StepResult.Kind;

/** How facts about the inbox are written. */
final class InboxChanges {

    /** The state of a message that was refused after it was opened. */
    static final String REFUSED = "REFUSED";

    private static final Change PUT = Change.insertOrConflict(
            Kind.EXCHANGE_KNOWN,
            "inbox",
            "exchange_id, peer",
            "exchange_id, peer, outer_digest, inner_digest, received_at, state, state_since, kind, schema_version,"
                    + " priority, sequence, agreement_id, agreement_version, agreement_digest, clause, submitted_at,"
                    + " expires_at, via, manifest_digest, supersedes");
    private static final Change PUT_REFUSED = Change.insertOrConflict(
            Kind.EXCHANGE_KNOWN,
            "inbox",
            "exchange_id, peer",
            "exchange_id, peer, outer_digest, inner_digest, received_at, state, state_since, fault_code, fault_field,"
                    + " fault_clause, sequence");
    private static final Change MOVED = Change.orConflict(
            Kind.STATE_MOVED,
            "inbox",
            "UPDATE inbox SET state = ?, state_since = ?, file_name = COALESCE(?, file_name), fault_code = ?,"
                    + " fault_field = ?, fault_clause = ? WHERE exchange_id = ? AND peer = ? AND state = ?");

    private InboxChanges() {}

    static void put(Fact.InboxPut fact, StepPlan plan) {
        plan.add(
                PUT,
                fact.exchange(),
                fact.peer(),
                fact.outer(),
                fact.inner(),
                fact.received(),
                InboxState.ACCEPTED,
                fact.received(),
                fact.kind(),
                fact.schemaVersion(),
                fact.priority().ordinal(),
                fact.sequence(),
                fact.agreement().id(),
                fact.agreement().version(),
                fact.agreement().digest(),
                fact.clause(),
                fact.submitted(),
                fact.expires(),
                fact.via(),
                fact.manifest(),
                text(fact.supersedes()));
        plan.keep(ContentIds.inbox(fact.peer(), fact.exchange()), fact.message());
    }

    static void refused(Fact.InboxRefused fact, StepPlan plan) {
        plan.add(
                PUT_REFUSED,
                fact.exchange(),
                fact.peer(),
                fact.outer(),
                fact.inner(),
                fact.at(),
                REFUSED,
                fact.at(),
                fact.fault().code(),
                text(fact.fault().field()),
                text(fact.fault().clause()),
                fact.sequence());
    }

    static void moved(Fact.InboxMoved fact, StepPlan plan) {
        plan.add(
                MOVED,
                fact.to(),
                fact.at(),
                text(fact.fileName()),
                text(fact.fault().map(Fault::code)),
                text(fact.fault().flatMap(Fault::field)),
                text(fact.fault().flatMap(Fault::clause)),
                fact.exchange(),
                fact.peer(),
                fact.from());
    }
}
