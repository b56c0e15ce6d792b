package org.embassage.scenarios.house.broken.exchange;

/** The database belongs to the store. */
interface KnowsJdbc {
    void read(java.sql.Connection connection);
}
