package org.embassage.evidence.receipt;

import java.util.Arrays;
import org.embassage.evidence.Digest;

/** An archive time-stamp of a receipt (EN 319 162-1 §4.4.3, ASiCArchiveManifest), its token unchecked. */
public final class ArchiveStamp {

    private final int number;
    private final byte[] manifest;
    private final byte[] expected;
    private final byte[] token;

    ArchiveStamp(int number, byte[] manifest, byte[] expected, byte[] token) {
        this.number = number;
        this.manifest = manifest.clone();
        this.expected = expected.clone();
        this.token = token.clone();
    }

    /** From 1. */
    public int number() {
        return number;
    }

    /**
     * Whether the manifest has the digests of all that it must cover: what is signed, the signature, and all archive
     * time-stamps before it.
     */
    public boolean coversAll() {
        return Arrays.equals(manifest, expected);
    }

    /** SHA-256 of the manifest: what the token must be over. */
    public Digest digest() {
        return Digest.sha256(manifest);
    }

    /** META-INF/timestampNNN.tst. */
    public byte[] token() {
        return token.clone();
    }
}
