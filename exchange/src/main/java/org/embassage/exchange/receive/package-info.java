/** The way in: from the peer to the domestic system. */
@NullMarked
package org.embassage.exchange.receive;

import org.jspecify.annotations.NullMarked;
