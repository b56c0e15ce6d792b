/** The one write port, the facts it commits, and the read-only ports beside it. */
@NullMarked
package org.embassage.exchange.journal;

import org.jspecify.annotations.NullMarked;
