/** Part of a small house that breaks every rule on purpose. */
@NullMarked
package org.embassage.scenarios.house.broken.routes;

import org.jspecify.annotations.NullMarked;
