/** Builds documents of the shared schema from the fields of a record, by a mapping checked against the schema. */
@NullMarked
package org.embassage.translation.mapping;

import org.jspecify.annotations.NullMarked;
