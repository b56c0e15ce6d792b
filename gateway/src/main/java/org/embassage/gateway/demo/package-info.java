/** The demo: two countries on this machine, and what happens between them, told step by step. */
@NullMarked
package org.embassage.gateway.demo;

import org.jspecify.annotations.NullMarked;
