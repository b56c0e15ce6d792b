/** What persons order: who they are (never by name), what they may order, and how it is carried out and recorded. */
@NullMarked
package org.embassage.exchange.order;

import org.jspecify.annotations.NullMarked;
