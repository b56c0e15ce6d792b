package org.embassage.scenarios.house.broken.verifier;

/** One half of a cycle between two packages. */
public class GoesRound {
    public final org.embassage.scenarios.house.broken.verifier.inner.AndBack next =
            new org.embassage.scenarios.house.broken.verifier.inner.AndBack();
}
