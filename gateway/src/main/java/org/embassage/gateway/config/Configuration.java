package org.embassage.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.keep.StampPlan;

/**
 * A gateway's configuration, whole and checked. All paths are absolute.
 *
 * @param home folder of gateway.yaml
 * @param observePort on 127.0.0.1; absent if nothing is observed
 * @param witnesses neutral ones, which cosign this gateway's checkpoints
 * @param retention when content is erased
 * @param diskFloor octets that stay free on each volume; 0: none
 */
public record Configuration(
        Path home,
        GatewayId gateway,
        Profile profile,
        Store store,
        Keys keys,
        Folders folders,
        Optional<Broker> broker,
        Optional<Sftp> sftp,
        List<Path> feeds,
        Handover handover,
        Optional<TimeStamping> timeStamping,
        Timers timers,
        Optional<Integer> observePort,
        List<Witness> witnesses,
        Retention retention,
        long diskFloor) {

    public Configuration {
        feeds = List.copyOf(feeds);
        witnesses = List.copyOf(witnesses);
    }

    /**
     * A neutral witness.
     *
     * @param name of its key
     * @param url where it answers
     * @param key C2SP verifier key, type 0x04
     * @param pin SHA-256 of the SubjectPublicKeyInfo of its TLS certificate in hexadecimal
     */
    public record Witness(String name, String url, String key, Optional<String> pin) {}

    /**
     * When content is erased.
     *
     * @param content so long after its exchange closed, or when the record itself may not be kept any more
     * @param every an erasure is final, for backups too, so long after it was made at the latest
     */
    public record Retention(Duration content, Duration every) {}

    /** What the gateway is for. */
    public enum Profile {
        DEVELOPMENT,
        PRODUCTION
    }

    /** Where everything that must survive is kept. */
    public sealed interface Store {
        record Sqlite(Path file) implements Store {}

        record Postgres(String url, String user, SecretReference password) implements Store {}
    }

    /** Where the private keys are. */
    public sealed interface Keys {
        record Pkcs12(Path file, Path password) implements Keys {}

        /**
         * @param token read each time
         * @param authority PEM of the CA of Vault's certificate; absent: the platform's
         */
        record Vault(String address, String path, SecretReference token, Optional<Path> authority) implements Keys {}
    }

    /**
     * Folders of a home.
     *
     * @param ledger of the ledger's plain files, and of notes that accuse somebody
     */
    public record Folders(Path trust, Path peers, Path agreements, Path drop, Path log, Path ledger) {

        /** CA certificates and revocation lists of time-stamping authorities. */
        public Path timeStamping() {
            return trust.resolve("time-stamping");
        }
    }

    /** This gateway's own broker. */
    public sealed interface Broker {
        record Embedded(String host, int port, Path data) implements Broker {}

        record External(String host, int port) implements Broker {}
    }

    /** This gateway's own SFTP server. */
    public sealed interface Sftp {
        record Embedded(String host, int port, Path data) implements Sftp {}

        record External(String host, int port) implements Sftp {}
    }

    /** How records of peers reach the domestic system. */
    public record Handover(Path format, Path folder) {}

    /**
     * How it is proven when evidence existed.
     *
     * @param authority that is asked
     * @param plan what is stamped, and how long it may wait
     */
    public record TimeStamping(Authority authority, StampPlan plan) {

        /** Who gives time-stamps. */
        public sealed interface Authority {
            /** The one inside this process. */
            record Embedded() implements Authority {}

            record Remote(URI address) implements Authority {}
        }
    }

    /** What is stamped, and how long it may wait; nothing without time-stamping. */
    public StampPlan stampPlan() {
        return timeStamping.map(TimeStamping::plan).orElse(StampPlan.none());
    }

    /** Where this gateway remembers which folder it hands over into. */
    public Path handoverMark() {
        return home.resolve("data").resolve("hand-over.folder");
    }

    /**
     * How often the work is done.
     *
     * @param rounds between two looks for work
     * @param checkpoint between two checkpoints of the ledger
     * @param heartbeat after so long without news of a peer's ledger the peer is asked
     * @param answer a peer that answers no challenge for so long is an alarm
     * @param settle how long a dropped file must not change before it is taken
     * @param failover how long a transport to a peer must be down before what may goes by another one
     */
    public record Timers(
            Duration rounds,
            Duration checkpoint,
            Duration heartbeat,
            Duration answer,
            Duration settle,
            Duration failover) {}
}
