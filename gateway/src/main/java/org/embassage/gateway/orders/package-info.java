/** How commands reach a running gateway: a folder of orders, and who gives them. */
@NullMarked
package org.embassage.gateway.orders;

import org.jspecify.annotations.NullMarked;
