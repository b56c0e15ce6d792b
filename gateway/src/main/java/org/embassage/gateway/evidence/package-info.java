/** Takes evidence out of a gateway: its own ledger rebuilt and judged, and bundles for auditors. */
@NullMarked
package org.embassage.gateway.evidence;

import org.jspecify.annotations.NullMarked;
