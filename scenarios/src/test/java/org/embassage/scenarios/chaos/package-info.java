/** Real gateways under disturbances that a seed decides, and what must be true afterwards. */
@org.jspecify.annotations.NullMarked
package org.embassage.scenarios.chaos;
