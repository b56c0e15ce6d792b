/** Judges evidence with verifiers that we did not write. Knows nothing of the project but its files. */
@NullMarked
package org.embassage.referees;

import org.jspecify.annotations.NullMarked;
