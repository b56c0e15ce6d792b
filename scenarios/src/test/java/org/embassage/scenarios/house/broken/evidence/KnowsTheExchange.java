package org.embassage.scenarios.house.broken.evidence;

/** Breaks the arrows: evidence must not know exchange. */
class KnowsTheExchange {
    final org.embassage.scenarios.house.broken.exchange.Something something =
            new org.embassage.scenarios.house.broken.exchange.Something();
}
