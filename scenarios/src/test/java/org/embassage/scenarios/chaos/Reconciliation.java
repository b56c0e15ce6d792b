package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.scenarios.chaos.Load.Dropped;

/** Every drop against every hand-over, every receipt at both ends, and both ledgers. */
final class Reconciliation {

    private static final int ALL = 1_000_000;
    private static final Set<EvidenceEvent> WHOLE = EnumSet.of(
            EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);

    private final List<ChaosGateway> gateways;
    private final List<Dropped> dropped;
    private final List<Collector> collectors;
    private final Findings findings;
    private int receipts;
    private int entries;

    /** @param collectors by gateway */
    Reconciliation(List<ChaosGateway> gateways, List<Dropped> dropped, List<Collector> collectors, Findings findings) {
        this.gateways = gateways;
        this.dropped = dropped;
        this.collectors = collectors;
        this.findings = findings;
    }

    int receipts() {
        return receipts;
    }

    int entries() {
        return entries;
    }

    // ---- idle

    /** Why not everything is done yet; empty when it is. */
    List<String> waiting() {
        List<String> why = new ArrayList<>();
        for (int at = 0; at < gateways.size(); at++) {
            ChaosGateway gateway = gateways.get(at);
            ChaosGateway peer = gateways.get(1 - at);
            if (!gateway.running()) {
                why.add(gateway.id() + " does not run");
                continue;
            }
            try {
                gateway.books(store -> {
                    waiting(gateway, peer, store.register(), why);
                    return why;
                });
            } catch (RuntimeException busy) {
                why.add(gateway.id() + ": its books cannot be read: " + busy);
            }
            long undropped = ChaosGateway.files(gateway.dropFolder()).stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.endsWith(".result.csv"))
                    .count();
            if (undropped > 0) {
                why.add(gateway.id() + ": " + undropped + " drops not taken");
            }
            if (!ChaosGateway.files(gateway.handOverFolder()).isEmpty()) {
                why.add(gateway.id() + ": handed over and not collected");
            }
        }
        return why;
    }

    private static void waiting(ChaosGateway gateway, ChaosGateway peer, Register register, List<String> why) {
        Map<ExchangeState, Long> states = register.exchangeCounts();
        long sealed = states.getOrDefault(ExchangeState.SEALED, 0L);
        long relayed = states.getOrDefault(ExchangeState.RELAYED, 0L);
        Map<InboxState, Long> inbox = register.inboxCounts();
        long begun = inbox.getOrDefault(InboxState.ACCEPTED, 0L) + inbox.getOrDefault(InboxState.HANDING_OVER, 0L);
        int unproven = register.withoutProof(peer.id(), 100).size();
        int open = register.openDrops().size();
        if (sealed + relayed + begun + unproven + open > 0) {
            why.add(gateway.id() + ": sealed " + sealed + ", relayed " + relayed + ", inbox " + begun + ", unproven "
                    + unproven + ", open drops " + open);
        }
        long missing = register.exchanges(Optional.of(ExchangeState.HANDED_OVER), Optional.empty(), ALL).stream()
                .filter(view -> register.known(view.exchange()).size() < WHOLE.size())
                .count();
        if (missing > 0) {
            why.add(gateway.id() + ": receipts to come for " + missing + " exchanges");
        }
    }

    // ---- what must be true

    void judge() {
        handOvers();
        for (int at = 0; at < gateways.size(); at++) {
            results(at);
            try {
                evidence(at);
            } catch (RuntimeException unreadable) {
                findings.add("BOOKS: " + gateways.get(at).id() + " or its peer cannot be read: " + unreadable);
            }
        }
    }

    /** Each good record once, each bad one never, nothing else. */
    private void handOvers() {
        for (int at = 0; at < gateways.size(); at++) {
            int sender = at;
            Map<String, List<Collector.Taken>> got = new HashMap<>();
            for (Collector.Taken taken : collectors.get(1 - at).taken()) {
                if (taken.markers().size() != 1) {
                    findings.add("a file about no record, or several: " + taken.name() + " " + taken.markers());
                }
                taken.markers()
                        .forEach(marker -> got.computeIfAbsent(marker, none -> new ArrayList<>())
                                .add(taken));
            }
            Set<String> good = new HashSet<>();
            dropped.stream().filter(one -> one.gateway() == sender).forEach(one -> {
                good.addAll(one.markers());
                one.poison().stream()
                        .filter(got::containsKey)
                        .forEach(marker -> findings.add("POISON HANDED OVER: " + marker + " of " + one.name() + ": "
                                + files(got.getOrDefault(marker, List.of()))));
                for (String marker : one.markers()) {
                    List<Collector.Taken> files = got.getOrDefault(marker, List.of());
                    if (files.isEmpty()) {
                        findings.add("LOST: " + marker + " of " + one.name() + ", dropped at "
                                + gateways.get(sender).id() + ", was never handed over");
                    } else if (files.size() > 1) {
                        findings.add("DOUBLE: " + marker + " of " + one.name() + " was handed over " + files.size()
                                + " times: " + files(files));
                    }
                }
            });
            Set<String> bad = new HashSet<>();
            dropped.forEach(one -> bad.addAll(one.poison()));
            got.keySet().stream()
                    .filter(marker -> !good.contains(marker) && !bad.contains(marker))
                    .forEach(marker -> findings.add("FROM NOBODY: " + marker + " was handed over and never dropped: "
                            + files(got.getOrDefault(marker, List.of()))));
        }
    }

    private static List<String> files(List<Collector.Taken> taken) {
        return taken.stream()
                .map(one -> one.name() + " in round " + one.round())
                .toList();
    }

    /** A line for each record of each drop; refusals have a code. */
    private void results(int at) {
        ChaosGateway gateway = gateways.get(at);
        List<Path> files = ChaosGateway.files(gateway.dropFolder()).stream()
                .filter(file -> file.getFileName().toString().endsWith(".result.csv"))
                .toList();
        for (Dropped one : dropped) {
            if (one.gateway() != at) {
                continue;
            }
            List<List<String>> all = files.stream()
                    .filter(file -> file.getFileName().toString().equals(one.name() + ".result.csv")
                            || file.getFileName().toString().startsWith(one.name() + ".before-"))
                    .map(Reconciliation::codes)
                    .toList();
            if (all.isEmpty()) {
                findings.add("NO RESULT: " + one.name() + " at " + gateway.id());
                continue;
            }
            boolean fits = all.stream().anyMatch(codes -> fits(one, codes));
            if (!fits) {
                findings.add("WRONG RESULT: " + one.name() + " (" + one.sort() + ", " + one.records() + " records) at "
                        + gateway.id() + " says " + all);
            }
        }
    }

    private static boolean fits(Dropped one, List<String> codes) {
        long accepted = codes.stream().filter(String::isEmpty).count();
        return switch (one.sort()) {
            case GOOD -> codes.size() == one.records();
            case ONE_BAD -> codes.size() == one.records() && accepted < one.records();
            case CUT_SHORT -> codes.size() == 1 && accepted == 0;
            case AGAIN -> codes.size() == one.records();
        };
    }

    private static List<String> codes(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .skip(1)
                    .map(line -> line.split(";", -1)[4])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each exchange is closed well and has its three receipts, all with proofs, at both ends. */
    private void evidence(int at) {
        ChaosGateway sender = gateways.get(at);
        ChaosGateway recipient = gateways.get(1 - at);
        long expected = dropped.stream()
                .filter(one -> one.gateway() == at)
                .flatMap(one -> one.markers().stream())
                .distinct()
                .count();
        List<ExchangeView> sent =
                sender.books(store -> store.register().exchanges(Optional.empty(), Optional.of(recipient.id()), ALL));
        if (sent.size() != expected) {
            findings.add("EXCHANGES: " + sender.id() + " has " + sent.size() + " for " + expected + " good records");
        }
        sent.stream()
                .filter(view -> view.state() != ExchangeState.HANDED_OVER)
                .forEach(view ->
                        findings.add("STATE: " + view.exchange() + " at " + sender.id() + " is " + view.state()));
        said(sender, recipient, sent);
        said(recipient, sender, sent);
        for (ChaosGateway end : List.of(sender, recipient)) {
            end.books(store -> {
                entries += (int) (end == sender ? store.ledgerbook().size() : 0);
                sent.forEach(view -> whole(end, store.register(), view.exchange()));
                return end;
            });
        }
    }

    /** What one end was told and the other, who said it, did not write down: it left before it was in the ledger. */
    private void said(ChaosGateway told, ChaosGateway by, List<ExchangeView> sent) {
        Map<ExchangeId, List<EvidenceEvent>> written = by.books(store -> events(store.register(), sent, true));
        told.books(store -> events(store.register(), sent, false))
                .forEach((exchange, events) -> events.stream()
                        .filter(event ->
                                !written.getOrDefault(exchange, List.of()).contains(event))
                        .forEach(event -> findings.add("NOT WRITTEN: " + event + " of " + exchange + " is known at "
                                + told.id() + " and not to " + by.id() + ", which said it")));
    }

    private static Map<ExchangeId, List<EvidenceEvent>> events(
            Register register, List<ExchangeView> sent, boolean issued) {
        Map<ExchangeId, List<EvidenceEvent>> events = new HashMap<>();
        sent.forEach(view -> events.put(
                view.exchange(),
                register.receipts(view.exchange()).stream()
                        .filter(receipt -> receipt.issued() == issued)
                        .map(StoredReceipt::event)
                        .toList()));
        return events;
    }

    private void whole(ChaosGateway end, Register register, ExchangeId exchange) {
        List<StoredReceipt> kept = register.receipts(exchange);
        receipts += kept.size();
        List<EvidenceEvent> events = kept.stream().map(StoredReceipt::event).toList();
        if (events.size() != WHOLE.size() || !WHOLE.containsAll(events)) {
            findings.add("RECEIPTS: " + exchange + " at " + end.id() + " has " + events);
        }
        kept.stream()
                .filter(receipt -> receipt.proof().isEmpty() && !receipt.issued())
                .forEach(receipt ->
                        findings.add("NO PROOF: " + receipt.event() + " of " + exchange + " at " + end.id()));
    }

    // ---- what a stranger can check

    /** Both ledgers and all evidence, by commands, on bundles that an auditor takes away. */
    void verify(Path folder) {
        List<Thread> works = new ArrayList<>();
        for (ChaosGateway gateway : gateways) {
            works.add(new Thread(() -> {
                try {
                    verify(gateway, folder);
                } catch (RuntimeException e) {
                    findings.add("VERIFY: " + gateway.id() + ": " + e);
                }
            }));
        }
        works.forEach(Thread::start);
        for (Thread work : works) {
            try {
                work.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void verify(ChaosGateway gateway, Path folder) {
        String main = "org.embassage.gateway.Main";
        must(gateway, main, List.of("ledger", "verify", "--home", gateway.home().toString()));
        Path bundles = folder.resolve("bundles").resolve(gateway.id().value());
        try {
            Files.createDirectories(bundles);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path bundle = bundles.resolve("all.zip");
        must(
                gateway,
                main,
                List.of(
                        "bundle",
                        "export",
                        "--all",
                        "--wait",
                        "60",
                        "--home",
                        gateway.home().toString(),
                        "--out",
                        bundle.toString()));
        Path trust = trust(gateway, folder);
        must(gateway, "org.embassage.verifier.Main", List.of(bundles.toString(), "--trust", trust.toString()));
    }

    /** The anchors that the auditor brings: those of both countries, and both cards. */
    private Path trust(ChaosGateway gateway, Path folder) {
        Path trust = folder.resolve("trust-" + gateway.id());
        Path home = gateway.home();
        try {
            for (String from : List.of("trust", "peers")) {
                try (var files = Files.walk(home.resolve(from))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path copy = trust.resolve(
                                home.resolve(from).relativize(file).toString());
                        Files.createDirectories(copy.toAbsolutePath().getParent());
                        Files.copy(file, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
            return trust;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void must(ChaosGateway gateway, String main, List<String> words) {
        ChaosGateway.Ended ended = gateway.command(main, words);
        if (ended.exit() != 0) {
            findings.add("COMMAND: " + gateway.id() + ": " + String.join(" ", words) + " ended with " + ended.exit()
                    + ": " + ended.out().strip());
        }
    }

    static void pause(long millis) {
        LockSupport.parkNanos(millis * 1_000_000);
    }
}
