package org.embassage.evidence.receipt;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names of the entries in a receipt's container (EN 319 162-1 §4.4, ASiC-E). */
final class Entries {

    static final String MIMETYPE = "mimetype";
    static final String MIMETYPE_CONTENT = "application/vnd.etsi.asic-e+zip";
    static final String EVIDENCE = "evidence.xml";
    static final String OWN_CHECKPOINT = "checkpoints/own.txt";
    static final String PEER_CHECKPOINT = "checkpoints/peer.txt";
    static final String MANIFEST = "META-INF/ASiCManifest001.xml";
    static final String SIGNATURE = "META-INF/signature001.p7s";
    static final String PROOF = "META-INF/receipt.tlog-proof";

    /** What may be added later, outside the manifest. */
    static final Pattern ADDED_LATER = Pattern.compile(
            "META-INF/(receipt\\.tlog-proof|ASiCArchiveManifest[0-9]{3}\\.xml|timestamp[0-9]{3}\\.tst)");

    static boolean isArchive(String name) {
        return ADDED_LATER.matcher(name).matches() && !name.equals(PROOF);
    }

    static String archiveManifest(int number) {
        return String.format(Locale.ROOT, "META-INF/ASiCArchiveManifest%03d.xml", number);
    }

    static String archiveToken(int number) {
        return String.format(Locale.ROOT, "META-INF/timestamp%03d.tst", number);
    }

    private Entries() {}
}
