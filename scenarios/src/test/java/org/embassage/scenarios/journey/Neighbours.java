package org.embassage.scenarios.journey;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gateways that know each other, each a process of its own, for all tests of one class. When a test fails, the ends of their
 * logs are printed; the homes stay in the build folder until the class runs again.
 */
final class Neighbours implements BeforeAllCallback, AfterTestExecutionCallback, AfterAllCallback {

    static final GatewayId BORDER_GUARD = new GatewayId("QVL-BG");
    static final GatewayId POLICE = new GatewayId("QOS-POL");
    static final GatewayId BORDER_POLICE = new GatewayId("QOS-BP");

    private static final int CONTENT_DAYS = 365;
    private static final String BRISK = """

            timers:
              rounds-millis: 150
              checkpoint-seconds: 1
              settle-millis: 400
            """;

    private final List<GatewayId> ids;
    private final Map<GatewayId, RunningGateway> gateways = new LinkedHashMap<>();
    private final Map<GatewayId, Consumer<Path>> changes = new LinkedHashMap<>();
    private Path folder = Path.of("target");
    private boolean movable;

    Neighbours(GatewayId... ids) {
        this.ids = List.of(ids);
    }

    /** Their clocks, and those of commands on their homes, are what {@link #moveClocks} says. */
    Neighbours withMovableClocks() {
        movable = true;
        return this;
    }

    /** Changes a home, given its folder, before its gateway starts. */
    Neighbours changed(GatewayId id, Consumer<Path> change) {
        changes.put(id, change);
        return this;
    }

    /** How far ahead of the machine's clock theirs are. */
    void moveClocks(Duration ahead) {
        try {
            Path fresh = folder.resolve("clock.tmp");
            Files.writeString(fresh, ahead.toSeconds() + "\n");
            Files.move(fresh, clock(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path clock() {
        return folder.resolve("clock");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Path.of("target", "journeys", context.getRequiredTestClass().getSimpleName())
                .toAbsolutePath();
        clear(folder);
        Files.createDirectories(folder);
        if (movable) {
            moveClocks(Duration.ZERO);
        }
        List<HomePlan> plans = plans();
        new DevelopmentHomes(Clock.systemUTC(), new SecureRandom()).make(plans);
        for (HomePlan plan : plans) {
            Files.writeString(plan.home().resolve("gateway.yaml"), BRISK, StandardOpenOption.APPEND);
            gateways.put(plan.gateway(), new RunningGateway(plan, movable ? Optional.of(clock()) : Optional.empty()));
            changes.getOrDefault(plan.gateway(), home -> {}).accept(plan.home());
        }
        if (ids.contains(BORDER_POLICE)) {
            Path feed = of(BORDER_GUARD).home().resolve("feeds").resolve("border-guard.yaml");
            String description = Files.readString(feed);
            Files.writeString(feed, description.replace("recipients: [QOS-POL]", "recipients: [QOS-POL, QOS-BP]"));
        }
        all().forEach(RunningGateway::start);
        all().forEach(RunningGateway::awaitReady);
    }

    private List<HomePlan> plans() throws IOException {
        List<Integer> ports = freePorts(3 * ids.size());
        List<HomePlan> plans = new ArrayList<>();
        for (GatewayId id : ids) {
            int first = 3 * plans.size();
            plans.add(new HomePlan(
                    id,
                    folder.resolve(id.value()),
                    HomePlan.descriptionsOf(id),
                    ports.get(first),
                    ports.get(first + 1),
                    ports.get(first + 2),
                    CONTENT_DAYS));
        }
        return plans;
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0);
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            for (RunningGateway gateway : all()) {
                System.err.println("---- " + gateway.id + "\n" + gateway.tail());
            }
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        for (RunningGateway gateway : all()) {
            if (gateway.running()) {
                gateway.kill();
            }
        }
    }

    Path folder() {
        return folder;
    }

    Collection<RunningGateway> all() {
        return gateways.values();
    }

    RunningGateway of(GatewayId id) {
        return Objects.requireNonNull(gateways.get(id));
    }

    /** Waits until every exchange that a gateway sent is handed over, and there are so many. */
    void awaitHandedOver(RunningGateway sender, int exchanges) {
        await("hand-over of all that " + sender.id + " sent")
                .atMost(RunningGateway.SOON)
                .until(() -> {
                    Map<ExchangeState, Long> counts =
                            sender.books(store -> store.register().exchangeCounts());
                    long all =
                            counts.values().stream().mapToLong(Long::longValue).sum();
                    return all == exchanges && all == counts.getOrDefault(ExchangeState.HANDED_OVER, 0L);
                });
    }

    /** All receipts of an exchange at one gateway. */
    static List<StoredReceipt> receipts(RunningGateway gateway, String exchange) {
        return gateway.books(store -> store.register().receipts(ExchangeId.parse(exchange)));
    }

    /** What the receipts of each exchange at one gateway state. */
    static Map<String, List<EvidenceEvent>> events(RunningGateway gateway, Collection<String> exchanges) {
        return gateway.books(store -> {
            Map<String, List<EvidenceEvent>> events = new LinkedHashMap<>();
            for (String exchange : exchanges) {
                events.put(
                        exchange,
                        store.register().receipts(ExchangeId.parse(exchange)).stream()
                                .map(StoredReceipt::event)
                                .toList());
            }
            return events;
        });
    }

    /** The exchanges that a gateway sent, or those to one peer. */
    static List<String> sent(RunningGateway gateway, Optional<GatewayId> peer) {
        return gateway.books(store -> store.register().exchanges(Optional.empty(), peer, 10_000).stream()
                .map(view -> view.exchange().toString())
                .toList());
    }
}
