package org.embassage.gateway.evidence;

import org.embassage.evidence.bundle.EvidenceBundle;

/**
 * How large a bundle of an export gets before another part is begun.
 *
 * @param exchanges at most so many, counting what is no exchange too
 * @param octets about so many; the size is estimated before anything is written
 * @param entries of the ledger at most so many
 */
public record ExportLimits(int exchanges, long octets, int entries) {

    /** Large enough for months, small enough to be mailed and to be judged on any machine. */
    public static final ExportLimits USUAL = new ExportLimits(5_000, 64L << 20, 150_000);

    /** What one bundle may be at most, written: the format's limit. */
    static final int MOST_OCTETS = EvidenceBundle.MAX_BYTES;

    /** A bundle has 65,000 files at most, and a receipt brings up to four. */
    static final int MOST_RECEIPTS = 15_000;

    public ExportLimits {
        if (exchanges < 1 || octets < 1 || entries < 1 || entries > 200_000) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }

    ExportLimits halved() {
        return new ExportLimits(Math.max(1, exchanges / 2), Math.max(1, octets / 2), Math.max(1, entries / 2));
    }
}
