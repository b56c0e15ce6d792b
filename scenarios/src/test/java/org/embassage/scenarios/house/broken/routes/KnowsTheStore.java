package org.embassage.scenarios.house.broken.routes;

/** Breaks the arrows: routes must not know store. */
class KnowsTheStore {
    final org.embassage.scenarios.house.broken.store.Something something =
            new org.embassage.scenarios.house.broken.store.Something();
}
