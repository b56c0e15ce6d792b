package org.embassage.scenarios.house.broken.exchange;

/** Only commands talk on the terminal. */
class WritesOnTheTerminal {
    void hello() {
        System.out.println("hello");
    }
}
