/** main(): configuration, wiring and the command line. */
@NullMarked
package org.embassage.gateway;

import org.jspecify.annotations.NullMarked;
