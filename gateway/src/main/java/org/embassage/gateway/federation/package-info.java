/** Reads whom this gateway believes, who its peers are and what was agreed, from the folders of its home. */
@NullMarked
package org.embassage.gateway.federation;

import org.jspecify.annotations.NullMarked;
