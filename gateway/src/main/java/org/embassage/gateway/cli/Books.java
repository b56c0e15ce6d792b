package org.embassage.gateway.cli;

import java.time.Clock;
import org.embassage.exchange.journal.Erasurebook;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Restorebook;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.port.KeySource;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.store.SqlStore;

/** A gateway's store, open to read beside the running gateway. */
final class Books implements AutoCloseable {

    private final Configuration configuration;
    private final KeySource keys;
    private final SqlStore store;

    private Books(Configuration configuration, KeySource keys, SqlStore store) {
        this.configuration = configuration;
        this.keys = keys;
        this.store = store;
    }

    static Books open(Configuration configuration) {
        KeySource keys = Parts.keys(configuration, Clock.systemUTC());
        return new Books(configuration, keys, Parts.storeToRead(configuration, keys));
    }

    Configuration configuration() {
        return configuration;
    }

    KeySource keys() {
        return keys;
    }

    Register register() {
        return store.register();
    }

    Ledgerbook ledgerbook() {
        return store.ledgerbook();
    }

    Restorebook restorebook() {
        return store.restorebook();
    }

    Stampbook stampbook() {
        return store.stampbook();
    }

    Erasurebook erasurebook() {
        return store.erasurebook();
    }

    @Override
    public void close() {
        store.close();
    }
}
