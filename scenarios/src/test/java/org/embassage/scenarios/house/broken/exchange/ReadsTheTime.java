package org.embassage.scenarios.house.broken.exchange;

import java.time.Instant;
import java.util.Date;

/** Time comes through a Clock, and Date is not used. */
class ReadsTheTime {
    Date now() {
        return Date.from(Instant.now());
    }
}
