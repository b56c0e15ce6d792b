/** Receipts, ledger, checkpoints, proofs and the EvidenceVerifier. JDK and BouncyCastle only. */
@NullMarked
package org.embassage.evidence;

import org.jspecify.annotations.NullMarked;
