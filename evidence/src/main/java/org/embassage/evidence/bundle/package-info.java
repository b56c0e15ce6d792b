/** The evidence bundle: the one file that an auditor carries away, its writer and its reader. */
@NullMarked
package org.embassage.evidence.bundle;

import org.jspecify.annotations.NullMarked;
