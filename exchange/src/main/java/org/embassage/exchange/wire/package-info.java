/** What travels between gateways: items, and the dispatch bundle that holds them. */
@NullMarked
package org.embassage.exchange.wire;

import org.jspecify.annotations.NullMarked;
