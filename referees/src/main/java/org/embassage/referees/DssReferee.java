package org.embassage.referees;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.evidencerecord.asn1.validation.ASN1EvidenceRecordValidator;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.simplereport.jaxb.XmlTimestamp;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks EU DSS, with its default policy, about receipts (ASiC-E with CAdES) and evidence records. Nothing is fetched: no
 * AIA, no OCSP, no CRL but those given.
 */
final class DssReferee {

    private final CertificateVerifier verifier;
    private final Instant at;

    /**
     * @param trust what the auditor believes
     * @param known certificates that are believed only as steps to an anchor
     * @param lists further revocation lists, DER
     */
    DssReferee(Trust trust, List<X509Certificate> known, List<byte[]> lists, Instant at) {
        this.at = at;
        CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
        trust.anchors().forEach(anchor -> anchors.addCertificate(new CertificateToken(anchor)));
        CommonCertificateSource steps = new CommonCertificateSource();
        known.forEach(step -> steps.addCertificate(new CertificateToken(step)));
        CommonCertificateVerifier offline = new CommonCertificateVerifier();
        offline.setAIASource(null);
        offline.setOcspSource(null);
        offline.setTrustedCertSources(anchors);
        offline.setAdjunctCertSources(steps);
        offline.setCrlSource(new ExternalResourcesCRLSource(
                java.util.stream.Stream.concat(trust.revocationLists().stream(), lists.stream())
                        .map(ByteArrayInputStream::new)
                        .toArray(InputStream[]::new)));
        this.verifier = offline;
    }

    /** A container with its signature; the worst, if there are several. */
    Opinion receipt(String name, byte[] container) {
        try {
            SignedDocumentValidator validator =
                    SignedDocumentValidator.fromDocument(new InMemoryDocument(container, name));
            validator.setCertificateVerifier(verifier);
            validator.setValidationTime(Date.from(at));
            validator.setLocale(Locale.ENGLISH);
            validator.setEnableEtsiValidationReport(false);
            SimpleReport report = validator.validateDocument().getSimpleReport();
            return report.getSignatureIdList().stream()
                    .map(id -> opinion(report, id))
                    .max(Comparator.comparingInt(Opinion::weight))
                    .orElse(Opinion.unreadable("no signature"));
        } catch (RuntimeException | StackOverflowError refused) { // it falls over deeply nested octets
            return Opinion.unreadable(refused.getClass().getSimpleName());
        }
    }

    /** An evidence record (RFC 4998) of a file. */
    Opinion record(byte[] record, String name, byte[] file) {
        try {
            ASN1EvidenceRecordValidator validator =
                    new ASN1EvidenceRecordValidator(new InMemoryDocument(record, "ers"));
            validator.setDetachedContents(List.of(new InMemoryDocument(file, name)));
            validator.setCertificateVerifier(verifier);
            validator.setValidationTime(Date.from(at));
            validator.setLocale(Locale.ENGLISH);
            validator.setEnableEtsiValidationReport(false);
            SimpleReport report = validator.validateDocument().getSimpleReport();
            String id = report.getFirstEvidenceRecordId();
            List<String> messages = new ArrayList<>();
            messages(report, id, messages);
            report.getEvidenceRecordTimestamps(id).forEach(token -> messages(report, token.getId(), messages));
            return new Opinion(report.getIndication(id).name(), reason(report, id), "", messages);
        } catch (RuntimeException refused) {
            return Opinion.unreadable(refused.getClass().getSimpleName());
        }
    }

    private static Opinion opinion(SimpleReport report, String id) {
        Indication indication = report.getIndication(id);
        String level = Optional.ofNullable(report.getSignatureFormat(id))
                .map(SignatureLevel::toString)
                .orElse("");
        List<XmlTimestamp> tokens = report.getSignatureTimestamps(id);
        List<String> stamps = tokens.stream()
                .filter(token -> token.getIndication() != Indication.PASSED)
                .map(token -> "time-stamp " + token.getIndication() + " " + token.getSubIndication())
                .distinct()
                .sorted()
                .toList();
        List<String> messages = new ArrayList<>();
        messages(report, id, messages);
        tokens.forEach(token -> messages(report, token.getId(), messages));
        String all = stamps.isEmpty() ? level : level + ", " + String.join(", ", stamps);
        return new Opinion(indication.name(), reason(report, id), all, messages);
    }

    private static String reason(SimpleReport report, String id) {
        return Optional.ofNullable(report.getSubIndication(id))
                .map(SubIndication::name)
                .orElse("");
    }

    private static void messages(SimpleReport report, String id, List<String> into) {
        report.getAdESValidationErrors(id).forEach(message -> into.add("error: " + message.getValue()));
        report.getAdESValidationWarnings(id).forEach(message -> into.add("warning: " + message.getValue()));
    }
}
