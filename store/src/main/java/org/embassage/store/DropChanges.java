package org.embassage.store;

import static org.embassage.store.Values.text;
import static org.embassage.store.Values.whole;

import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepResult.Kind;

/** How facts about a drop are written. */
final class DropChanges {

    private static final Change OPENED =
            Change.insertOrConflict(Kind.DROP_KNOWN, "drop_taken", "id", "id, feed, opened_at, records, done, refused");
    private static final Change ADVANCED =
            Change.orConflict(Kind.STATE_MOVED, "drop_taken", "UPDATE drop_taken SET done = ? WHERE id = ?");
    private static final Change CLOSED = Change.orConflict(
            Kind.STATE_MOVED, "drop_taken", "UPDATE drop_taken SET refused = ?, closed_at = ? WHERE id = ?");
    private static final Change NOTED = Change.insert(
            "result_line",
            "drop_id, record_index, line, byte_offset, fault_code, fault_field, fault_clause, exchange_id, receipt_id");
    private static final Change CLAIMED = Change.insertOrConflict(
            Kind.RECORD_CLAIMED, "intake_claim", "feed, identity, recipient", "feed, identity, recipient, exchange_id");

    private DropChanges() {}

    static void opened(Fact.DropOpened fact, StepPlan plan) {
        plan.add(OPENED, fact.drop(), fact.feed(), fact.at(), fact.records(), 0, false);
        plan.keep(ContentIds.drop(fact.drop()), fact.content());
    }

    static void advanced(Fact.DropAdvanced fact, StepPlan plan) {
        plan.add(ADVANCED, fact.recordIndex(), fact.drop());
    }

    static void closed(Fact.DropClosed fact, StepPlan plan) {
        plan.add(CLOSED, fact.refused(), fact.at(), fact.drop());
    }

    static void noted(Fact.ResultNoted fact, StepPlan plan) {
        ResultLine line = fact.line();
        plan.add(
                NOTED,
                fact.drop(),
                whole(line.recordIndex()),
                line.line(),
                line.byteOffset(),
                text(line.fault().map(Fault::code)),
                text(line.fault().flatMap(Fault::field)),
                text(line.fault().flatMap(Fault::clause)),
                text(line.exchange()),
                text(line.receipt()));
    }

    static void claimed(Fact.IntakeClaimed fact, StepPlan plan) {
        plan.add(CLAIMED, fact.feed(), fact.identity(), fact.recipient(), fact.exchange());
    }
}
