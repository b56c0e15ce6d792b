package org.embassage.exchange.port;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.wire.PouchManifest;

/**
 * Where pouches lie in the gateway's own keeping: those that were packed until they are on a medium, those that came until they
 * are taken in. Each has a name that is unique, a UUID. Thread-safe.
 *
 * <p>MUST: return only after what was written is durable. Every method throws {@link org.embassage.exchange.fault.Broken}
 * POUCH_FOLDER_UNAVAILABLE if our own folder cannot be used.
 */
public interface PouchDesk {

    /** Begins a pouch; what lay under the name is gone. */
    Packing pack(String pouch);

    /** A pouch that came. @return nothing if there is none of this name */
    Optional<Unpacking> unpack(String pouch);

    /** A pouch that is being packed. */
    interface Packing {

        /** Adds a bundle; the first is number 1. */
        void bundle(int number, byte[] octets);

        /** Adds the manifest; then the pouch is whole. */
        void end(PouchManifest manifest, byte[] signature);
    }

    /** A pouch that came; nothing in it is trusted. */
    interface Unpacking {

        /** The names of all files. */
        Set<String> names();

        /** @return nothing if it is not there or is larger than this */
        Optional<byte[]> file(String name, int most);

        /** Writes down what became of it, for whoever brought it. */
        void report(Report report);
    }

    /**
     * What became of a pouch that came.
     *
     * @param known whether this very pouch had been taken in whole before
     * @param newest the greatest number of the sender's pouches that came before it; 0 if none did
     * @param bad the bundles that were not taken in
     */
    record Report(PouchManifest manifest, boolean known, long newest, List<BadPart> bad) {
        public Report {
            bad = List.copyOf(bad);
        }
    }

    /** A bundle that is missing or is not the one that the manifest names. @param number counted from 1 */
    record BadPart(int number, Fault fault) {}
}
