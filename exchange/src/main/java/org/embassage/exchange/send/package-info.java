/** The way out: from the drop to the peer. */
@NullMarked
package org.embassage.exchange.send;

import org.jspecify.annotations.NullMarked;
