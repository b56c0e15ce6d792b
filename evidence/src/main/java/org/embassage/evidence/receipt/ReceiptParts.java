package org.embassage.evidence.receipt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.zip.StrictZip;

/**
 * A receipt's container taken apart, so that time-stamps can be put into it. What is signed is never touched. The same
 * parts give the same bytes. Immutable; thread-safe.
 */
public final class ReceiptParts {

    private final Map<String, byte[]> entries;

    ReceiptParts(Map<String, byte[]> entries) {
        this.entries = new LinkedHashMap<>(entries);
    }

    /**
     * Takes a container apart.
     *
     * @throws IllegalArgumentException if it is not whole
     */
    public static ReceiptParts of(byte[] container) {
        if (!(ReceiptReader.read(container) instanceof ReceiptReader.Reading.Read)) {
            throw new IllegalArgumentException("not a receipt that is whole");
        }
        return new ReceiptParts(
                StrictZip.read(container, ReceiptReader.MAX_BYTES).orElseThrow());
    }

    /** META-INF/signature001.p7s: DER of the CMS SignedData. */
    public byte[] signature() {
        return get(Entries.SIGNATURE).clone();
    }

    /** The same receipt with another form of its signature. */
    public ReceiptParts withSignature(byte[] signature) {
        return with(Entries.SIGNATURE, signature);
    }

    /** The archive time-stamps that are there, the oldest first. */
    public List<ArchiveStamp> archives() {
        List<ArchiveStamp> archives = new ArrayList<>();
        for (int number = 1; entries.containsKey(Entries.archiveManifest(number)); number++) {
            archives.add(new ArchiveStamp(
                    number,
                    get(Entries.archiveManifest(number)),
                    archiveManifest(number),
                    get(Entries.archiveToken(number))));
        }
        return archives;
    }

    /** META-INF/ASiCArchiveManifestNNN.xml as it must be for the next archive time-stamp. */
    public byte[] nextArchiveManifest() {
        return archiveManifest(archives().size() + 1);
    }

    private byte[] archiveManifest(int number) {
        return AsicManifest.archive(number, entries);
    }

    /** The same receipt with one more archive time-stamp: a token, in DER, over {@link #nextArchiveManifest()}. */
    public ReceiptParts withArchive(byte[] token) {
        int number = archives().size() + 1;
        return with(Entries.archiveManifest(number), archiveManifest(number)).with(Entries.archiveToken(number), token);
    }

    /** The same receipt with another form of the newest archive time-stamp's token. */
    public ReceiptParts withNewestArchiveToken(byte[] token) {
        return with(Entries.archiveToken(archives().size()), token);
    }

    /** The container's bytes. */
    public byte[] container() {
        return StrictZip.write(entries);
    }

    /** An inclusion proof is put in, or replaced; no archive time-stamp covers it. */
    ReceiptParts withProof(String tlogProof) {
        return with(Entries.PROOF, tlogProof.getBytes(StandardCharsets.UTF_8));
    }

    private ReceiptParts with(String name, byte[] content) {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        changed.put(name, content.clone());
        return new ReceiptParts(changed);
    }

    private byte[] get(String name) {
        return java.util.Objects.requireNonNull(entries.get(name));
    }
}
