/** Everything that can go wrong, each with a stable code, who must act, and what to do next. */
@NullMarked
package org.embassage.exchange.fault;

import org.jspecify.annotations.NullMarked;
