package org.embassage.evidence.verify;

/**
 * A file that was judged, with what the checks have made of it.
 *
 * @param strict whether it could be read as a bundle; else the material is what could be salvaged, or a single receipt
 */
record Examined(VerificationReport report, Material material, LedgerChecks ledgers, boolean strict) {}
