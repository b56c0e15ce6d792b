package org.embassage.exchange.keep;

import java.util.List;
import org.embassage.exchange.journal.Published;

/** What tells now whether certificates are good: of countries' authorities and of those for time-stamping. Thread-safe. */
public interface StatusSource {

    /** The authorities' certificates, DER. */
    List<Published> certificates();

    /** The revocation lists, DER, as they are at this moment. */
    List<Published> revocationLists();
}
