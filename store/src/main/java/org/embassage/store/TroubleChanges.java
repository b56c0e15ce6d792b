package org.embassage.store;

import static org.embassage.store.Values.bytes;
import static org.embassage.store.Values.text;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepResult.Kind;

/** How what went wrong is written. */
final class TroubleChanges {

    private static final Change QUARANTINED = Change.insertOrConflict(
            Kind.QUARANTINE_KNOWN,
            "quarantine",
            "id",
            "id, fault_code, fault_field, fault_clause, detail, peer, exchange_id, drop_id, at, bytes");

    private static final Change DECIDED = Change.insertOrConflict(
            Kind.STATE_MOVED, "quarantine_decision", "quarantine_id", "quarantine_id, word, at");
    private static final Change RELEASED = Change.insertOrConflict(
            Kind.STATE_MOVED, "quarantine_release", "quarantine_id, officer", "quarantine_id, officer, at");
    private static final Change ORDER = Change.insertOrConflict(Kind.ORDER_KNOWN, "order_done", "id", "id, at, answer");

    private TroubleChanges() {}

    static void decided(Fact.QuarantineDecided fact, StepPlan plan) {
        plan.add(DECIDED, fact.quarantineId(), fact.word(), fact.at());
    }

    static void released(Fact.ReleaseGiven fact, StepPlan plan) {
        plan.add(RELEASED, fact.quarantineId(), fact.officer(), fact.at());
    }

    static void ordered(Fact.OrderDone fact, StepPlan plan) {
        plan.add(ORDER, fact.order(), fact.at(), fact.answer());
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void quarantined(Fact.Quarantined fact, StepPlan plan) {
        String id = fact.quarantineId();
        ContentKey key = plan.newKey(ContentIds.quarantine(id));
        Optional<byte[]> detail = fact.detail()
                .map(text -> plan.seal(ContentIds.quarantineDetail(id), key, text.getBytes(StandardCharsets.UTF_8)));
        plan.add(
                QUARANTINED,
                id,
                fact.fault().code(),
                text(fact.fault().field()),
                text(fact.fault().clause()),
                bytes(detail),
                text(fact.peer()),
                text(fact.exchange()),
                text(fact.drop()),
                fact.at(),
                fact.content().octets().length);
        plan.keep(ContentIds.quarantine(id), key, fact.content());
    }
}
