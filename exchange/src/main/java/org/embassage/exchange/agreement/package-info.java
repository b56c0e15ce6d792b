/** The signed terms between agencies, and the policy that judges by them. */
@NullMarked
package org.embassage.exchange.agreement;

import org.jspecify.annotations.NullMarked;
