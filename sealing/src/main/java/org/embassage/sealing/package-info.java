/** GW-CMS-1 with BouncyCastle, and the key sources. */
@NullMarked
package org.embassage.sealing;

import org.jspecify.annotations.NullMarked;
