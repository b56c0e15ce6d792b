/** The commands of ./embassage: data on standard output, talk on standard error, exit codes that are documented. */
@NullMarked
package org.embassage.gateway.cli;

import org.jspecify.annotations.NullMarked;
