/** Pouches: where they lie in a home, how they get onto a medium and off it, and the paper that goes with them. */
@NullMarked
package org.embassage.gateway.pouch;

import org.jspecify.annotations.NullMarked;
