/** Reads untrusted XML against a fixed schema, with bounds and without repeating what it says. */
@NullMarked
package org.embassage.schemas.xml;

import org.jspecify.annotations.NullMarked;
