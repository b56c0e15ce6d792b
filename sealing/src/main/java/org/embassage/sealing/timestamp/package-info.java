/** Time-stamps (RFC 3161): asking an authority over HTTP, and the embedded authority of development. */
@NullMarked
package org.embassage.sealing.timestamp;

import org.jspecify.annotations.NullMarked;
