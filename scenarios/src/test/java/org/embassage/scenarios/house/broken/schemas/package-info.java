/** Part of a small house that breaks every rule on purpose. */
@NullMarked
package org.embassage.scenarios.house.broken.schemas;

import org.jspecify.annotations.NullMarked;
