package org.embassage.gateway.timestamp;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stampbook.Status;
import org.embassage.exchange.journal.Stampbook.StatusKind;

/** The certificates and revocation lists that the store keeps, and which of them tell about a certificate. Immutable. */
final class KeptStatuses {

    private final List<X509Certificate> authorities;
    private final List<X509CRL> lists;

    KeptStatuses(Stampbook stampbook) {
        this.authorities = stampbook.statuses(StatusKind.CERTIFICATE).stream()
                .map(Status::octets)
                .flatMap(octets -> ParsedCertificates.parse(octets.octets()).stream())
                .toList();
        this.lists = stampbook.statuses(StatusKind.CRL).stream()
                .map(Status::octets)
                .flatMap(octets -> ParsedCertificates.parseList(octets.octets()).stream())
                .sorted(Comparator.comparing(X509CRL::getThisUpdate))
                .toList();
    }

    /** The newest list of each authority. */
    List<X509CRL> newest() {
        return of(authorities, Instant.MAX);
    }

    /** The authorities above the certificates, up to those that issued themselves. */
    Set<X509Certificate> above(Collection<X509Certificate> certificates) {
        Set<X509Certificate> above = new LinkedHashSet<>();
        List<X509Certificate> next = new ArrayList<>(certificates);
        while (!next.isEmpty()) {
            X509Certificate one = next.remove(next.size() - 1);
            for (X509Certificate authority : authorities) {
                if (issued(authority, one) && above.add(authority)) {
                    next.add(authority);
                }
            }
        }
        return above;
    }

    /**
     * For each authority its first list from that time on, which tells what was known then and was not when the time-stamp
     * was made; or the newest, as long as there is none.
     */
    List<X509CRL> of(Collection<X509Certificate> issuers, Instant at) {
        return issuers.stream()
                .flatMap(issuer -> list(issuer, at).stream())
                .distinct()
                .toList();
    }

    private Optional<X509CRL> list(X509Certificate issuer, Instant at) {
        List<X509CRL> by = lists.stream().filter(list -> signed(issuer, list)).toList();
        Optional<X509CRL> after = by.stream()
                .filter(list -> !list.getThisUpdate().toInstant().isBefore(at))
                .findFirst();
        return after.isPresent() || by.isEmpty() ? after : Optional.of(by.get(by.size() - 1));
    }

    private static boolean issued(X509Certificate authority, X509Certificate subject) {
        if (!authority.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
            return false;
        }
        try {
            subject.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static boolean signed(X509Certificate authority, X509CRL list) {
        if (!authority.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }
}
