package org.embassage.sealing;

import org.embassage.exchange.port.Opener.Detail;

/** Leaves the opening of a message where the first thing is wrong. Never leaves this package; has no stack trace. */
final class Unopenable extends Exception {

    private final Detail detail;

    Unopenable(Detail detail) {
        super(detail.name(), null, false, false);
        this.detail = detail;
    }

    Detail detail() {
        return detail;
    }

    static void unless(boolean condition, Detail otherwise) throws Unopenable {
        if (!condition) {
            throw new Unopenable(otherwise);
        }
    }
}
