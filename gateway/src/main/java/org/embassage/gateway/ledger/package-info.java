/** The ledger as plain files, and what accuses somebody as files beside it. */
@NullMarked
package org.embassage.gateway.ledger;

import org.jspecify.annotations.NullMarked;
