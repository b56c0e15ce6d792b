package org.embassage.translation.feed;

import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;

/**
 * What a trailer proves: how many records there are, and the sum of the checksums that they state, modulo 10^10. A
 * stated checksum that is not five digits counts as 0.
 */
final class HashTotal {

    private static final long MODULUS = 10_000_000_000L;

    private int records;
    private long sum;

    void add(Optional<Integer> statedChecksum) {
        records++;
        sum = (sum + statedChecksum.orElse(0)) % MODULUS;
    }

    int records() {
        return records;
    }

    /** What is wrong with a trailer that states these texts; nothing if it proves the records. */
    Optional<FaultCode> disprovedBy(String count, String total) {
        if (!isNumber(count) || !isNumber(total)) {
            return Optional.of(FaultCode.DROP_UNREADABLE);
        }
        if (Long.parseLong(count) != records) {
            return Optional.of(FaultCode.DROP_COUNT_MISMATCH);
        }
        if (Long.parseLong(total) != sum) {
            return Optional.of(FaultCode.DROP_HASH_TOTAL_MISMATCH);
        }
        return records == 0 ? Optional.of(FaultCode.DROP_EMPTY) : Optional.empty();
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}");
    }
}
