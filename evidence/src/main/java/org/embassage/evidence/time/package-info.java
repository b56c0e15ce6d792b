/** Time-stamps of independent authorities: tokens (RFC 3161), their places in receipts, evidence records (RFC 4998). */
@NullMarked
package org.embassage.evidence.time;

import org.jspecify.annotations.NullMarked;
