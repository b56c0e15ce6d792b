/** What a gateway asks of the domestic side: feeds, hand-over formats, the drop desk. */
@NullMarked
package org.embassage.exchange.domestic;

import org.jspecify.annotations.NullMarked;
