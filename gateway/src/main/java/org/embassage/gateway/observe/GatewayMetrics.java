package org.embassage.gateway.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.OutboxCount;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;

/**
 * The gateway's figures, read from the store when they are asked for. Labels are peers, states, codes and uses only:
 * bounded sets without persons, files or exchanges.
 */
public final class GatewayMetrics {

    private final Register register;
    private final Ledgerbook ledgerbook;
    private final PeerDirectory peers;
    private final KeySource keys;
    private final Clock clock;
    private final MultiGauge exchanges;
    private final MultiGauge inbox;
    private final MultiGauge queued;
    private final MultiGauge oldest;
    private final MultiGauge quarantine;
    private final MultiGauge linksUp;
    private final MultiGauge linkFailures;
    private final MultiGauge notes;
    private final MultiGauge certificates;
    private final AtomicLong entries = new AtomicLong();
    private final AtomicLong checkpoint = new AtomicLong();
    private final AtomicLong keysUp = new AtomicLong();

    public GatewayMetrics(
            Register register,
            Ledgerbook ledgerbook,
            PeerDirectory peers,
            KeySource keys,
            Path data,
            Clock clock,
            MeterRegistry meters) {
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.peers = peers;
        this.keys = keys;
        this.clock = clock;
        this.exchanges = multi(meters, "gateway.exchanges", "Exchanges that this gateway sent, by state.");
        this.inbox = multi(meters, "gateway.inbox.messages", "Messages received from peers, by state.");
        this.queued = multi(meters, "gateway.queue.messages", "Items that wait to be carried to a peer.");
        this.oldest = multi(meters, "gateway.queue.oldest.age.seconds", "Age of the oldest item that waits.");
        this.linksUp = multi(meters, "gateway.link.up", "Whether a peer can be reached over a transport: 1, or 0.");
        this.linkFailures =
                multi(meters, "gateway.link.failures", "Failures in a row of a transport to a peer; 0 while it works.");
        this.quarantine =
                multi(meters, "gateway.quarantine.items", "Items in quarantine that nobody decided yet, by fault.");
        this.notes = multi(meters, "gateway.peer.checkpoint.timestamp.seconds", "Time of a peer's newest checkpoint.");
        this.certificates =
                multi(meters, "gateway.certificate.not.after.timestamp.seconds", "End of a certificate, by its use.");
        gauge(meters, "gateway.ledger.entries", "Leaves of the own ledger.", entries);
        gauge(meters, "gateway.ledger.checkpoint.timestamp.seconds", "Time of the newest own checkpoint.", checkpoint);
        gauge(meters, "gateway.keystore.up", "Whether the sealing key can be used.", keysUp);
        Gauge.builder("gateway.disk.free.bytes", data, folder -> folder.toFile().getUsableSpace())
                .description("Free space of the volume of the data folder.")
                .tag("volume", "data")
                .register(meters);
        Gauge.builder("gateway.build.info", () -> 1)
                .description("The version of this build and of its Java.")
                .tags("version", Version.current(), "java", Runtime.version().toString())
                .register(meters);
    }

    private static MultiGauge multi(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    private static void gauge(MeterRegistry meters, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(meters);
    }

    /** Reads all figures anew. */
    public synchronized void refresh() {
        Map<ExchangeState, Long> sent = register.exchangeCounts();
        exchanges.register(rows(List.of(ExchangeState.values()), state -> sent.getOrDefault(state, 0L)), true);
        Map<InboxState, Long> received = register.inboxCounts();
        inbox.register(rows(List.of(InboxState.values()), state -> received.getOrDefault(state, 0L)), true);
        outbox();
        links();
        quarantine.register(quarantined(), true);
        entries.set(ledgerbook.size());
        ledgerbook.newestCheckpoint().ifPresent(note -> checkpoint.set(note.at().getEpochSecond()));
        notes.register(notes(), true);
        keysUp.set(0);
        certificates.register(certificates(), true);
        keysUp.set(1);
    }

    private static <E extends Enum<E>> List<Row<?>> rows(List<E> states, java.util.function.ToLongFunction<E> count) {
        List<Row<?>> rows = new ArrayList<>();
        for (E state : states) {
            rows.add(Row.of(Tags.of("state", label(state)), count.applyAsLong(state)));
        }
        return rows;
    }

    private void outbox() {
        Instant now = clock.instant();
        List<Row<?>> waiting = new ArrayList<>();
        List<Row<?>> ages = new ArrayList<>();
        for (OutboxCount count : register.outboxCounts()) {
            Tags tags = Tags.of(
                    "queue", "outbox",
                    "peer", count.peer().value(),
                    "item", label(count.kind()),
                    "transport", label(count.transport()));
            waiting.add(Row.of(tags, count.waiting()));
            ages.add(Row.of(
                    tags, Math.max(0, now.getEpochSecond() - count.oldest().getEpochSecond())));
        }
        queued.register(waiting, true);
        oldest.register(ages, true);
    }

    private void links() {
        List<Row<?>> up = new ArrayList<>();
        List<Row<?>> failures = new ArrayList<>();
        for (LinkState link : register.links()) {
            Tags tags = Tags.of("peer", link.peer().value(), "transport", label(link.transport()));
            up.add(Row.of(tags, link.open() ? 0 : 1));
            failures.add(Row.of(tags, link.failures()));
        }
        linksUp.register(up, true);
        linkFailures.register(failures, true);
    }

    private List<Row<?>> quarantined() {
        List<Row<?>> rows = new ArrayList<>();
        register.quarantineWaiting()
                .forEach((fault, count) -> rows.add(Row.of(Tags.of("reason", fault.code()), count)));
        return rows;
    }

    private List<Row<?>> notes() {
        List<Row<?>> rows = new ArrayList<>();
        for (Peer peer : peers.all()) {
            ledgerbook
                    .newestPeerNote(peer.id())
                    .map(HeldNote::at)
                    .ifPresent(at -> rows.add(Row.of(Tags.of("peer", peer.id().value()), at.getEpochSecond())));
        }
        return rows;
    }

    private List<Row<?>> certificates() {
        List<Row<?>> rows = new ArrayList<>();
        for (KeyUse use : List.of(KeyUse.SEAL, KeyUse.DECRYPT, KeyUse.TLS)) {
            long end = keys.current(use).certificate().getNotAfter().toInstant().getEpochSecond();
            rows.add(
                    Row.of(Tags.of("use", label(use), "owner", peers.self().id().value()), end));
        }
        for (Peer peer : peers.all()) {
            long end = peer.sealCertificates().stream()
                    .mapToLong(
                            certificate -> certificate.getNotAfter().toInstant().getEpochSecond())
                    .max()
                    .orElse(0);
            rows.add(Row.of(Tags.of("use", "seal", "owner", peer.id().value()), end));
        }
        return rows;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
