package org.embassage.scenarios.house.broken.sealing;

/** Breaks the arrows: sealing must not know store. */
class KnowsTheStore {
    final org.embassage.scenarios.house.broken.store.Something something =
            new org.embassage.scenarios.house.broken.store.Something();
}
