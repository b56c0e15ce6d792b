package org.embassage.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.GatewayId;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;

/** Two gateways' homes in a temporary folder, as {@code ./embassage init --development} makes them. Closing deletes them. */
final class Homes implements AutoCloseable {

    static final GatewayId SENDER = new GatewayId("QOS-POL");
    static final GatewayId RECIPIENT = new GatewayId("QVL-BG");
    private static final int CONTENT_DAYS = 365;

    private final Path folder;
    private final HomePlan sender;
    private final HomePlan recipient;

    private Homes(Path folder, HomePlan sender, HomePlan recipient) {
        this.folder = folder;
        this.sender = sender;
        this.recipient = recipient;
    }

    static Homes make() throws IOException {
        Path folder = Files.createTempDirectory("embassage-bench-");
        List<Integer> ports = freePorts(6);
        HomePlan sender = plan(SENDER, folder, ports.subList(0, 3));
        HomePlan recipient = plan(RECIPIENT, folder, ports.subList(3, 6));
        new DevelopmentHomes(Clock.systemUTC(), new SecureRandom()).make(List.of(sender, recipient));
        anchored(sender);
        anchored(recipient);
        return new Homes(folder, sender, recipient);
    }

    /** Stamping each receipt would measure the embedded authority too, which is a machine of its own anywhere else. */
    private static void anchored(HomePlan plan) throws IOException {
        Path file = plan.home().resolve("gateway.yaml");
        String text = Files.readString(file);
        String changed = text.replace("  embedded: true\n", "  embedded: true\n  receipts: anchored\n");
        if (changed.equals(text)) {
            throw new IOException("the home is not as it was expected");
        }
        Files.writeString(file, changed);
    }

    private static HomePlan plan(GatewayId id, Path folder, List<Integer> ports) {
        return new HomePlan(
                id,
                folder.resolve(id.value()),
                HomePlan.descriptionsOf(id),
                ports.get(0),
                ports.get(1),
                ports.get(2),
                CONTENT_DAYS);
    }

    /** Held together, so that no two are the same. */
    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    HomePlan sender() {
        return sender;
    }

    HomePlan recipient() {
        return recipient;
    }

    /** Where the sender's domestic system drops. */
    Path dropFolder() {
        return sender.home().resolve("drop").resolve(sender.feedName());
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }
}
