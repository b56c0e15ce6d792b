/** Makes whole drops of invented records for demonstrations, benchmarks and tests. Nothing in them is real. */
@NullMarked
package org.embassage.translation.synthetic;

import org.jspecify.annotations.NullMarked;
