/** Renders received documents in a country's own form, by a description checked against the shared schema. */
@NullMarked
package org.embassage.translation.handover;

import org.jspecify.annotations.NullMarked;
