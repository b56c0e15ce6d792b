package org.embassage.scenarios.house.broken.routes;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.routes.inner.AndBack next =
            new org.embassage.scenarios.house.broken.routes.inner.AndBack();
}
