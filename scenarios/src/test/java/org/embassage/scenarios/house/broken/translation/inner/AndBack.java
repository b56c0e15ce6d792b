package org.embassage.scenarios.house.broken.translation.inner;

/** The other half of the cycle. */
public class AndBack {
    public org.embassage.scenarios.house.broken.translation.Something back() {
        return new org.embassage.scenarios.house.broken.translation.Something();
    }
}
