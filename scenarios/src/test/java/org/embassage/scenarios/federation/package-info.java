/** Gateways of two and more countries in one process, with real keys, real seals and real databases, post by hand. */
@NullMarked
package org.embassage.scenarios.federation;

import org.jspecify.annotations.NullMarked;
