/** The shared exchange schema, its code lists and the JAXB views made from them. */
@NullMarked
package org.embassage.schemas;

import org.jspecify.annotations.NullMarked;
