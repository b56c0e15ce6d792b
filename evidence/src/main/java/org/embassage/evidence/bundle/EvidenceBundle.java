package org.embassage.evidence.bundle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.zip.StrictZip;

/**
 * An evidence bundle: one strict ZIP that holds all that is needed to judge one or more exchanges, and an index of its
 * files. Written by {@link BundleWriter}; judged by the EvidenceVerifier. Reading alone proves nothing.
 */
public final class EvidenceBundle {

    /** The largest bundle, packed and unpacked. */
    public static final int MAX_BYTES = 256 * 1024 * 1024;

    private final Map<String, byte[]> entries;

    private EvidenceBundle(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /** @return nothing if the bytes are not a strict ZIP whose first entry is the index */
    public static Optional<EvidenceBundle> read(byte[] zip) {
        return StrictZip.read(zip, MAX_BYTES)
                .filter(entries -> entries.keySet().iterator().next().equals(BundlePath.INDEX))
                .map(EvidenceBundle::new);
    }

    /** The index, if the one in the bundle is well-formed. Whether it fits the files is said by nobody yet. */
    public Optional<BundleIndex> index() {
        return BundleIndex.parse(entries.getOrDefault(BundlePath.INDEX, new byte[0]));
    }

    /** All files by path; read only. */
    public SortedMap<String, byte[]> files() {
        return new TreeMap<>(entries);
    }

    static byte[] write(BundleIndex index, Optional<byte[]> indexSignature, SortedMap<String, byte[]> files) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(BundlePath.INDEX, index.octets());
        indexSignature.ifPresent(signature -> entries.put(BundlePath.INDEX_SIGNATURE, signature));
        entries.putAll(files);
        return StrictZip.write(entries);
    }

    static SortedMap<String, Digest> digests(SortedMap<String, byte[]> files) {
        SortedMap<String, Digest> digests = new TreeMap<>();
        files.forEach((path, content) -> digests.put(path, Digest.sha256(content)));
        return digests;
    }
}
