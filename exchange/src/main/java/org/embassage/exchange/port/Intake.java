package org.embassage.exchange.port;

import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;

/**
 * What the edge calls when a domestic system has dropped something. Thread-safe. On return the outcome is durable; both
 * may be called again with the same drop id after a crash and then change nothing.
 */
public interface Intake {

    /**
     * Pass 1: slices the drop, proves its count and hash total and keeps a private copy; nothing is sealed yet. A drop
     * that cannot be sliced is refused whole.
     *
     * @param content the whole file, at most the feed's limit
     * @throws org.embassage.exchange.fault.Broken STORE_UNAVAILABLE or KEY_UNAVAILABLE; then the drop stays where it is
     */
    void take(FeedId feed, DropId drop, byte[] content);

    /**
     * Refuses a drop that the edge would not read: a link, a hostile name, too large, changed while it was read.
     *
     * @throws org.embassage.exchange.fault.Broken as {@link #take}
     */
    void refuse(FeedId feed, DropId drop, Fault fault);

    /** Why no drops are taken now; then the edge leaves them untouched where they are. Empty while they are taken. */
    default Optional<FaultCode> closed() {
        return Optional.empty();
    }
}
