package org.embassage.routes.sftp;

import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.RouteIds;

/**
 * From the carrier to one peer's SFTP server: upload under the final name with the attempt's id and {@code .part}, then rename.
 * A file that is there already, of the same size, was sent before.
 */
public final class SendBySftp extends RouteBuilder {

    static final String ATTEMPT = "EmbassageAttempt";

    private final GatewayId peer;
    private final SftpEndpoints endpoints;
    private final Endpoint server;
    private final List<String> hostKeys;

    /** @param server the peer's @param hostKeys as in the peer's card */
    public SendBySftp(GatewayId peer, SftpEndpoints endpoints, Endpoint server, List<String> hostKeys) {
        this.peer = peer;
        this.endpoints = endpoints;
        this.server = server;
        this.hostKeys = List.copyOf(hostKeys);
    }

    static String from(GatewayId peer) {
        return "direct:sftp-to-" + peer;
    }

    @Override
    public void configure() {
        bindToRegistry("alreadyThere", new AlreadyThere());
        from(from(peer))
                .routeId(RouteIds.send(Transport.SFTP, peer))
                .routeConfigurationId(FailureHandling.TOLD_TO_CALLER)
                .doTry()
                .to(endpoints.address(getContext(), "to-" + peer, server, hostKeys, "in")
                        + "&tempFileName=${file:name}.${header." + ATTEMPT + "}.part"
                        + "&fileExist=Move&moveExisting=unused&moveExistingFileStrategy=#alreadyThere"
                        + "&disconnect=false")
                .id("upload-and-rename-at-" + peer)
                .doCatch(AlreadyThere.Taken.class)
                .process(AlreadyThere::judge)
                .id("same-size-was-sent-to-" + peer)
                .end();
    }
}
