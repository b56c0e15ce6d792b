package org.embassage.referees;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of what the auditor believes, with its sub-folder {@code time-stamping}: CA certificates ({@code *.pem})
 * and revocation lists ({@code *.crl}).
 */
record Trust(List<X509Certificate> anchors, List<byte[]> revocationLists) {

    Trust {
        anchors = List.copyOf(anchors);
        revocationLists = List.copyOf(revocationLists);
    }

    static Trust read(Path folder) {
        List<X509Certificate> anchors = new ArrayList<>();
        List<byte[]> lists = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                byte[] content = Files.readAllBytes(file);
                if (file.toString().endsWith(".pem")) {
                    anchors.addAll(certificates(content));
                } else if (file.toString().endsWith(".crl")) {
                    lists.add(revocationList(content));
                }
            }
            return new Trust(anchors, lists);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a file of the trust folder cannot be read", e);
        }
    }

    static List<X509Certificate> certificates(byte[] content) throws CertificateException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    /** @return DER */
    static byte[] revocationList(byte[] content) throws GeneralSecurityException {
        return ((X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(content)))
                .getEncoded();
    }
}
