package org.embassage.routes.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;

/**
 * This gateway's SFTP server. A user is a gateway id, known by a key of its card; a peer sees its own folder as the root and
 * nothing above it. SFTP only: no shell, no commands, no forwarding, no passwords; AES-GCM ciphers only, which the prefix
 * truncation of CVE-2023-48795 does not touch.
 */
public final class EmbeddedSftpServer implements AutoCloseable {

    private static final Duration LOGIN_WITHIN = Duration.ofSeconds(20);
    private static final Duration IDLE_AFTER = Duration.ofMinutes(10);
    private static final int MOST_OPEN_FILES = 16;
    private static final int MOST_LOGIN_ATTEMPTS = 4;
    private static final int MOST_SESSIONS_OF_A_USER = 8;
    private static final String NO_EXTENSIONS = "";

    private final Path folder;
    private final PeerDirectory peers;
    private final KeySource keys;
    private final SshServer server;

    /** @param folder below which each peer has its own @param maxBytes of one file */
    public EmbeddedSftpServer(String host, int port, Path folder, PeerDirectory peers, KeySource keys, long maxBytes) {
        this.folder = folder;
        this.peers = peers;
        this.keys = keys;
        this.server = ServerBuilder.builder()
                .keyExchangeFactories(Stream.of(
                                BuiltinDHFactories.curve25519,
                                BuiltinDHFactories.curve25519_libssh,
                                BuiltinDHFactories.ecdhp256,
                                BuiltinDHFactories.ecdhp384,
                                BuiltinDHFactories.ecdhp521)
                        .filter(BuiltinDHFactories::isSupported)
                        .map(ServerBuilder.DH2KEX)
                        .toList())
                .cipherFactories(List.of(BuiltinCiphers.aes256gcm, BuiltinCiphers.aes128gcm))
                .macFactories(List.of(BuiltinMacs.hmacsha512etm, BuiltinMacs.hmacsha256etm))
                .fileSystemFactory(new VirtualFileSystemFactory() {
                    @Override
                    public Path getUserHomeDir(SessionContext session) {
                        return home(new GatewayId(session.getUsername()));
                    }
                })
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .build();
        server.setHost(host);
        server.setPort(port);
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, key, session) -> mayEnter(user, key));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory.Builder().build();
        sftp.addSftpEventListener(new PeerRights(peers.self().id(), maxBytes));
        server.setSubsystemFactories(List.of(sftp));
        CoreModuleProperties.AUTH_TIMEOUT.set(server, LOGIN_WITHIN);
        CoreModuleProperties.IDLE_TIMEOUT.set(server, IDLE_AFTER);
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MOST_LOGIN_ATTEMPTS);
        CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(server, MOST_SESSIONS_OF_A_USER);
        SftpModuleProperties.MAX_OPEN_HANDLES_PER_SESSION.set(server, MOST_OPEN_FILES);
        SftpModuleProperties.CLIENT_EXTENSIONS.set(server, NO_EXTENSIONS);
        SftpModuleProperties.OPENSSH_EXTENSIONS.set(server, NO_EXTENSIONS);
        SftpModuleProperties.AUTO_FOLLOW_LINKS.set(server, false);
    }

    private Path home(GatewayId user) {
        return user.equals(peers.self().id()) ? folder : folder.resolve(user.value());
    }

    private boolean mayEnter(String user, PublicKey shown) {
        if (user.equals(peers.self().id().value())) {
            return KeyUtils.compareKeys(SshKeys.own(keys).getPublic(), shown);
        }
        return known(user).stream()
                .flatMap(peer -> peer.sshUserKeys().stream())
                .flatMap(text -> SshKeys.parse(text).stream())
                .anyMatch(key -> KeyUtils.compareKeys(key, shown));
    }

    private Optional<Peer> known(String user) {
        return peers.all().stream()
                .filter(peer -> peer.id().value().equals(user))
                .findFirst();
    }

    /** The text forms of its host keys. */
    public List<String> hostKeys() {
        return List.of(SshKeys.text(SshKeys.own(keys).getPublic()));
    }

    /** @throws IllegalStateException if the port is taken or a folder cannot be made */
    public void open() {
        try {
            for (Peer peer : peers.all()) {
                Files.createDirectories(home(peer.id()).resolve("in"));
                Files.createDirectories(home(peer.id()).resolve("out"));
            }
            server.setKeyPairProvider(KeyPairProvider.wrap(SshKeys.own(keys)));
            server.start();
        } catch (IOException e) {
            throw new IllegalStateException("the embedded SFTP server did not start", e);
        }
    }

    public boolean running() {
        return server.isOpen();
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new IllegalStateException("the embedded SFTP server did not stop", e);
        }
    }
}
