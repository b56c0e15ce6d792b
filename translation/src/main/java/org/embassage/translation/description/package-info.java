/** Reads description files strictly: every problem is found in one reading, each with its place and its remedy. */
@NullMarked
package org.embassage.translation.description;

import org.jspecify.annotations.NullMarked;
