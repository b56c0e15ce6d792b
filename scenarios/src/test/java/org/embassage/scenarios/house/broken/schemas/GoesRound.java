package org.embassage.scenarios.house.broken.schemas;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.schemas.inner.AndBack next =
            new org.embassage.scenarios.house.broken.schemas.inner.AndBack();
}
