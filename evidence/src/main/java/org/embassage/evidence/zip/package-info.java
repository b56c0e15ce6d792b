/** ZIP files that two readers cannot read differently. */
@NullMarked
package org.embassage.evidence.zip;

import org.jspecify.annotations.NullMarked;
