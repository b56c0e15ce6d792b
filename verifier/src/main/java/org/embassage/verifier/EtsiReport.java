package org.embassage.verifier;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.Digest;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.Finding;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.JudgedReceipt;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.VerificationReport;

/**
 * The report as XML, modelled on ETSI TS 119 102-2 V1.4.1: one SignatureValidationReport for each whole receipt, or one for
 * the file if it holds none. A receipt is judged together with the file that it came in, so each has the status of the
 * whole: none is passed in a file that is not. The checks are its constraints, as {@code urn:embassage:check:<name>}.
 */
final class EtsiReport {

    private static final String MAIN = "urn:etsi:019102:mainindication:";
    private static final String SUB = "urn:etsi:019102:subindication:";
    private static final String OWN_SUB = "urn:embassage:subindication:";
    private static final Set<Indication> OWN = Set.of(Indication.CONTRADICTION, Indication.LEDGER_FAILURE);

    private final Examination examined;
    private final VerificationReport report;
    private final Map<Digest, String> certificates = new LinkedHashMap<>();
    private final Xml xml = new Xml();

    private EtsiReport(Examination examined) {
        this.examined = examined;
        this.report = examined.report();
    }

    static String of(Examination examined) {
        return new EtsiReport(examined).write();
    }

    private String write() {
        xml.open(
                "ValidationReport",
                "xmlns",
                "http://uri.etsi.org/19102/v1.4.1#",
                "xmlns:ds",
                "http://www.w3.org/2000/09/xmldsig#",
                "xmlns:XAdES",
                "http://uri.etsi.org/01903/v1.3.2#");
        if (report.receipts().isEmpty()) {
            signature(Optional.empty());
        }
        report.receipts().forEach(receipt -> signature(Optional.of(receipt)));
        if (!certificates.isEmpty()) {
            xml.open("SignatureValidationObjects");
            certificates.forEach((digest, id) -> {
                xml.open("ValidationObject", "id", id);
                xml.text("ObjectType", "urn:etsi:019102:validationObject:certificate");
                xml.open("ValidationObjectRepresentation");
                digest(digest);
                xml.close().close();
            });
            xml.close();
        }
        xml.close();
        return xml.document();
    }

    private void signature(Optional<JudgedReceipt> receipt) {
        xml.open("SignatureValidationReport");
        xml.open("SignatureIdentifier");
        digest(receipt.map(JudgedReceipt::signature).orElse(examined.sha256()));
        xml.text("HashOnly", "false").text("DocHashOnly", "false");
        xml.text("DAIdentifier", receipt.map(r -> r.evidence().id().toString()).orElse("none"));
        xml.close();
        constraints();
        time(receipt);
        receipt.ifPresent(this::signedBy);
        xml.open("SignatureValidationStatus");
        xml.text(
                "MainIndication",
                MAIN
                        + switch (report.verdict()) {
                            case TOTAL_PASSED -> "total-passed";
                            case INDETERMINATE -> "indeterminate";
                            case TOTAL_FAILED -> "total-failed";
                        });
        subIndication(report.indication());
        xml.close();
        xml.text("OtherInformation", Plain.text(report.sentence()));
        xml.close();
    }

    private void constraints() {
        xml.open("ValidationConstraintsEvaluationReport");
        xml.open("SignatureValidationPolicy").open("SignaturePolicyIdentifier");
        xml.empty("XAdES:SignaturePolicyImplied").close();
        xml.text("PolicyName", examined.policySentence()).close();
        report.checks().forEach(this::constraint);
        xml.close();
    }

    private void constraint(CheckResult result) {
        boolean letGo = result.status() == Status.NOT_CHECKED && result.optional();
        String status = !result.calledFor() ? "disabled" : letGo ? "overridden" : "applied";
        xml.open("ValidationConstraint");
        xml.text(
                "ValidationConstraintIdentifier",
                "urn:embassage:check:" + result.check().id());
        xml.open("ConstraintStatus").text("Status", "urn:etsi:019102:constraintStatus:" + status);
        if (status.equals("overridden")) {
            xml.text("OverriddenBy", "urn:embassage:policy:v1");
        }
        xml.close();
        if (status.equals("applied")) {
            xml.open("ValidationStatus");
            xml.text(
                    "MainIndication",
                    MAIN
                            + switch (result.status()) {
                                case PASS -> "passed";
                                case NOT_CHECKED -> "indeterminate";
                                case FAIL -> "failed";
                            });
            subIndication(result.findings().stream()
                    .filter(finding -> finding.status() == result.status())
                    .map(Finding::indication)
                    .findFirst()
                    .orElse(Indication.NONE));
            xml.close();
        }
        xml.text("Indications", Plain.text(result.sentence()));
        xml.close();
    }

    private void time(Optional<JudgedReceipt> receipt) {
        xml.open("ValidationTimeInfo").text("ValidationTime", report.at().toString());
        xml.open("BestSignatureTime");
        xml.text(
                "POETime",
                receipt.flatMap(JudgedReceipt::proven)
                        .map(proven -> proven.time())
                        .orElse(report.at())
                        .toString());
        xml.text("TypeOfProof", "urn:etsi:019102:poetype:validation");
        xml.close().close();
    }

    private void signedBy(JudgedReceipt receipt) {
        xml.open("SignersDocument");
        digest(receipt.manifest());
        xml.close();
        String id = certificates.computeIfAbsent(
                receipt.evidence().issuerCertificate(), digest -> "certificate-" + digest.hex());
        xml.open("SignerInformation");
        xml.empty("SignerCertificate", "VOReference", id);
        xml.text("Signer", Plain.text(receipt.signer()));
        xml.close();
    }

    private void digest(Digest digest) {
        xml.open("DigestAlgAndValue");
        xml.empty("ds:DigestMethod", "Algorithm", "http://www.w3.org/2001/04/xmlenc#sha256");
        xml.text("ds:DigestValue", Base64.getEncoder().encodeToString(digest.bytes()));
        xml.close();
    }

    private void subIndication(Indication why) {
        if (why != Indication.NONE) {
            xml.text("SubIndication", (OWN.contains(why) ? OWN_SUB : SUB) + why);
        }
    }
}
