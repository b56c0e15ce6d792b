package org.embassage.gateway.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;

/**
 * Gathers all that an auditor needs to judge exchanges alone: receipts of both sides with their proofs, peer cards,
 * agreements, authorities, revocation lists and checkpoints.
 */
public final class BundleExport {

    private static final int NOTES = 64;

    private final Register register;
    private final Ledgerbook ledgerbook;
    private final Federation federation;
    private final KeySource keys;
    private final Clock clock;

    public BundleExport(Register register, Ledgerbook ledgerbook, Federation federation, KeySource keys, Clock clock) {
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.federation = federation;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Receipts of the exchanges whose covering proof is not there yet: the peer's because it has not come, ours because
     * no checkpoint covers them. A bundle without them is judged INDETERMINATE.
     */
    public int unproven(Collection<ExchangeId> exchanges) {
        long covered = ledgerbook.newestCheckpoint().map(HeldNote::size).orElse(0L);
        int unproven = 0;
        for (ExchangeId exchange : exchanges) {
            for (StoredReceipt receipt : register.receipts(exchange)) {
                boolean missing = receipt.issued()
                        ? receipt.leafIndex() >= covered
                        : receipt.leafIndex() >= covered || receipt.proof().isEmpty();
                unproven += missing ? 1 : 0;
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
        for (ExchangeId exchange : exchanges) {
            register.receipts(exchange).forEach(receipt -> add(writer, receipt, ledger, newest));
        }
        newest.ifPresent(note -> writer.note(self.id(), note.note()));
        card(writer, self);
        for (Peer peer : federation.peers().all()) {
            card(writer, peer);
            ledgerbook.peerNotes(peer.id(), NOTES).forEach(note -> writer.note(self.id(), note.note()));
        }
        federation.agreements().all().forEach(agreement -> agreement(writer, agreement));
        for (String country : federation.trust().countries()) {
            federation.trust().authorities(country).forEach(writer::certificate);
        }
        federation.trust().crls().forEach(writer::crl);
        writer.continuity(ledger.origin(), ledger.tree());
        return writer.write(Optional.of(seal()));
    }

    private void add(BundleWriter writer, StoredReceipt receipt, OwnLedger ledger, Optional<HeldNote> newest) {
        Optional<String> ours = newest.filter(note -> receipt.leafIndex() < note.size())
                .map(note -> ledger.proof(receipt.leafIndex(), note).text());
        byte[] container = receipt.container().octets();
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

    /** Exchanges that this gateway sent, to the peer or to all, newest first: of these it has the receipts of both sides. */
    public List<ExchangeId> sent(Optional<GatewayId> peer, int limit) {
        return register.exchanges(Optional.empty(), peer, limit).stream()
                .map(Register.ExchangeView::exchange)
                .toList();
    }

    /** Exchanges that a peer or all peers sent, newest first; the sender's own receipts are not here. */
    public List<ExchangeId> received(Optional<GatewayId> peer, int limit) {
        return register.inboxes(Optional.empty(), limit).stream()
                .filter(view -> peer.isEmpty() || view.peer().equals(peer.get()))
                .map(Register.InboxView::exchange)
                .distinct()
                .toList();
    }
}
