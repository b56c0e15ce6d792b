/** Makes homes: empty ones to be filled with real keys, and whole ones with throw-away keys for development. */
@NullMarked
package org.embassage.gateway.homes;

import org.jspecify.annotations.NullMarked;
