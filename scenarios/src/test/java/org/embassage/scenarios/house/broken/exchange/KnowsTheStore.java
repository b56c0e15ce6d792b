package org.embassage.scenarios.house.broken.exchange;

/** Breaks the arrows: exchange must not know store. */
class KnowsTheStore {
    final org.embassage.scenarios.house.broken.store.Something something =
            new org.embassage.scenarios.house.broken.store.Something();
}
