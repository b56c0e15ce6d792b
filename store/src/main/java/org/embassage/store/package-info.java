/** Exchange state, outbox, inbox, ledger, quarantine: one database, one write port. */
@NullMarked
package org.embassage.store;

import org.jspecify.annotations.NullMarked;
