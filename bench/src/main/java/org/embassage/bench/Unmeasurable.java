package org.embassage.bench;

/** A measurement that did not come about; its message is for the user. */
final class Unmeasurable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unmeasurable(String message) {
        super(message);
    }
}
