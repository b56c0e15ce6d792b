package org.embassage.scenarios.journey;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A wire between a client and a server on this machine, which a test can cut. */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 16 << 10;

    private final ServerSocket door;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Wire wire = Wire.WHOLE;

    /** What becomes of what is sent. */
    enum Wire {
        WHOLE,
        /** What the server answers is lost; what it is sent arrives. */
        ANSWERS_LOST,
        CUT
    }

    Relay(int port, int target) throws IOException {
        this.door = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        this.target = target;
        start(this::receive);
    }

    void set(Wire now) {
        wire = now;
        if (now == Wire.CUT) {
            open.forEach(Relay::quietly);
        }
    }

    private void receive() throws IOException {
        while (true) {
            Socket client = door.accept();
            if (wire == Wire.CUT) {
                quietly(client);
                continue;
            }
            Socket server;
            try {
                server = new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException notThere) {
                quietly(client);
                continue;
            }
            open.add(client);
            open.add(server);
            start(() -> pump(client, server, false));
            start(() -> pump(server, client, true));
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!answers || wire != Wire.ANSWERS_LOST) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException cut) {
            // the other end sees it
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // the test is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        set(Wire.CUT);
    }
}
