package org.embassage.scenarios.house.broken.verifier;

/** Breaks the arrows: verifier must not know exchange. */
class KnowsTheExchange {
    final org.embassage.scenarios.house.broken.exchange.Something something =
            new org.embassage.scenarios.house.broken.exchange.Something();
}
