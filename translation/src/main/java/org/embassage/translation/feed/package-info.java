/** Cuts drops into records by bytes, proves them, and translates each by its description. */
@NullMarked
package org.embassage.translation.feed;

import org.jspecify.annotations.NullMarked;
