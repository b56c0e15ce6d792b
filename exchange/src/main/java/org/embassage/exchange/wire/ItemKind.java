package org.embassage.exchange.wire;

import java.util.Arrays;
import java.util.Optional;

/** What an item of a dispatch bundle is. The octet is its code on the wire. */
public enum ItemKind {
    /** A sealed message (GW-CMS-1). */
    MESSAGE(1),
    /** A receipt's container (ASiC-E). */
    RECEIPT(2),
    /** The sender's newest checkpoint with a consistency proof. */
    LEDGER_NOTE(3),
    /** The inclusion proof that covers a receipt sent earlier. */
    PROOF(4),
    /** Sequence numbers that will never be used. */
    VOID(5),
    /** The receiver's own checkpoint with the sender's cosignature. */
    COSIGNATURE(6),
    /** Asks for the receiver's newest checkpoint, now. */
    LEDGER_CHALLENGE(7),
    /** The signed answer to a challenge. */
    LEDGER_ANSWER(8),
    /** The sender's ledger begins a new epoch, because it was put back from a backup. */
    EPOCH(9),
    /** Receipts of one exchange that the receiver lost. */
    RETURNED(10),
    /** What of that there is in all. */
    RECOVERY(11);

    private final int octet;

    ItemKind(int octet) {
        this.octet = octet;
    }

    public int octet() {
        return octet;
    }

    /** @return nothing if this version does not know it */
    public static Optional<ItemKind> ofOctet(int octet) {
        return Arrays.stream(values()).filter(kind -> kind.octet == octet).findFirst();
    }
}
