package org.embassage.exchange.send;

import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;

/** An entry of the outbox with all that goes for it. */
record Parcel(OutboxEntry entry, List<WireItem> items) {

    Parcel {
        items = List.copyOf(items);
    }

    /**
     * What was carried and is not answered may be lost, and with it what was said of it: a message that is carried again
     * takes its SubmissionAcceptance with it.
     */
    static Parcel of(OutboxEntry entry, Register register) {
        List<WireItem> items = new ArrayList<>();
        items.add(new WireItem(entry.kind(), entry.content().octets()));
        if (entry.kind() == ItemKind.MESSAGE && entry.carried() > 0) {
            entry.exchange().map(register::receipts).orElse(List.of()).stream()
                    .filter(receipt -> receipt.issued() && receipt.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE)
                    .map(receipt ->
                            new WireItem(ItemKind.RECEIPT, receipt.container().octets()))
                    .forEach(items::add);
        }
        return new Parcel(entry, items);
    }

    int cost() {
        return items.stream()
                .mapToInt(item -> DispatchBundle.cost(item.octets().length))
                .sum();
    }
}
