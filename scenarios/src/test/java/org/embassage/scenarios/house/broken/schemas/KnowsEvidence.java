package org.embassage.scenarios.house.broken.schemas;

/** Breaks the arrows: schemas must not know evidence. */
class KnowsEvidence {
    final org.embassage.scenarios.house.broken.evidence.Something something =
            new org.embassage.scenarios.house.broken.evidence.Something();
}
