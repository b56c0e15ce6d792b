/** Throw-away keys and certificates for development, tests and the demo; refused in production. */
@NullMarked
package org.embassage.sealing.development;

import org.jspecify.annotations.NullMarked;
