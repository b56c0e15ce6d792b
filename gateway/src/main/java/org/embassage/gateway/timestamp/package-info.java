/** Time-stamps in a gateway: who is asked, what is kept from the trust folder, and receipts composed with their proofs. */
@NullMarked
package org.embassage.gateway.timestamp;

import org.jspecify.annotations.NullMarked;
