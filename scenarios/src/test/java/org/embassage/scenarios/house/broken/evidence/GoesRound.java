package org.embassage.scenarios.house.broken.evidence;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.evidence.inner.AndBack next =
            new org.embassage.scenarios.house.broken.evidence.inner.AndBack();
}
