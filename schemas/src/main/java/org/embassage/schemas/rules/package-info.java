/** The named rules that XSD 1.0 cannot say. */
@NullMarked
package org.embassage.schemas.rules;

import org.jspecify.annotations.NullMarked;
