package org.embassage.sealing.timestamp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.TrustFolder;

/**
 * CA certificates and revocation lists in one folder, read anew when a file changed, so that a fresh list takes effect
 * without a restart. A folder that is not there, or that has a file which cannot be read, counts as empty until that is
 * mended. Thread-safe.
 */
public final class WatchedFolder {

    private static final TrustAnchors NOTHING = TrustAnchors.of(List.of());

    private final Path folder;
    private Map<String, String> seen = Map.of();
    private TrustAnchors read = NOTHING;
    private TrustAnchors judged = NOTHING;
    private List<X509Certificate> through = List.of();
    private Optional<CertificateJudge> judge = Optional.empty();

    /** @param folder with {@code *.pem} and {@code *.crl}; folders in it are not looked at */
    public WatchedFolder(Path folder) {
        this.folder = folder;
    }

    /** A judge by what is in the folder now. @param intermediates further CA certificates that a path may go through */
    public CertificateJudge judge(List<X509Certificate> intermediates) {
        return judge(current(), intermediates);
    }

    /** The same one as long as nothing changes: it remembers what it judged. */
    private synchronized CertificateJudge judge(TrustAnchors trust, List<X509Certificate> intermediates) {
        if (judge.isEmpty() || judged != trust || !through.equals(intermediates)) {
            List<X509Certificate> authorities = trust.anchors().stream()
                    .map(TrustAnchors.Anchor::certificate)
                    .toList();
            judge = Optional.of(new CertificateJudge(authorities, intermediates, trust.crls()));
            judged = trust;
            through = intermediates;
        }
        return judge.get();
    }

    /** The CA certificates that are in the folder now. */
    public List<X509Certificate> authorities() {
        return current().anchors().stream()
                .map(TrustAnchors.Anchor::certificate)
                .toList();
    }

    /** The revocation lists that are in the folder now. */
    public List<X509CRL> revocationLists() {
        return current().crls();
    }

    private synchronized TrustAnchors current() {
        Map<String, String> present = files();
        if (!present.equals(seen)) {
            TrustFolder.Outcome outcome = TrustFolder.read(folder);
            read = outcome.fold(TrustFolder.Outcome.Read::trust, bad -> NOTHING);
            seen = outcome instanceof TrustFolder.Outcome.Read ? present : Map.of();
        }
        return read;
    }

    /** Each file's name with its size and time of change. */
    private Map<String, String> files() {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> listed = Files.list(folder)) {
            for (Path file : listed.toList()) {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                files.put(String.valueOf(file.getFileName()), now.size() + " " + now.lastModifiedTime());
            }
            return files;
        } catch (IOException unreadable) {
            return Map.of();
        }
    }
}
