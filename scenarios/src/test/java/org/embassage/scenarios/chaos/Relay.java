package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A TCP relay in front of one door of a gateway: peers connect here, and what happens on the way is decided here. */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    private static final int SLOW_BYTES_PER_SECOND = 8_000;
    private static final int CONNECT_MILLIS = 2_000;
    private static final long TICK_NANOS = 20_000_000;
    private static final long DELAY_NANOS = 350_000_000;

    /** What a link does with what passes. */
    enum Mode {
        OPEN,
        /** Nobody answers: connections end and new ones are ended at once. */
        CUT,
        /** Bytes wait; connections stay. */
        BLACK_HOLE,
        /** Each piece waits a third of a second. */
        DELAY,
        /** 64 kbit/s in each direction. */
        SLOW
    }

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Mode mode = Mode.OPEN;
    private volatile boolean closed;

    /**
     * @param port where it listens, on the loopback address
     * @param target the port that it connects to
     */
    Relay(int port, int target) {
        try {
            this.server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = target;
        threads.execute(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    void mode(Mode next) {
        mode = next;
        if (next == Mode.CUT) {
            end(false);
        }
    }

    /** Ends all connections with RST. */
    void reset() {
        end(true);
    }

    private void end(boolean reset) {
        for (Socket socket : sockets) {
            if (reset) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (IOException gone) {
                    // it ends all the same
                }
            }
            quietly(socket);
        }
    }

    private void listen() {
        while (!closed) {
            try {
                Socket from = server.accept();
                threads.execute(() -> connect(from));
            } catch (IOException e) {
                pause(TICK_NANOS);
            }
        }
    }

    private void connect(Socket from) {
        sockets.add(from);
        if (mode == Mode.CUT) {
            quietly(from);
            return;
        }
        Socket to = new Socket();
        try {
            from.setTcpNoDelay(true);
            to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            to.setTcpNoDelay(true);
            sockets.add(to);
        } catch (IOException nobodyThere) {
            quietly(from);
            quietly(to);
            return;
        }
        threads.execute(() -> pump(from, to));
        threads.execute(() -> pump(to, from));
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(buffer);
            while (read >= 0) {
                pass(out, buffer, read);
                read = in.read(buffer);
            }
        } catch (IOException ended) {
            // so does the other direction
        } finally {
            quietly(from);
            quietly(to);
        }
    }

    private void pass(OutputStream out, byte[] buffer, int length) throws IOException {
        if (mode == Mode.DELAY) {
            pause(DELAY_NANOS);
        }
        int at = 0;
        while (at < length) {
            while (mode == Mode.BLACK_HOLE && !closed) {
                pause(TICK_NANOS);
            }
            int most = mode == Mode.SLOW ? SLOW_BYTES_PER_SECOND / 50 : length;
            int part = Math.min(most, length - at);
            out.write(buffer, at, part);
            out.flush();
            at += part;
            if (mode == Mode.SLOW) {
                pause(TICK_NANOS);
            }
        }
    }

    private static void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    private void quietly(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end(false);
        threads.shutdownNow();
    }
}
