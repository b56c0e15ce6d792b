package org.embassage.routes.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.routes.TwoGateways.MAX_BUNDLE;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpException;
import org.embassage.exchange.port.KeyUse;
import org.embassage.routes.TwoGateways;
import org.embassage.routes.TwoGateways.One;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a peer that has turned hostile, or a stranger, can do on our SFTP server. */
class PeerOnTheSftpServerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String NAME = "0123456789abcdef".repeat(4) + ".emb";
    private static final String UNFINISHED = "in/" + NAME + ".01890a5d-ac96-774b-bcce-b302099a8057.part";

    @TempDir
    private Path folder;

    private TwoGateways gateways;
    private Path tree;
    private EmbeddedSftpServer server;
    private SshClient client;

    @BeforeEach
    void open() throws IOException {
        gateways = new TwoGateways(folder);
        tree = gateways.qos.home.resolve("sftp");
        server = new EmbeddedSftpServer(
                "127.0.0.1",
                gateways.qos.sftpPort,
                tree,
                gateways.directoryOf(gateways.qos, gateways.qvl, gateways.stranger),
                gateways.qos.keys,
                MAX_BUNDLE);
        server.open();
        client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, key) -> true);
        client.start();
    }

    @AfterEach
    void close() {
        client.stop();
        server.close();
    }

    private static KeyPair key(One one) {
        var entry = one.keys.current(KeyUse.SSH);
        return new KeyPair(entry.certificate().getPublicKey(), entry.key());
    }

    private ClientSession login(String user, One keyOf) throws IOException {
        ClientSession session = client.connect(user, "127.0.0.1", gateways.qos.sftpPort)
                .verify(SOON)
                .getSession();
        session.addPublicKeyIdentity(key(keyOf));
        session.auth().verify(SOON);
        return session;
    }

    private SftpClient sftp(One one) throws IOException {
        return SftpClientFactory.instance()
                .createSftpClient(login(one.id.value(), one))
                .singleSessionInstance();
    }

    private static void put(SftpClient sftp, String path, byte[] content) throws IOException {
        try (OutputStream out = sftp.write(path)) {
            out.write(content);
        }
    }

    @Test
    void itMayUploadAndRenameOnce() throws IOException {
        try (SftpClient sftp = sftp(gateways.qvl)) {
            put(sftp, UNFINISHED, new byte[] {1});
            sftp.rename(UNFINISHED, "in/" + NAME);
            put(sftp, UNFINISHED, new byte[] {2});

            assertThatThrownBy(() -> sftp.rename(UNFINISHED, "in/" + NAME)).isInstanceOf(SftpException.class);
            assertThatThrownBy(() -> sftp.rename(UNFINISHED, "in/" + NAME, SftpClient.CopyMode.Overwrite))
                    .isInstanceOfAny(SftpException.class, UnsupportedOperationException.class);

            sftp.remove(UNFINISHED);
        }
        assertThat(tree.resolve("QVL-BG/in/" + NAME)).hasBinaryContent(new byte[] {1});
    }

    @Test
    void itMayWriteUnderNoOtherName() throws IOException {
        try (SftpClient sftp = sftp(gateways.qvl)) {
            for (String path : List.of(
                    "in/" + NAME, // never at once under the final name
                    "in/x",
                    "in/../x",
                    "out/" + NAME,
                    UNFINISHED.replace("in/", "out/"),
                    UNFINISHED.replace("in/", "in/../../QXX-SPY/in/"),
                    UNFINISHED.replace("in/", ""),
                    "in/sub/" + NAME,
                    "/etc/x",
                    "../" + UNFINISHED.replace("in/", "QXX-SPY/in/"))) {
                assertThatThrownBy(() -> put(sftp, path, new byte[] {1}))
                        .as(path)
                        .isInstanceOf(IOException.class);
            }
        }
        assertThat(tree.resolve("QXX-SPY/in")).isEmptyDirectory();
        assertThat(tree.resolve("QVL-BG/in")).isEmptyDirectory();
    }

    @Test
    void itSeesNothingAboveItsOwnFolder() throws IOException {
        Files.writeString(tree.resolve("QXX-SPY/in/" + NAME), "SECRET");
        Files.writeString(folder.resolve("secret"), "SECRET");
        try (SftpClient sftp = sftp(gateways.qvl)) {
            assertThat(sftp.canonicalPath("../../..")).isEqualTo("/");
            assertThat(StreamSupport.stream(sftp.readDir("/../..").spliterator(), false)
                            .map(SftpClient.DirEntry::getFilename))
                    .isSubsetOf(".", "..", "in", "out")
                    .contains("in");
            for (String path : List.of("../QXX-SPY/in/" + NAME, "/QXX-SPY/in/" + NAME, folder + "/secret")) {
                assertThatThrownBy(() -> sftp.read(path).readAllBytes())
                        .as(path)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void itMayMakeNoLinksNorFoldersNorChangeNorDeleteAnything() throws IOException {
        Files.writeString(tree.resolve("QVL-BG/in/" + NAME), "SYNTHETIC");
        try (SftpClient sftp = sftp(gateways.qvl)) {
            assertThatThrownBy(() -> sftp.symLink(UNFINISHED, "/etc/passwd")).isInstanceOf(Exception.class);
            assertThatThrownBy(() -> sftp.mkdir("in/more")).isInstanceOf(SftpException.class);
            assertThatThrownBy(() -> sftp.rmdir("out")).isInstanceOf(SftpException.class);
            assertThatThrownBy(() -> sftp.remove("in/" + NAME)).isInstanceOf(SftpException.class);
            assertThatThrownBy(() -> sftp.setStat("in/" + NAME, new SftpClient.Attributes().perms(0777)))
                    .isInstanceOf(SftpException.class);
        }
        assertThat(tree.resolve("QVL-BG/in/" + NAME)).hasContent("SYNTHETIC");
        assertThat(tree.resolve("QVL-BG/out")).isDirectory();
    }

    @Test
    void aFileMayGrowToTheLimitAndNotBeyond() throws IOException {
        try (SftpClient sftp = sftp(gateways.qvl);
                SftpClient.CloseableHandle file =
                        sftp.open(UNFINISHED, SftpClient.OpenMode.Write, SftpClient.OpenMode.Create)) {
            sftp.write(file, MAX_BUNDLE - 1L, new byte[1], 0, 1);

            assertThatThrownBy(() -> sftp.write(file, MAX_BUNDLE, new byte[1], 0, 1))
                    .isInstanceOf(SftpException.class);
            assertThatThrownBy(() -> sftp.write(file, Long.MAX_VALUE, new byte[1], 0, 1))
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void onlyTheKeyOfTheNamedGatewayOpensItsFolder() throws IOException {
        login("QVL-BG", gateways.qvl).close();
        login("QOS-POL", gateways.qos).close();
        for (String user : List.of("QOS-POL", "QXX-SPY", "root", "", "../QVL-BG")) {
            assertThatThrownBy(() -> login(user, gateways.qvl)).as(user).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPasswordOpensNothing() throws IOException {
        try (ClientSession session = client.connect("QVL-BG", "127.0.0.1", gateways.qos.sftpPort)
                .verify(SOON)
                .getSession()) {
            session.addPasswordIdentity("SYNTHETIC");

            assertThatThrownBy(() -> session.auth().verify(SOON)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void thereIsNoShellNoCommandAndNoForwarding() throws IOException {
        try (ClientSession session = login("QVL-BG", gateways.qvl)) {
            assertSilent(session.createShellChannel());
            assertSilent(session.createExecChannel("echo SYNTHETIC"));
            assertSilent(session.createExecChannel("scp -t in"));
            assertThatThrownBy(() -> session.createDirectTcpipChannel(
                                    new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 22))
                            .open()
                            .verify(SOON))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> session.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 22)))
                    .isInstanceOf(IOException.class);
        }
    }

    /** The channel may open, but the request is refused: nothing runs, so nothing is said and there is no exit status. */
    private static void assertSilent(ClientChannel channel) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        channel.setOut(said);
        channel.setErr(said);
        try (channel) {
            channel.open().verify(SOON);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Duration.ofSeconds(2));
        }
        assertThat(said.toByteArray()).isEmpty();
        assertThat(channel.getExitStatus()).isNull();
    }

    /** RFC 4253 §7.1; strict key exchange is what stops the prefix truncation of CVE-2023-48795. */
    @Test
    void itInsistsOnStrictKeyExchangeAndOffersNothingThatIsBroken() throws IOException {
        String offered = offered();

        assertThat(offered).contains("kex-strict-s-v00@openssh.com").contains("aes256-gcm@openssh.com");
        assertThat(offered)
                .doesNotContain("group1-sha1", "group14-sha1", "group-exchange-sha1", "ssh-dss", "-cbc", "arcfour")
                .doesNotContain("hmac-md5", "hmac-sha1,", "hmac-sha1-96");
    }

    /** The names in the server's SSH_MSG_KEXINIT, which it sends in clear. */
    private String offered() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", gateways.qos.sftpPort)) {
            socket.setSoTimeout((int) SOON.toMillis());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write("SSH-2.0-SYNTHETIC\r\n".getBytes(StandardCharsets.US_ASCII));
            int read;
            do {
                read = in.readByte(); // the line with its own name
            } while (read != '\n');
            byte[] packet = new byte[in.readInt()];
            in.readFully(packet);
            assertThat(packet[1]).as("SSH_MSG_KEXINIT").isEqualTo((byte) 20);
            return new String(packet, StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void olderCiphersAreNotSpoken() {
        client.setCipherFactories(List.<NamedFactory<org.apache.sshd.common.cipher.Cipher>>of(
                BuiltinCiphers.aes256ctr, BuiltinCiphers.cc20p1305_openssh));

        assertThatThrownBy(() -> login("QVL-BG", gateways.qvl)).isInstanceOf(IOException.class);
    }
}
