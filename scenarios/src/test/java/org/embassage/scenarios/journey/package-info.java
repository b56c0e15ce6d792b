/** Whole journeys over real gateway processes: their own homes, brokers, SFTP servers, databases and folders. */
@NullMarked
package org.embassage.scenarios.journey;

import org.jspecify.annotations.NullMarked;
