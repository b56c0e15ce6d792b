package org.embassage.gateway.timestamp;

import java.nio.file.Path;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.keep.StatusSource;
import org.embassage.sealing.timestamp.WatchedFolder;

/** What lies in the trust folder and in its folder {@code time-stamping} at the moment. Thread-safe. */
public final class TrustStatuses implements StatusSource {

    private final List<WatchedFolder> folders;

    public TrustStatuses(Path trust, Path timeStamping) {
        this.folders = List.of(new WatchedFolder(trust), new WatchedFolder(timeStamping));
    }

    @Override
    public List<Published> certificates() {
        return folders.stream()
                .flatMap(folder -> folder.authorities().stream())
                .flatMap(TrustStatuses::encoded)
                .toList();
    }

    @Override
    public List<Published> revocationLists() {
        return folders.stream()
                .flatMap(folder -> folder.revocationLists().stream())
                .flatMap(TrustStatuses::encoded)
                .toList();
    }

    private static Stream<Published> encoded(X509Certificate certificate) {
        try {
            return Stream.of(new Published(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was just read", e);
        }
    }

    private static Stream<Published> encoded(X509CRL list) {
        try {
            return Stream.of(new Published(list.getEncoded()));
        } catch (CRLException e) {
            throw new IllegalStateException("a list that was just read", e);
        }
    }
}
