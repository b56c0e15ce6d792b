package org.embassage.evidence.verify;

import java.util.Map;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.bundle.Completeness;

/**
 * A statement of completeness and the slice of the exporter's ledger that is shown with it, as reports show them. To be
 * believed only if check 24 passed.
 *
 * @param statement what the exporter states
 * @param size of the checkpoint under which the slice is shown
 * @param root of the ledger of that size, computed from the slice
 * @param receipts how many of the slice's entries have their receipt in the file
 * @param others how many entries are shown that have none: acts, agreements, numbers never used, the ledger's beginning
 * @param before the receipts that are entered in the slice and lie elsewhere, since their exchanges began before it
 * @param hidden how many entries are shown as hashes only
 */
public record JudgedPeriod(
        Completeness statement,
        long size,
        Digest root,
        long receipts,
        long others,
        Map<EvidenceId, ExchangeId> before,
        long hidden) {

    public JudgedPeriod {
        before = Map.copyOf(before);
    }
}
