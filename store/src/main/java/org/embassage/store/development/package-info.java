/** What somebody with a gateway's database and keys could do to it, for the demo and the tests. No gateway uses it. */
@NullMarked
package org.embassage.store.development;

import org.jspecify.annotations.NullMarked;
