package org.embassage.gateway.assembly;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.keep.EndEpochs;
import org.embassage.exchange.keep.EraseContent;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Configuration.Store;
import org.embassage.store.SqlStore;

/** The parts that erase content when its time is over, and make that final. */
final class Keeping {

    private static final Duration ERASED_EVERY = Duration.ofMinutes(1);
    private static final Duration EPOCHS_EVERY = Duration.ofSeconds(5);
    /** How long commands that look, and our own threads, may hold what they read before an epoch was retired. */
    static final Duration READING = Duration.ofSeconds(10);
    /** Longer than nodes go without looking into Vault. */
    private static final Duration OTHER_NODES = Duration.ofMinutes(15);

    private final EraseContent erase;
    private final EndEpochs epochs;
    private final Clock clock;

    /** @param reading how long after an epoch was retired somebody may still read by its key */
    Keeping(
            Configuration configuration,
            EpochKeeper keys,
            SqlStore store,
            Statements statements,
            Uuids ids,
            Duration reading,
            Clock clock) {
        Duration settle = configuration.store() instanceof Store.Postgres ? OTHER_NODES : Duration.ZERO;
        this.epochs = new EndEpochs(
                keys,
                store.epochs(),
                store.erasurebook(),
                store.journal(),
                ids,
                new EndEpochs.Pace(configuration.retention().every(), settle, reading),
                clock);
        this.erase = new EraseContent(
                store.journal(),
                store.register(),
                store.erasurebook(),
                statements,
                ids,
                epochs::now,
                configuration.retention().content(),
                clock);
        this.clock = clock;
    }

    /** Carries out erasures on notice. */
    EraseContent erase() {
        return erase;
    }

    /**
     * For a process that carries out one order: what it erased is made final now if that was ordered. Where other nodes or
     * readers must be waited for, the next run of the gateway goes on with it.
     */
    void endEpochsIfAsked() {
        while (epochs.isAsked() && epochs.run()) {
            // one small part after the other
        }
    }

    /** By name. */
    Map<String, Round> rounds() {
        Map<String, Round> rounds = new LinkedHashMap<>();
        rounds.put("erase-content", new Paced(erase, ERASED_EVERY, clock));
        rounds.put("end-epochs", new Paced(epochs, EPOCHS_EVERY, clock));
        return rounds;
    }
}
