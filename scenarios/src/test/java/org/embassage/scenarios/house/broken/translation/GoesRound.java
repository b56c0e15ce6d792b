package org.embassage.scenarios.house.broken.translation;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.translation.inner.AndBack next =
            new org.embassage.scenarios.house.broken.translation.inner.AndBack();
}
