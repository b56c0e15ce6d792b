package org.embassage.routes.sftp;

import java.time.Clock;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.RouteIds;

/**
 * From one peer's {@code in} folder on the own SFTP server to the reception. The file is deleted when the reception has
 * returned, and is read again if it threw. What a sender left unfinished long ago is deleted unread.
 */
public final class ReceiveBySftp extends RouteBuilder {

    private final GatewayId peer;
    private final SftpEndpoints endpoints;
    private final Endpoint server;
    private final List<String> hostKeys;
    private final SftpArrivals arrivals;
    private final long pollMillis;
    private final Clock clock;

    /** @param server the own one @param hostKeys its keys @param pollMillis how often it looks for files */
    public ReceiveBySftp(
            GatewayId peer,
            SftpEndpoints endpoints,
            Endpoint server,
            List<String> hostKeys,
            SftpArrivals arrivals,
            long pollMillis,
            Clock clock) {
        this.peer = peer;
        this.endpoints = endpoints;
        this.server = server;
        this.hostKeys = List.copyOf(hostKeys);
        this.arrivals = arrivals;
        this.pollMillis = pollMillis;
        this.clock = clock;
    }

    @Override
    public void configure() {
        String folder = peer + "/in";
        bindToRegistry("names-" + peer, new BundleNames(peer, folder, arrivals, clock));
        bindToRegistry("urgent-first-" + peer, BundleNames.mostUrgentFirst());
        from(endpoints.address(getContext(), "from-" + peer, server, hostKeys, folder)
                        + "&filter=#names-" + peer
                        + "&streamDownload=true"
                        + "&delete=true"
                        + "&readLock=none"
                        + "&recursive=false"
                        + "&idempotent=false"
                        + "&maxMessagesPerPoll=50&eagerMaxMessagesPerPoll=false"
                        + "&sorter=#urgent-first-" + peer
                        + "&initialDelay=0&delay=" + pollMillis
                        + "&backoffErrorThreshold=1&backoffMultiplier=10"
                        + "&runLoggingLevel=TRACE"
                        + "&bridgeErrorHandler=false"
                        + "&exceptionHandler=#quietly")
                .routeId(RouteIds.receive(Transport.SFTP, peer))
                .routeConfigurationId(FailureHandling.LEFT_WITH_TRANSPORT)
                .process(exchange -> arrivals.accept(
                        peer,
                        exchange.getIn().getHeader(Exchange.FILE_NAME_ONLY),
                        exchange.getIn().getBody()))
                .id("judge-and-commit-" + RouteIds.receive(Transport.SFTP, peer));
    }
}
