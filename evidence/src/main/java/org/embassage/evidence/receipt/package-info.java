/** What a receipt says, its container, and how it is signed and read. */
@NullMarked
package org.embassage.evidence.receipt;

import org.jspecify.annotations.NullMarked;
