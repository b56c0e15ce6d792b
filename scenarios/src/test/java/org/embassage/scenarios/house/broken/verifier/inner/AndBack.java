package org.embassage.scenarios.house.broken.verifier.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.verifier.Something back() {
        return new org.embassage.scenarios.house.broken.verifier.Something();
    }
}
