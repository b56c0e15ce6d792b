package org.embassage.gateway.timestamp;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.time.ReceiptAugmenter;
import org.embassage.evidence.time.StampRequest;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stampbook.Anchor;
import org.embassage.exchange.journal.Stampbook.Kept;
import org.embassage.exchange.journal.Stampbook.Setting;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.port.TimeStamper;

/**
 * Receipts as they leave the gateway: composed with their token, certificates and revocation lists (CAdES B-LT) from the
 * stored bytes, which stay as they are; and the anchors that prove the time of ledger and receipts. Certificates and lists
 * are those that the store kept when this was made. Thread-safe.
 */
public final class StampedEvidence {

    private final Stampbook stampbook;
    private final KeptStatuses statuses;

    /** @throws org.embassage.exchange.fault.Broken STORE_UNAVAILABLE, as every method */
    public StampedEvidence(Stampbook stampbook) {
        this.stampbook = stampbook;
        this.statuses = new KeptStatuses(stampbook);
    }

    /** B-LT if the receipt has a token that holds, with lists that were in force at its time; else as it is stored. */
    public byte[] container(StoredReceipt receipt) {
        byte[] stored = receipt.container().octets();
        Optional<TimeStamp> token = token(receipt);
        Optional<X509Certificate> signer =
                ReceiptReader.read(stored).fold(read -> Optional.of(read.signer()), unreadable -> Optional.empty());
        if (token.isEmpty() || signer.isEmpty()) {
            return stored;
        }
        List<X509Certificate> ends =
                new ArrayList<>(List.of(signer.get(), token.get().authority()));
        ends.addAll(token.get().others());
        Set<X509Certificate> above = statuses.above(ends);
        List<X509Certificate> certificates = new ArrayList<>(ends);
        certificates.addAll(above);
        return ReceiptAugmenter.augment(
                stored,
                Optional.of(token.get().token()),
                certificates,
                statuses.of(above, token.get().time()));
    }

    /**
     * As {@link #container}, with one archive time-stamp more over all of it (ASiC-E LTA), asked for now.
     *
     * @throws org.embassage.exchange.fault.Broken TIME_STAMP_UNAVAILABLE
     */
    public byte[] archived(StoredReceipt receipt, TimeStamper stamper) {
        byte[] container = container(receipt);
        byte[] token = stamper.stamp(StampRequest.ofArchive(container).digest());
        return ReceiptAugmenter.archive(container, token);
    }

    /** The token over the receipt's signature value, if there is one that holds. */
    public Optional<TimeStamp> token(StoredReceipt receipt) {
        return stampbook
                .token(receipt.id())
                .map(Kept::token)
                .flatMap(token -> TimeStamp.check(token.octets(), receipt.signature())
                        .fold(good -> Optional.of(good.timeStamp()), bad -> Optional.empty()));
    }

    /**
     * For each receipt the earliest anchor that covers it, and the newest of all; each once, the smallest checkpoint
     * first. A receipt of the last hour may have none yet.
     */
    public List<Anchor> anchors(Collection<StoredReceipt> receipts) {
        Map<Long, Anchor> anchors = new TreeMap<>();
        for (StoredReceipt receipt : receipts) {
            stampbook.anchorOver(receipt.leafIndex()).ifPresent(anchor -> anchors.put(anchor.size(), anchor));
        }
        stampbook.newestAnchor().ifPresent(anchor -> anchors.put(anchor.size(), anchor));
        return List.copyOf(anchors.values());
    }

    /** How many of the receipts have neither a token of their own nor an anchor over them yet. */
    public int withoutTime(Collection<StoredReceipt> receipts) {
        int without = 0;
        for (StoredReceipt receipt : receipts) {
            boolean proven = stampbook.token(receipt.id()).isPresent()
                    || stampbook.anchorOver(receipt.leafIndex()).isPresent();
            without += proven ? 0 : 1;
        }
        return without;
    }

    /** The newest revocation list of each authority that is kept, of countries and for time-stamping. */
    public List<X509CRL> revocationLists() {
        return statuses.newest();
    }

    /**
     * How many of the receipts are to have a token of their own, and have none yet.
     *
     * @return zero where checkpoints alone are stamped, or nothing is
     */
    public int waiting(Collection<StoredReceipt> receipts) {
        Optional<Setting> each = stampbook.setting().filter(setting -> setting.mode() == Stamping.EACH);
        int waiting = 0;
        for (StoredReceipt receipt : receipts) {
            boolean due =
                    each.map(setting -> receipt.leafIndex() >= setting.from()).orElse(false);
            waiting += due && stampbook.token(receipt.id()).isEmpty() ? 1 : 0;
        }
        return waiting;
    }
}
