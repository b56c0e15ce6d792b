/** The tamper-evident ledger: leaves, Merkle tree, checkpoints and proofs in C2SP formats. */
@NullMarked
package org.embassage.evidence.ledger;

import org.jspecify.annotations.NullMarked;
