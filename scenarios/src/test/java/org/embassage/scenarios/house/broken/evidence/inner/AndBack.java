package org.embassage.scenarios.house.broken.evidence.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.evidence.Something back() {
        return new org.embassage.scenarios.house.broken.evidence.Something();
    }
}
