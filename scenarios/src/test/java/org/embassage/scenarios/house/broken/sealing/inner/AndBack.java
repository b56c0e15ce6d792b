package org.embassage.scenarios.house.broken.sealing.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.sealing.Something back() {
        return new org.embassage.scenarios.house.broken.sealing.Something();
    }
}
