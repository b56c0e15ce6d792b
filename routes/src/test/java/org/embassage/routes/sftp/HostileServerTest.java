package org.embassage.routes.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.routes.TwoGateways.MAX_BUNDLE;
import static org.embassage.routes.TwoGateways.QVL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.embassage.evidence.Digest;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.port.KeyUse;
import org.embassage.routes.Recording;
import org.embassage.routes.TwoGateways;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.Quietly;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lists names which lead elsewhere (CVE-2026-79983), and one with a host key that is not the pinned one. */
class HostileServerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final byte[] BUNDLE = {1, 2, 3};
    private static final String NAME = Digest.sha256(BUNDLE).hex() + ".emb";

    private static final List<String> LIES = List.of(
            "../../secret/" + NAME,
            "sub/" + NAME,
            "/" + NAME,
            "..\\" + NAME,
            NAME.toUpperCase(java.util.Locale.ROOT),
            NAME + "\n",
            NAME + " ",
            "evil.emb");

    @TempDir
    private Path folder;

    private TwoGateways gateways;
    private SshServer server;
    private Path in;
    private final List<String> touched = new CopyOnWriteArrayList<>();
    private final AtomicInteger listings = new AtomicInteger();
    private final Recording reception = new Recording();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void open() throws IOException {
        gateways = new TwoGateways(folder);
        in = Files.createDirectories(folder.resolve("tree/QVL-BG/in"));
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        var entry = gateways.qos.keys.current(KeyUse.SSH);
        server.setKeyPairProvider(
                KeyPairProvider.wrap(new KeyPair(entry.certificate().getPublicKey(), entry.key())));
        server.setPublickeyAuthenticator((user, key, session) -> true);
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder.resolve("tree")));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory() {
            @Override
            public Command createSubsystem(ChannelSession channel) {
                SftpSubsystem lying = new LyingSubsystem(channel, this);
                lying.addSftpEventListener(new Noting());
                return lying;
            }
        };
        server.setSubsystemFactories(List.of(sftp));
        server.start();
    }

    @AfterEach
    void close() throws IOException {
        camel.stop();
        server.stop(true);
    }

    private void consume(List<String> hostKeys) throws Exception {
        camel.disableJMX();
        camel.getRegistry().bind("quietly", new Quietly());
        camel.addRoutes(new FailureHandling());
        RouteBuilder route = new ReceiveBySftp(
                QVL,
                new SftpEndpoints(gateways.qos.id, gateways.qos.keys),
                new Endpoint("127.0.0.1", server.getPort()),
                hostKeys,
                new SftpArrivals(reception, MAX_BUNDLE),
                50,
                TwoGateways.CLOCK);
        camel.addRoutes(route);
        camel.start();
    }

    @Test
    void namesThatLeadElsewhereAreNotTouchedAndAGoodOneIsTaken() throws Exception {
        Files.createDirectories(in.resolve(NAME.replace('0', '1')));
        Files.write(in.resolve(NAME), BUNDLE);
        for (int lie = 0; lie < LIES.size(); lie++) {
            Files.write(in.resolve("lie-" + lie), BUNDLE);
        }
        Path secret = Files.write(
                Files.createDirectories(folder.resolve("tree/secret")).resolve(NAME), BUNDLE);
        Path sub = Files.write(Files.createDirectories(in.resolve("sub")).resolve(NAME), BUNDLE);
        Files.write(in.resolve(NAME + ".01890a5d.part"), BUNDLE);

        consume(List.of(gateways.qos.sshKey()));

        await().atMost(SOON).until(() -> reception.arrivals.size() == 1);
        int then = listings.get();
        await().atMost(SOON).until(() -> listings.get() > then + 3);
        assertThat(reception.arrivals).hasSize(1);
        assertThat(touched).allMatch(path -> path.endsWith("/in/" + NAME));
        assertThat(in.resolve(NAME)).doesNotExist();
        assertThat(secret).exists();
        assertThat(sub).exists();
    }

    @Test
    void aServerWithAnotherKeyIsNotSpokenTo() throws Exception {
        AtomicInteger sessions = new AtomicInteger();
        server.setPublickeyAuthenticator((user, key, session) -> sessions.incrementAndGet() > 0);
        Files.write(in.resolve(NAME), BUNDLE);

        consume(List.of(gateways.qvl.sshKey()));

        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> reception.arrivals.isEmpty());
        assertThat(sessions).hasValue(0);
        assertThat(in.resolve(NAME)).exists();
    }

    @Test
    void withoutAPinnedKeyNoServerIsSpokenTo() throws Exception {
        Files.write(in.resolve(NAME), BUNDLE);

        consume(List.of());

        await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> reception.arrivals.isEmpty());
        assertThat(listings).hasValue(0);
    }

    /** Lists a lie for each file whose name says so. */
    private static final class LyingSubsystem extends SftpSubsystem {
        LyingSubsystem(ChannelSession channel, SftpSubsystemFactory factory) {
            super(channel, factory);
        }

        @Override
        protected void writeDirEntry(
                int id,
                DirectoryHandle folder,
                Map<String, Path> entries,
                Buffer buffer,
                int index,
                Path file,
                String shortName,
                LinkOption... options)
                throws IOException {
            String said = shortName.startsWith("lie-")
                    ? LIES.get(Integer.parseInt(shortName.substring("lie-".length())))
                    : shortName;
            super.writeDirEntry(id, folder, entries, buffer, index, file, said, options);
        }
    }

    /** Notes which files are opened or deleted. */
    private final class Noting implements SftpEventListener {
        @Override
        public void readEntries(
                ServerSession session, String remoteHandle, DirectoryHandle handle, Map<String, Path> entries) {
            listings.incrementAndGet();
        }

        @Override
        public void opening(ServerSession session, String remoteHandle, Handle handle) {
            if (handle instanceof FileHandle) {
                touched.add(handle.getFile().toString());
            }
        }

        @Override
        public void removing(ServerSession session, Path path, boolean isDirectory) {
            touched.add(path.toString());
        }
    }
}
