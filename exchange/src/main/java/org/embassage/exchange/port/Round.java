package org.embassage.exchange.port;

/** Work that is done again and again by a timer: submitting, dispatching, handing over, closing, checkpoints. */
@FunctionalInterface
public interface Round {

    /**
     * Does one batch. One call at a time for one round.
     *
     * @return whether there may be more to do at once
     * @throws org.embassage.exchange.fault.Broken our side failed; call again later
     */
    boolean run();
}
