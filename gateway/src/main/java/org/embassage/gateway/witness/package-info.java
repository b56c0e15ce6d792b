/** The neutral witness: holds checkpoints and receipts of ledgers that are not its own, never content. */
@NullMarked
package org.embassage.gateway.witness;

import org.jspecify.annotations.NullMarked;
