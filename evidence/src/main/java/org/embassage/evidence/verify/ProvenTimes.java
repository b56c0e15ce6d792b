package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.verify.Material.GoodReceipt;

/** The instants by which receipts certainly existed, as independent authorities confirm them. */
final class ProvenTimes {

    private final Map<String, ProvenTime> byPath;

    ProvenTimes(Map<String, ProvenTime> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /** When a receipt existed at the latest. */
    Optional<Instant> of(GoodReceipt receipt) {
        return with(receipt).map(ProvenTime::time);
    }

    Optional<ProvenTime> with(GoodReceipt receipt) {
        return Optional.ofNullable(byPath.get(receipt.path()));
    }
}
