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

    private TroubleChanges() {}

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
