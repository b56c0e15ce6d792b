package org.embassage.scenarios.house.broken.gateway.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.gateway.Something back() {
        return new org.embassage.scenarios.house.broken.gateway.Something();
    }
}
