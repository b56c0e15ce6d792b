/** The SFTP transport: the own server, who may do what on it, sending to peers and receiving from them. */
@NullMarked
package org.embassage.routes.sftp;

import org.jspecify.annotations.NullMarked;
