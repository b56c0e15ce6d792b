package org.embassage.scenarios.house.broken.gateway;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.gateway.inner.AndBack next =
            new org.embassage.scenarios.house.broken.gateway.inner.AndBack();
}
