package org.embassage.routes.sftp;

import java.util.List;
import org.apache.camel.CamelContext;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.port.KeySource;

/** Camel {@code sftp:} addresses: public-key login, pinned host keys, modern algorithms, no wandering through folders. */
public final class SftpEndpoints {

    private static final String CIPHERS = "aes256-gcm@openssh.com,aes128-gcm@openssh.com";
    private static final String KEY_EXCHANGES = "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
            + "ecdh-sha2-nistp384,ecdh-sha2-nistp521";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 20_000;

    private final GatewayId self;
    private final KeySource keys;

    public SftpEndpoints(GatewayId self, KeySource keys) {
        this.self = self;
        this.keys = keys;
    }

    /**
     * An address, with the key and the known host bound in the registry of {@code context}.
     *
     * @param name that no other address has
     * @param folder below the login's root
     */
    String address(CamelContext context, String name, Endpoint server, List<String> hostKeys, String folder) {
        context.getRegistry().bind("key-" + name, SshKeys.login(keys));
        context.getRegistry().bind("known-" + name, SshKeys.knownHosts(server, hostKeys));
        return "sftp://" + self + "@" + server.host() + ":" + server.port() + "/" + folder
                + "?privateKey=#key-" + name
                + "&knownHosts=#known-" + name
                + "&strictHostKeyChecking=yes"
                + "&useUserKnownHostsFile=false"
                + "&preferredAuthentications=publickey"
                + "&ciphers=" + CIPHERS
                + "&keyExchangeProtocols=" + KEY_EXCHANGES
                + "&stepwise=false"
                + "&autoCreate=false"
                + "&connectTimeout=" + CONNECT_MILLIS
                + "&soTimeout=" + SILENCE_MILLIS
                + "&maximumReconnectAttempts=0"
                + "&throwExceptionOnConnectFailed=true"
                + "&serverMessageLoggingLevel=OFF"
                + "&jschLoggingLevel=OFF";
    }
}
