package org.embassage.scenarios.house.broken.exchange.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.exchange.Something back() {
        return new org.embassage.scenarios.house.broken.exchange.Something();
    }
}
