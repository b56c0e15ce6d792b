/** The domain core: model, agreements, use cases, ports. No framework. */
@NullMarked
package org.embassage.exchange;

import org.jspecify.annotations.NullMarked;
