package org.embassage.scenarios.house.broken.sealing;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.sealing.inner.AndBack next =
            new org.embassage.scenarios.house.broken.sealing.inner.AndBack();
}
