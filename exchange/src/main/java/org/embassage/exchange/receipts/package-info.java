/** Makes evidence of what happened and has it signed. */
@NullMarked
package org.embassage.exchange.receipts;

import org.jspecify.annotations.NullMarked;
