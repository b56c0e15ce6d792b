/** Roles that adapters play: sealing, opening, signing evidence, keys, carrying. */
@NullMarked
package org.embassage.exchange.port;

import org.jspecify.annotations.NullMarked;
