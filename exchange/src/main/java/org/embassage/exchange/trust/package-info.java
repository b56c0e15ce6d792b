/** Whom this gateway believes: each country's authority, and the signatures of its party key. */
@NullMarked
package org.embassage.exchange.trust;

import org.jspecify.annotations.NullMarked;
