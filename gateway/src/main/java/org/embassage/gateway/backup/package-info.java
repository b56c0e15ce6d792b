/** Copies a gateway's home into a backup, checks one, and puts one back. */
@NullMarked
package org.embassage.gateway.backup;

import org.jspecify.annotations.NullMarked;
