package org.embassage.gateway.assembly;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Configuration.Broker;
import org.embassage.gateway.config.Configuration.Sftp;
import org.embassage.routes.EdgeSettings;

/** The edge that a configuration asks for. */
final class EdgeChoice {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private EdgeChoice() {}

    static EdgeSettings settings(Configuration configuration, Collection<Feed> feeds) {
        List<EdgeSettings.DropFeed> drops = feeds.stream()
                .map(feed -> new EdgeSettings.DropFeed(feed.id(), feed.maxDropBytes(), feed.readiness()))
                .toList();
        return new EdgeSettings(
                configuration.broker().map(EdgeChoice::broker),
                configuration.sftp().map(EdgeChoice::sftp),
                new EdgeSettings.Drops(
                        configuration.folders().drop(),
                        drops,
                        configuration.timers().rounds(),
                        configuration.timers().settle()),
                configuration.handover().folder(),
                configuration.handoverMark(),
                new EdgeSettings.Rounds(configuration.timers().rounds(), LONGEST_PAUSE),
                DispatchBundle.MAX_BYTES);
    }

    private static EdgeSettings.Broker broker(Broker broker) {
        return broker instanceof Broker.Embedded embedded
                ? new EdgeSettings.Broker.Embedded(embedded.host(), embedded.port(), embedded.data())
                : external((Broker.External) broker);
    }

    private static EdgeSettings.Broker external(Broker.External external) {
        return new EdgeSettings.Broker.External(external.host(), external.port());
    }

    private static EdgeSettings.SftpServer sftp(Sftp sftp) {
        return sftp instanceof Sftp.Embedded embedded
                ? new EdgeSettings.SftpServer.Embedded(embedded.host(), embedded.port(), embedded.data())
                : external((Sftp.External) sftp);
    }

    private static EdgeSettings.SftpServer external(Sftp.External external) {
        return new EdgeSettings.SftpServer.External(external.host(), external.port());
    }
}
