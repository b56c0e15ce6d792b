package org.embassage.scenarios.house.broken.store;

/** Breaks the arrows: store must not know schemas. */
class KnowsSchemas {
    final org.embassage.scenarios.house.broken.schemas.Something something =
            new org.embassage.scenarios.house.broken.schemas.Something();
}
