/** The JMS transport: the own broker, who may do what on it, sending to peers and receiving from them. */
@NullMarked
package org.embassage.routes.jms;

import org.jspecify.annotations.NullMarked;
