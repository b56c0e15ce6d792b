package org.embassage.scenarios.house.broken.schemas.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.schemas.Something back() {
        return new org.embassage.scenarios.house.broken.schemas.Something();
    }
}
