package org.embassage.scenarios.house.broken.store.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.store.Something back() {
        return new org.embassage.scenarios.house.broken.store.Something();
    }
}
