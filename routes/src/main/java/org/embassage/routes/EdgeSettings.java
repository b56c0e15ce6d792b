package org.embassage.routes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.Readiness;
import org.embassage.exchange.wire.DispatchBundle;

/**
 * What the edge needs to know of this gateway's surroundings. Paths are absolute; the drop folder, its subfolders and
 * the hand-over folder are made when they are missing.
 *
 * @param broker this gateway's own broker, where peers send to and fetch from; absent if it has none
 * @param sftp this gateway's own SFTP server, where peers put files; absent if it has none
 * @param drops where domestic systems drop their files
 * @param handover the folder from which the domestic system takes what was handed over
 * @param handoverMark the file in which this gateway remembers which folder that is, so that it knows it again
 * @param rounds how rounds are timed
 * @param maxBundleBytes a larger bundle from a peer is refused before it is read
 */
public record EdgeSettings(
        Optional<Broker> broker,
        Optional<SftpServer> sftp,
        Drops drops,
        Path handover,
        Path handoverMark,
        Rounds rounds,
        int maxBundleBytes) {

    public EdgeSettings {
        if (maxBundleBytes < 1 || maxBundleBytes > DispatchBundle.MAX_BYTES) {
            throw new IllegalArgumentException("maxBundleBytes is between 1 and " + DispatchBundle.MAX_BYTES);
        }
    }

    /** This gateway's own broker. */
    public sealed interface Broker {

        /**
         * Runs in this process.
         *
         * @param host the address to listen on
         * @param port the TCP port to listen on
         * @param folder of the journal; nothing else may use it
         */
        record Embedded(String host, int port, Path folder) implements Broker {}

        /**
         * An Artemis that somebody else runs; its TLS key must be pinned in this gateway's own peer card, and it has the
         * same queues and rights as the embedded one (docs/formats/dispatch-bundle.md).
         */
        record External(String host, int port) implements Broker {}
    }

    /** This gateway's own SFTP server. */
    public sealed interface SftpServer {

        /**
         * Runs in this process.
         *
         * @param host the address to listen on
         * @param port the TCP port to listen on
         * @param folder below which each peer has a folder of its own
         */
        record Embedded(String host, int port, Path folder) implements SftpServer {}

        /**
         * An OpenSSH server that somebody else runs. Its host key must be in this gateway's own peer card; this gateway
         * logs in with its SSH key under its own id and sees {@code /<peer>/in} for each peer.
         */
        record External(String host, int port) implements SftpServer {}
    }

    /**
     * @param folder with one subfolder for each feed
     * @param feeds the feeds that are looked at
     * @param poll how often
     * @param quiet for how long size and time of change of a file must stay the same before it is taken
     */
    public record Drops(Path folder, List<DropFeed> feeds, Duration poll, Duration quiet) {
        public Drops {
            feeds = List.copyOf(feeds);
        }
    }

    /**
     * @param maxBytes a larger drop is refused without being read
     * @param readiness how a file says that it is complete
     */
    public record DropFeed(FeedId feed, long maxBytes, Readiness readiness) {

        /** A feed whose files are complete when they are still. */
        public DropFeed(FeedId feed, long maxBytes) {
            this(feed, maxBytes, Readiness.STILL);
        }

        public DropFeed {
            if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("maxBytes of a feed is between 1 and 2147483639");
            }
        }
    }

    /**
     * @param period from the end of one round that found nothing more to do to the next
     * @param longestPause a round whose side is broken backs off up to this
     */
    public record Rounds(Duration period, Duration longestPause) {}
}
