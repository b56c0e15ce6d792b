package org.embassage.scenarios.house.broken.routes;

/** Breaks the arrows: routes must not know gateway. */
class KnowsTheGateway {
    final org.embassage.scenarios.house.broken.gateway.Something something =
            new org.embassage.scenarios.house.broken.gateway.Something();
}
