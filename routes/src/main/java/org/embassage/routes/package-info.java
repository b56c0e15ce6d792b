/** Camel at the edge: intake, JMS and SFTP dispatch and receive, hand-over, returns. */
@NullMarked
package org.embassage.routes;

import org.jspecify.annotations.NullMarked;
