/** Mutual TLS 1.3 between gateways, pinned to the keys in peer cards; keys stay in memory. */
@NullMarked
package org.embassage.routes.tls;

import org.jspecify.annotations.NullMarked;
