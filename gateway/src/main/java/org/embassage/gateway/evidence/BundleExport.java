package org.embassage.gateway.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.TimeStamper;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.gateway.timestamp.StampedEvidence;

/**
 * Gathers all that an auditor needs to judge exchanges alone: receipts of both sides with their proofs, peer cards,
 * agreements, authorities, revocation lists and checkpoints.
 */
public final class BundleExport {

    /** How many exchanges a question may be about. */
    public static final int MOST = 20_000;

    private final Register register;
    private final Ledgerbook ledgerbook;
    private final Federation federation;
    private final KeySource keys;
    private final Stampbook stampbook;
    private final Optional<TimeStamper> stamper;
    private final Clock clock;

    /** @param stamper is asked for one token over the exporter's signature; without one the bundle goes without */
    public BundleExport(
            Register register,
            Ledgerbook ledgerbook,
            Federation federation,
            KeySource keys,
            Stampbook stampbook,
            Optional<TimeStamper> stamper,
            Clock clock) {
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.federation = federation;
        this.keys = keys;
        this.stampbook = stampbook;
        this.stamper = stamper;
        this.clock = clock;
    }

    /**
     * Receipts of the exchanges whose covering proof is not there yet: the peer's because it has not come, ours because
     * no checkpoint covers them. A bundle without them is judged INDETERMINATE. Also those that wait for
     * their time-stamp, or for a peer to cosign a checkpoint that covers them.
     */
    public int unproven(Collection<ExchangeId> exchanges) {
        long covered = ledgerbook.newestCheckpoint().map(HeldNote::size).orElse(0L);
        long witnessed = federation.peers().all().stream()
                        .anyMatch(peer -> peer.witnessKey().isPresent())
                ? new WitnessMaterial(ledgerbook, federation.peers()).witnessed()
                : Long.MAX_VALUE;
        StampedEvidence stamped = new StampedEvidence(stampbook);
        int unproven = 0;
        for (ExchangeId exchange : exchanges) {
            for (StoredReceipt receipt : register.receipts(exchange)) {
                boolean missing = receipt.issued()
                        ? receipt.leafIndex() >= Math.min(covered, witnessed)
                        : receipt.leafIndex() >= covered || receipt.proof().isEmpty();
                unproven += missing || stamped.waiting(List.of(receipt)) > 0 ? 1 : 0;
            }
        }
        return unproven;
    }

    /**
     * Writes the bundle.
     *
     * @param asked the question, printable ASCII
     * @throws Broken STORE_UNAVAILABLE, KEY_UNAVAILABLE, LEDGER_DAMAGED
     */
    public byte[] write(Collection<ExchangeId> exchanges, String asked) {
        OwnLedger ledger = OwnLedger.build(ledgerbook, done -> {});
        Peer self = federation.peers().self();
        BundleWriter writer = new BundleWriter(self.id(), clock.instant(), asked);
        Optional<HeldNote> newest = ledgerbook.newestCheckpoint().filter(note -> note.size() <= ledger.size());
        StampedEvidence stamped = new StampedEvidence(stampbook);
        List<StoredReceipt> receipts = exchanges.stream()
                .flatMap(exchange -> register.receipts(exchange).stream())
                .toList();
        receipts.forEach(receipt -> add(writer, receipt, stamped.container(receipt), ledger, newest));
        stamped.anchors(receipts).stream()
                .filter(anchor -> anchor.size() <= ledger.size())
                .forEach(anchor -> writer.anchor(anchor.note(), anchor.token().octets()));
        card(writer, self);
        for (Peer peer : federation.peers().all()) {
            card(writer, peer);
        }
        federation.agreements().all().forEach(agreement -> agreement(writer, agreement));
        for (String country : federation.trust().countries()) {
            federation.trust().authorities(country).forEach(writer::certificate);
        }
        federation.trust().crls().forEach(writer::crl);
        stamped.revocationLists().forEach(writer::crl);
        new WitnessMaterial(ledgerbook, federation.peers()).add(writer);
        writer.continuity(ledger.origin(), ledger.tree());
        return writer.write(Optional.of(seal()), this::token);
    }

    /** An authority that is away must not keep evidence from an auditor. */
    private Optional<byte[]> token(Digest signature) {
        try {
            return stamper.map(authority -> authority.stamp(signature));
        } catch (Broken unavailable) {
            return Optional.empty();
        }
    }

    private void add(
            BundleWriter writer, StoredReceipt receipt, byte[] container, OwnLedger ledger, Optional<HeldNote> newest) {
        Optional<String> ours = newest.filter(note -> receipt.leafIndex() < note.size())
                .map(note -> ledger.proof(receipt.leafIndex(), note).text());
        if (receipt.issued()) {
            writer.receipt(container, ours);
        } else {
            writer.receipt(container, receipt.proof());
            ours.ifPresent(proof ->
                    writer.receivedProof(receipt.id(), federation.peers().self().id(), proof));
        }
    }

    private void card(BundleWriter writer, Peer peer) {
        Path file = federation.cards().get(peer.cardDigest());
        if (file != null) {
            FederationReader.signature(file)
                    .ifPresent(signature -> writer.card(peer.id(), peer.cardNumber(), octets(file), signature));
        }
    }

    private void agreement(BundleWriter writer, Agreement agreement) {
        Path file = federation.agreementFiles().get(agreement.ref());
        if (file != null) {
            writer.agreement(
                    agreement.ref().id(),
                    agreement.ref().version(),
                    agreement.octets(),
                    FederationReader.signatures(file));
        }
    }

    private CadesSigner seal() {
        KeySource.KeyEntry entry = keys.current(KeyUse.SEAL);
        return new CadesSigner(entry.key(), entry.certificate(), Optional.empty(), clock);
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new Broken(FaultCode.CONFIGURATION_INVALID, unreadable);
        }
    }

    /**
     * Exchanges that this gateway sent, to the peer or to all, newest first: of these it has the receipts of both sides.
     *
     * @throws Stop if there are more than {@link #MOST}: a bundle must not say "all" of a part
     */
    public List<ExchangeId> sent(Optional<GatewayId> peer) {
        return all(register.exchanges(Optional.empty(), peer, MOST + 1)).stream()
                .map(Register.ExchangeView::exchange)
                .toList();
    }

    /**
     * Exchanges that a peer or all peers sent, newest first; the sender's own receipts are not here.
     *
     * @throws Stop as {@link #sent}, counting those of all peers
     */
    public List<ExchangeId> received(Optional<GatewayId> peer) {
        return all(register.inboxes(Optional.empty(), MOST + 1)).stream()
                .filter(view -> peer.isEmpty() || view.peer().equals(peer.get()))
                .map(Register.InboxView::exchange)
                .distinct()
                .toList();
    }

    /**
     * Exchanges under any version of an agreement that were submitted in [from, until): sent ones, or received ones of which
     * the sender's own receipts are not here.
     *
     * @throws Stop as {@link #sent}, counting those of all agreements
     */
    public List<ExchangeId> under(String agreement, Instant from, Instant until, boolean received) {
        if (received) {
            return all(register.inboxes(Optional.empty(), MOST + 1)).stream()
                    .filter(view -> view.accepted()
                            .map(terms ->
                                    terms.agreement().id().equals(agreement) && within(terms.submitted(), from, until))
                            .orElse(false))
                    .map(Register.InboxView::exchange)
                    .distinct()
                    .toList();
        }
        return all(register.exchanges(Optional.empty(), Optional.empty(), MOST + 1)).stream()
                .filter(view -> view.agreement().id().equals(agreement) && within(view.created(), from, until))
                .map(Register.ExchangeView::exchange)
                .toList();
    }

    private static <T> List<T> all(List<T> found) {
        if (found.size() > MOST) {
            throw new Stop(
                    ExitCode.FINDING,
                    "this gateway holds more than " + MOST + " exchanges, and one bundle cannot hold them all",
                    "export them one by one, by `--exchange`");
        }
        return found;
    }

    private static boolean within(Instant at, Instant from, Instant until) {
        return !at.isBefore(from) && at.isBefore(until);
    }
}
