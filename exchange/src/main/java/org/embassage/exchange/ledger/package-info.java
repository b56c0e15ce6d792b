/** The own ledger, what others hold of it, and what stops when the two differ. */
@NullMarked
package org.embassage.exchange.ledger;

import org.jspecify.annotations.NullMarked;
