package org.embassage.scenarios.house.broken.translation;

/** Breaks the arrows: translation must not know sealing. */
class KnowsSealing {
    final org.embassage.scenarios.house.broken.sealing.Something something =
            new org.embassage.scenarios.house.broken.sealing.Something();
}
