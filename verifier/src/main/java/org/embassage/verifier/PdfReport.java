package org.embassage.verifier;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.Finding;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.JudgedPeriod;
import org.embassage.evidence.verify.JudgedReceipt;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.verifier.paper.Attachment;
import org.embassage.verifier.paper.Paper;
import org.embassage.verifier.paper.Style;

/**
 * The report on paper, for a court or an oversight body: a PDF/A document with the examined file inside. It is a view; the
 * evidence is the file. The same examination gives the same octets.
 */
final class PdfReport {

    /** A larger file is not put into the document. */
    static final int MOST_ATTACHED = 64 * 1024 * 1024;
    /** Of so many receipts the document says all; of the others it says how many there are. */
    static final int MOST_RECEIPTS = 400;

    private static final int MOST_FINDINGS = 30;

    private final Examination examined;
    private final VerificationReport report;
    private final Paper paper;
    private int section;
    private int trustSection;

    private PdfReport(Examination examined, Paper paper) {
        this.examined = examined;
        this.report = examined.report();
        this.paper = paper;
    }

    /** @param content the examined file */
    static void write(Examination examined, Content content, OutputStream out) throws IOException {
        try (Paper paper = new Paper(Plain::text)) {
            PdfReport pdf = new PdfReport(examined, paper);
            boolean attached = examined.bytes() <= MOST_ATTACHED;
            pdf.compose(attached);
            if (attached) {
                pdf.attach(content);
            }
            paper.write(
                    out,
                    "Verification report: " + examined.report().verdict().words(),
                    "embassage-verify " + VerifyCommand.RELEASE,
                    examined.examined(),
                    "Verification report  \u2013  " + examined.verdict() + "  \u2013  examined "
                            + PdfTexts.time(examined.examined()),
                    "SHA-256 of the examined file: " + examined.sha256().hex(),
                    Long.parseUnsignedLong(examined.sha256().hex().substring(0, 16), 16));
        }
    }

    private void attach(Content content) {
        paper.attach(new Attachment(
                plainName(),
                examined.isReceipt() ? "application/vnd.etsi.asic-e+zip" : "application/zip",
                Attachment.Relationship.SOURCE,
                "The file that was examined",
                content.octets()));
        content.record()
                .ifPresent(record -> paper.attach(new Attachment(
                        plainName() + ".ers",
                        "application/octet-stream",
                        Attachment.Relationship.SUPPLEMENT,
                        "The evidence record that lay beside it (RFC 4998)",
                        record)));
    }

    private void compose(boolean attached) {
        paper.heading(1, "Verification report");
        paper.box(examined.verdict(), report.sentence());
        paper.paragraph("What this verdict means: " + Explanation.verdict(report.verdict()) + ".", Style.BODY);
        if (report.indication() != Indication.NONE) {
            paper.paragraph(report.indication() + " means: " + Explanation.meaning(report) + ".", Style.BODY);
        }
        paper.paragraph("What to do: " + Explanation.advice(report) + ".", Style.BODY);
        examinedFile(attached);
        examined.dispute().ifPresent(this::dispute);
        new PdfFacts(report, paper, this::title).write();
        receipts();
        checks();
        trust();
        report.period().ifPresent(this::period);
        title("What this does not prove");
        paper.paragraph("No verdict of this report proves", Style.BODY);
        paper.list(Limits.of(report));
        method();
        again(attached);
        glossary();
    }

    private void title(String text) {
        section++;
        paper.heading(2, section + ". " + text);
    }

    private void examinedFile(boolean attached) {
        title("What was examined");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("File", lastName() + ", " + examined.bytes() + " bytes"));
        rows.add(List.of("SHA-256 of the file", examined.sha256().hex()));
        examined.record()
                .ifPresent(record -> rows.add(List.of("Evidence record beside it", "SHA-256 " + record.hex())));
        rows.add(List.of("It is", report.subject()));
        report.index()
                .ifPresent(index -> rows.add(List.of(
                        "It says of itself",
                        "exported by " + index.exporter() + " at " + PdfTexts.time(index.exported()) + " in answer to: "
                                + index.asked())));
        rows.add(List.of("Examined", PdfTexts.time(examined.examined()) + ", by the clock of the examiner's computer"));
        rows.add(List.of("Certificates judged as of", PdfTexts.time(report.at())));
        rows.add(List.of("Program", VerifyCommand.VERSION));
        rows.add(List.of(
                "In this document",
                attached
                        ? "the examined file itself is attached, named " + plainName()
                        : "the examined file is too large to be attached"));
        paper.table(List.of(), List.of(25, 75), rows);
        paper.blanks(List.of("Case reference", "Examined by", "Place, date, signature"));
    }

    private void dispute(DisputeReport dispute) {
        title("What each side brings");
        paper.paragraph(
                "The file holds the bundles of two gateways as they exported them. Each receipt of the one was laid beside"
                        + " that of the other. A receipt can be signed by nobody but the gateway that it names.",
                Style.BODY);
        List<List<String>> rows = new ArrayList<>();
        for (DisputeReport.Line line :
                dispute.receipts().stream().limit(MOST_RECEIPTS).toList()) {
            rows.add(List.of(
                    line.word(),
                    DisputeText.receipt(line)
                            + line.words().stream()
                                    .map(words -> "\n\u2013 " + words)
                                    .collect(Collectors.joining())));
        }
        paper.table(
                List.of("Where it is", "Receipt, and what the two bundles show of it"),
                List.of(22, 78),
                rows,
                text -> text.equals("conflicting"));
        if (dispute.receipts().size() > MOST_RECEIPTS) {
            paper.paragraph(
                    "There are " + (dispute.receipts().size() - MOST_RECEIPTS)
                            + " more receipts; the report as JSON names them.",
                    Style.STRONG);
        }
        paper.paragraph("The ledgers of both:", Style.BODY);
        paper.list(dispute.ledgers());
        paper.table(List.of("Bundle", "Judged by itself"), List.of(25, 75), DisputeText.verdicts(dispute));
    }

    private void receipts() {
        title("The evidence: each receipt and its digests");
        if (report.receipts().isEmpty()) {
            paper.paragraph("The file holds no receipt that is whole.", Style.BODY);
            return;
        }
        paper.paragraph(
                "A receipt is known by three things: its id, the SHA-256 of its manifest, and the SHA-256 of its"
                        + " signature value. The digest of the file is that of the receipt's container as it was"
                        + " examined; proofs and time-stamps may be added to the container later.",
                Style.BODY);
        List<List<String>> rows = new ArrayList<>();
        for (JudgedReceipt receipt :
                report.receipts().stream().limit(MOST_RECEIPTS).toList()) {
            rows.add(List.of(
                    receipt.evidence().event().etsiName() + "\nby "
                            + receipt.evidence().issuer(),
                    "id " + receipt.evidence().id() + "\nmanifest "
                            + receipt.manifest().hex() + "\nsignature "
                            + receipt.signature().hex() + "\nfile "
                            + receipt.file().hex() + "\nsigned by "
                            + receipt.signer()
                            + receipt.proven()
                                    .map(proven -> "\nexisted by " + PdfTexts.time(proven.time()) + ", proven by "
                                            + proven.by())
                                    .orElse("")));
        }
        paper.table(List.of("Receipt", "Known by"), List.of(24, 76), rows);
        PdfFacts.more(report, paper);
    }

    private void checks() {
        title("The checks");
        paper.paragraph(
                "PASS: it holds. FAIL: it does not. NOT CHECKED: it could not be checked; that is let go only where the"
                        + " examiner's policy says so.",
                Style.BODY);
        List<List<String>> rows = new ArrayList<>();
        for (CheckResult result : report.checks()) {
            if (result.calledFor()) {
                boolean letGo = result.status() == Status.NOT_CHECKED && result.optional();
                rows.add(List.of(
                        result.check().number() + " " + result.check().id(),
                        result.check().question(),
                        result.status().words() + (letGo ? ", let go" : ""),
                        found(result)));
            }
        }
        paper.table(
                List.of("Check", "It asks whether", "Result", "What was found"),
                List.of(17, 25, 15, 43),
                rows,
                text -> text.equals("FAIL"));
        if (examined.isReceipt()) {
            paper.paragraph("The other checks are about bundles; a single receipt does not call for them.", Style.BODY);
        }
    }

    private static String found(CheckResult result) {
        List<Finding> failed = result.findings().stream()
                .filter(finding -> finding.status() == Status.FAIL)
                .toList();
        if (result.status() == Status.PASS
                && result.sentence().startsWith(result.check().question())) {
            return "it holds"
                    + result.sentence().substring(result.check().question().length());
        }
        if (failed.size() < 2) {
            return result.sentence();
        }
        StringBuilder text = new StringBuilder(failed.size() + " failures:");
        failed.stream()
                .limit(MOST_FINDINGS)
                .forEach(finding -> text.append("\n\u2013 ").append(finding.sentence()));
        if (failed.size() > MOST_FINDINGS) {
            text.append("\n\u2013 and ").append(failed.size() - MOST_FINDINGS).append(" more");
        }
        return text.toString();
    }

    private void trust() {
        title("Whom the examiner trusted, and what was let go");
        trustSection = section;
        paper.paragraph(
                "These certificates of the countries' authorities were brought by the examiner, not by the file. All that is"
                        + " believed leads to one of them. Their fingerprints can be compared with the countries by telephone.",
                Style.BODY);
        List<List<String>> rows = new ArrayList<>();
        for (String anchor : report.anchors()) {
            int space = anchor.indexOf(' ');
            rows.add(List.of(anchor.substring(space + 1), anchor.substring(0, space)));
        }
        paper.table(List.of("Authority", "SHA-256 fingerprint"), List.of(34, 66), rows);
        paper.paragraph("Policy of the examiner: " + examined.policySentence() + ".", Style.BODY);
        if (examined.hasPolicy()) {
            paper.paragraph(
                    "As a file, each on a line of its own: " + String.join("; ", examined.policyLines()), Style.BODY);
        }
    }

    private void period(JudgedPeriod period) {
        title("What is stated to be complete");
        boolean holds = report.of(Check.PERIOD).status() == Status.PASS;
        paper.paragraph(
                holds
                        ? "The statement holds, as far as the verdict goes and within the limits below."
                        : "The statement does not hold, or cannot be judged: see check 24.",
                Style.STRONG);
        paper.table(List.of(), List.of(25, 75), PdfTexts.period(period));
    }

    private void method() {
        title("How it was examined, in plain words");
        PdfTexts.METHOD.forEach(paragraph -> paper.paragraph(paragraph, Style.BODY));
    }

    private void again(boolean attached) {
        title("To repeat it");
        paper.paragraph(
                "Whoever has the same file, the same certificates and the program comes to the same verdict, on any computer"
                        + " with Java, without network:",
                Style.BODY);
        List<String> steps = new ArrayList<>();
        if (attached) {
            steps.add(
                    "Take the attached file out of this document with a PDF reader, or: pdfdetach -saveall REPORT.pdf");
        }
        steps.add("Compare its digest with the foot of this page: sha256sum " + plainName());
        steps.add("Put the certificates of section " + trustSection + " into a folder, here anchors"
                + (!examined.hasPolicy() ? "" : ", and the policy into a file, here policy.txt"));
        steps.add("java -jar embassage-verify.jar " + plainName() + " --trust anchors"
                + (!examined.hasPolicy() ? "" : " --policy policy.txt") + " --at " + report.at());
        paper.list(steps);
        paper.paragraph(
                "The signatures can be verified with openssl alone, without this program; the auditor's guide says how.",
                Style.BODY);
    }

    private void glossary() {
        title("Words");
        paper.table(List.of(), List.of(25, 75), PdfTexts.WORDS);
    }

    private String lastName() {
        return Plain.text(examined.name().replaceFirst(".*[/\\\\]", ""));
    }

    /** The file's name, or another if it is not plain. */
    private String plainName() {
        String name = examined.name().replaceFirst(".*[/\\\\]", "");
        if (name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,80}")) {
            return name;
        }
        return examined.isReceipt() ? "receipt.asice" : "bundle.zip";
    }
}
