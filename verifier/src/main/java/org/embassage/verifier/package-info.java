/** embassage-verify: the auditor's offline command. One jar, no network. */
@NullMarked
package org.embassage.verifier;

import org.jspecify.annotations.NullMarked;
