package org.embassage.exchange.port;

import java.io.IOException;
import java.util.Optional;

/** A neutral witness, as somebody sees it who asks what it holds of others' ledgers. Thread-safe. */
public interface LedgerWitness {

    /** The name of its key. */
    String name();

    /**
     * The newest checkpoint of a ledger that it holds, as a note, whose signatures are for the asker to verify.
     *
     * @throws IOException if it cannot be reached
     */
    Optional<String> held(String origin) throws IOException;
}
