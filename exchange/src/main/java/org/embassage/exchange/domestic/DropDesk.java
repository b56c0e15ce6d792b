package org.embassage.exchange.domestic;

import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.fault.Fault;

/**
 * Where the owner of the domestic system reads what became of a drop: the result file and the receipts folder beside
 * it. The desk alone knows the drop's file name, which appears nowhere else. Every call may be repeated.
 */
public interface DropDesk {

    /** Writes {@code <name>.result.csv}, whole and atomically. Values of fields never appear in it. */
    void report(FeedId feed, DropId drop, List<ResultLine> lines);

    /** Moves the drop's file out of the way: among the taken ones, or among the refused ones. */
    void shelve(FeedId feed, DropId drop, boolean refused);

    /**
     * Puts a receipt into the feed's receipts folder. The store keeps the evidence; this is the owner's copy.
     *
     * @param container the ASiC-E bytes; not copied
     */
    void giveReceipt(FeedId feed, EvidenceId receipt, byte[] container);

    /**
     * One line of the result file.
     *
     * @param recordIndex from 1; absent for a line about the whole drop
     * @param line in the file, from 1
     * @param byteOffset in the file, from 0
     * @param fault absent where the record was accepted
     * @param exchange absent where there is none
     * @param receipt absent where there is none
     */
    record ResultLine(
            Optional<Integer> recordIndex,
            int line,
            long byteOffset,
            Optional<Fault> fault,
            Optional<ExchangeId> exchange,
            Optional<EvidenceId> receipt) {}
}
