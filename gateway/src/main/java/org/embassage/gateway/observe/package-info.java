/** What an operator's tools read: health, metrics, and a log that names no person. */
@NullMarked
package org.embassage.gateway.observe;

import org.jspecify.annotations.NullMarked;
