package org.embassage.exchange.document;

/** How urgent an exchange is. Declared from most to least urgent. */
public enum Priority {
    FLASH,
    URGENT,
    ROUTINE,
    BULK
}
