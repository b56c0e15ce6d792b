/** The EvidenceVerifier: numbered checks of bundles and receipts, offline, against the auditor's own anchors. */
@NullMarked
package org.embassage.evidence.verify;

import org.jspecify.annotations.NullMarked;
