package org.embassage.scenarios.house.broken.store;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.store.inner.AndBack next =
            new org.embassage.scenarios.house.broken.store.inner.AndBack();
}
