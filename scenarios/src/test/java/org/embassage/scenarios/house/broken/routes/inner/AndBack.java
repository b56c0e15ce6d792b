package org.embassage.scenarios.house.broken.routes.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.routes.Something back() {
        return new org.embassage.scenarios.house.broken.routes.Something();
    }
}
