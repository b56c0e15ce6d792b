/** One gateway.yaml, read whole: every problem at once, each with its place and its remedy. */
@NullMarked
package org.embassage.gateway.config;

import org.jspecify.annotations.NullMarked;
