package org.embassage.verifier;

import java.util.List;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.Finding;
import org.embassage.evidence.verify.VerificationReport;

/** The report for programs: one object, schema {@link VerifyCommand#JSON_SCHEMA}. */
final class JsonReport {

    private JsonReport() {}

    static String of(VerificationReport report) {
        JsonWriter json = new JsonWriter();
        json.object(() -> {
            json.member("schema", VerifyCommand.JSON_SCHEMA);
            json.member("verdict", report.verdict().words());
            json.member("indication", report.indication().name());
            json.member("exitCode", report.verdict().exitCode());
            json.member("sentence", report.sentence());
            json.member("at", report.at().toString());
            json.member("subject", report.subject());
            json.member("facts", report.facts());
            json.array("checks", report.checks(), result -> check(json, result));
            json.member("anchors", report.anchors());
            json.member("limits", Limits.SENTENCES);
        });
        return json.text();
    }

    private static void check(JsonWriter json, CheckResult result) {
        json.object(() -> {
            json.member("number", result.check().number());
            json.member("name", result.check().id());
            json.member("question", result.check().question());
            json.member("status", result.status().words());
            json.member("optional", result.optional());
            json.member("sentence", result.sentence());
            json.array("findings", result.findings(), finding -> finding(json, finding));
        });
    }

    private static void finding(JsonWriter json, Finding finding) {
        json.object(() -> {
            json.member("status", finding.status().words());
            json.member("indication", finding.indication().name());
            json.member("subject", finding.subject());
            json.member("sentence", finding.sentence());
        });
    }

    /** There is no verdict, because nothing was verified. */
    static String problem(int exitCode, String sentence) {
        JsonWriter json = new JsonWriter();
        json.object(() -> {
            json.member("schema", VerifyCommand.JSON_SCHEMA);
            json.member("verdict", "NONE");
            json.member("exitCode", exitCode);
            json.member("sentence", sentence);
            json.member("checks", List.<String>of());
        });
        return json.text();
    }
}
