/** Builds a gateway by hand from its configuration, starts it and stops it. */
@NullMarked
package org.embassage.gateway.assembly;

import org.jspecify.annotations.NullMarked;
