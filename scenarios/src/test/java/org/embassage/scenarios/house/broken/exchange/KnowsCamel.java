package org.embassage.scenarios.house.broken.exchange;

/** Camel belongs to the edge. */
interface KnowsCamel {
    void route(org.apache.camel.Exchange exchange);
}
