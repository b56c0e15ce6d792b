/** How commands speak with a person and with a shell: streams, colours, tables, progress, exit codes. */
@NullMarked
package org.embassage.gateway.terminal;

import org.jspecify.annotations.NullMarked;
