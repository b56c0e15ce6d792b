package org.embassage.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RelayTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 200;

    private ServerSocket door = unbound();
    private Relay relay = new Relay(0, 1);

    @BeforeEach
    void openTheDoor() throws IOException {
        relay.close();
        door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        relay = new Relay(0, door.getLocalPort());
    }

    @AfterEach
    void closeTheDoor() throws IOException {
        relay.close();
        door.close();
    }

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    @Test
    void whatIsSentArrivesAndComesBack() throws IOException {
        try (Socket peer = connect();
                Socket gateway = door.accept()) {
            peer.getOutputStream().write(7);
            assertThat(gateway.getInputStream().read()).isEqualTo(7);
            gateway.getOutputStream().write(9);
            assertThat(peer.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void aCutEndsConnectionsAndNewOnesAreEndedAtOnce() throws IOException {
        try (Socket peer = connect();
                Socket gateway = door.accept()) {
            relay.mode(Relay.Mode.CUT);
            assertThat(ended(peer)).isTrue();
            assertThat(ended(gateway)).isTrue();
        }
        try (Socket late = connect()) {
            assertThat(ended(late)).isTrue();
        }
    }

    private static boolean ended(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void aBlackHoleHoldsWhatWasSentUntilItIsHealed() throws IOException {
        try (Socket peer = connect();
                Socket gateway = door.accept()) {
            relay.mode(Relay.Mode.BLACK_HOLE);
            peer.getOutputStream().write(7);
            gateway.setSoTimeout(SHORT_MILLIS);
            assertThatExceptionOfType(SocketTimeoutException.class)
                    .isThrownBy(() -> gateway.getInputStream().read());
            relay.mode(Relay.Mode.OPEN);
            gateway.setSoTimeout(PATIENCE_MILLIS);
            assertThat(gateway.getInputStream().read()).isEqualTo(7);
        }
    }
}
