/** What a gateway does by the clock: checkpoints, proofs, deadlines. */
@NullMarked
package org.embassage.exchange.keep;

import org.jspecify.annotations.NullMarked;
