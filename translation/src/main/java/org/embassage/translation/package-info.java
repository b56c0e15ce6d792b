/** Feeds, mappings, code tables and hand-over formats; domestic to shared form and back. */
@NullMarked
package org.embassage.translation;

import org.jspecify.annotations.NullMarked;
