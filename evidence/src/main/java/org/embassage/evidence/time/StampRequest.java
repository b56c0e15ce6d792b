package org.embassage.evidence.time;

import java.nio.charset.StandardCharsets;
import org.embassage.evidence.Digest;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptParts;

/**
 * What an authority is to be asked to time-stamp.
 *
 * @param about what the digest is of
 * @param digest the message imprint of the token, SHA-256
 */
public record StampRequest(About about, Digest digest) {

    /** What a token can be over. */
    public enum About {
        /** The signature value of a receipt. */
        SIGNATURE,
        /** The octets of a checkpoint's note: an anchor for all that the ledger held then. */
        NOTE,
        /** The next archive manifest of a receipt. */
        ARCHIVE,
        /** Files, or an evidence record of them. */
        FILES
    }

    /** For a receipt: over the octets of its signature value (EN 319 122-1 §5.3). */
    public static StampRequest of(Receipt receipt) {
        return new StampRequest(About.SIGNATURE, receipt.signature());
    }

    /** For a checkpoint: over the note's octets, UTF-8. */
    public static StampRequest ofNote(String note) {
        return new StampRequest(About.NOTE, Digest.sha256(note.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * For one more archive time-stamp, over the manifest that {@link ReceiptAugmenter#archive} will put in.
     *
     * @param container as {@link ReceiptAugmenter#beforeArchive} gave it
     * @throws IllegalArgumentException if it is not whole
     */
    public static StampRequest ofArchive(byte[] container) {
        return new StampRequest(
                About.ARCHIVE, Digest.sha256(ReceiptParts.of(container).nextArchiveManifest()));
    }
}
