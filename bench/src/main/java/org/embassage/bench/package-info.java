/** Measures the whole way of a record between two gateways, beside what the cryptography alone costs. */
@NullMarked
package org.embassage.bench;

import org.jspecify.annotations.NullMarked;
