package org.embassage.gateway.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.StoredReceipt;

/**
 * Refusals of messages that a peer could not open. They name no exchange, only the digest of the message; an exchange of ours
 * with that digest is the one that they answer. Few, and read when the first is asked for.
 */
final class UnopenedRefusals {

    private static final int PAGE = 500;

    private final Register register;
    private Optional<Map<Digest, StoredReceipt>> byOuter = Optional.empty();

    UnopenedRefusals(Register register) {
        this.register = register;
    }

    Optional<StoredReceipt> of(Digest outer) {
        Map<Digest, StoredReceipt> known = byOuter.orElseGet(this::read);
        byOuter = Optional.of(known);
        return Optional.ofNullable(known.get(outer));
    }

    private Map<Digest, StoredReceipt> read() {
        Map<Digest, StoredReceipt> found = new HashMap<>();
        ReceiptQuery query = ReceiptQuery.first(PAGE).saying(EvidenceEvent.RELAY_REJECTION);
        for (List<StoredReceipt> page = register.receipts(query); !page.isEmpty(); page = register.receipts(query)) {
            for (StoredReceipt receipt : page) {
                if (!receipt.issued() && receipt.exchange().isEmpty()) {
                    Selection.evidence(receipt)
                            .flatMap(evidence -> evidence.digests().map(MessageDigests::outer))
                            .ifPresent(outer -> found.putIfAbsent(outer, receipt));
                }
            }
            query = query.after(page.get(page.size() - 1).leafIndex());
        }
        return found;
    }
}
