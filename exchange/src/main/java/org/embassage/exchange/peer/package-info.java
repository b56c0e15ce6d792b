/** Who the peers are: verified peer cards. */
@NullMarked
package org.embassage.exchange.peer;

import org.jspecify.annotations.NullMarked;
