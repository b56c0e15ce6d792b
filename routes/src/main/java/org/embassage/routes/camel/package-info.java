/** What all routes share: their names, what happens when a step fails, and the way in for carriers. */
@NullMarked
package org.embassage.routes.camel;

import org.jspecify.annotations.NullMarked;
