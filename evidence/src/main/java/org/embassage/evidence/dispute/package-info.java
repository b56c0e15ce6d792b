/** The dispute file: the bundles of two sides, verbatim, and which receipts are the same in both. */
@NullMarked
package org.embassage.evidence.dispute;

import org.jspecify.annotations.NullMarked;
