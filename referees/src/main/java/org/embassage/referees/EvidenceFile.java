package org.embassage.referees;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A receipt, or a bundle opened as the JDK's ZIP reader opens it: leniently, by its directory. What lies in a bundle
 * beside the receipts is only offered to the referee, as certificates and lists that it may need.
 *
 * @param receipts by their place
 */
record EvidenceFile(
        SortedMap<String, byte[]> receipts, List<X509Certificate> certificates, List<byte[]> revocationLists) {

    private static final int LARGEST_ENTRY = 1 << 22;

    /** @throws IOException if it is no ZIP for that reader */
    static EvidenceFile read(Path file) throws IOException {
        EvidenceFile found = new EvidenceFile(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        if (!file.toString().endsWith(".zip")) {
            found.receipts.put(file.getFileName().toString(), Files.readAllBytes(file));
            return found;
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                found.take(entry.getName(), zip.getInputStream(entry).readNBytes(LARGEST_ENTRY));
            }
        }
        return found;
    }

    private void take(String name, byte[] content) {
        try {
            if (name.startsWith("receipts/")) {
                receipts.put(name, content);
            } else if (name.startsWith("certificates/")) {
                certificates.addAll(Trust.certificates(content));
            } else if (name.startsWith("crls/")) {
                revocationLists.add(Trust.revocationList(content));
            }
        } catch (GeneralSecurityException damaged) {
            // Then the referee must do without it.
        }
    }
}
