package org.embassage.verifier;

import java.util.List;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.Finding;
import org.embassage.evidence.verify.JudgedReceipt;
import org.embassage.evidence.verify.VerificationReport;

/** The report for programs: one object, schema {@link VerifyCommand#JSON_SCHEMA}. */
final class JsonReport {

    private JsonReport() {}

    static String of(Examination examined) {
        return of(examined, new JsonWriter());
    }

    /** The same in one line. */
    static String line(Examination examined) {
        return of(examined, JsonWriter.ofLines());
    }

    private static String of(Examination examined, JsonWriter json) {
        VerificationReport report = examined.report();
        json.object(() -> {
            json.member("schema", VerifyCommand.JSON_SCHEMA);
            json.member("verdict", report.verdict().words());
            json.member("indication", report.indication().name());
            json.member("exitCode", report.verdict().exitCode());
            json.member("sentence", report.sentence());
            json.member("meaning", Explanation.meaning(report));
            json.member("advice", Explanation.advice(report));
            json.member("file", examined.name());
            json.member("bytes", examined.bytes());
            json.member("sha256", examined.sha256().hex());
            examined.record().ifPresent(record -> json.member("record", record.hex()));
            json.member("examined", examined.examined().toString());
            json.member("at", report.at().toString());
            json.member("subject", report.subject());
            json.member("facts", report.facts());
            json.array("receipts", report.receipts(), receipt -> receipt(json, receipt));
            json.array("checks", report.checks(), result -> check(json, result));
            examined.dispute().ifPresent(dispute -> json.object("dispute", () -> dispute(json, dispute)));
            report.period().ifPresent(period -> json.member("period", () -> JsonPeriod.write(json, period)));
            json.member("anchors", report.anchors());
            json.member("policy", examined.letGo());
            json.member("witnesses", examined.policy().witnesses());
            json.member("limits", Limits.of(report));
            json.member("again", examined.again());
        });
        return json.text();
    }

    private static void dispute(JsonWriter json, DisputeReport dispute) {
        dispute.exchange().ifPresent(exchange -> json.member("exchange", exchange.toString()));
        json.array(
                "sides",
                dispute.sides(),
                side -> json.object(() -> {
                    json.member("gateway", side.gateway().toString());
                    json.member("sha256", side.bundle().hex());
                    side.report()
                            .index()
                            .ifPresent(index ->
                                    json.member("exported", index.exported().toString()));
                    verdict(json, side.report());
                }));
        json.object("together", () -> verdict(json, dispute.together()));
        json.array(
                "receipts",
                dispute.receipts(),
                line -> json.object(() -> {
                    json.member("id", line.id().toString());
                    line.evidence().ifPresent(evidence -> {
                        json.member("event", evidence.event().etsiName());
                        json.member("issuer", evidence.issuer().toString());
                        json.member("time", evidence.time().toString());
                    });
                    json.member("standing", line.word());
                    json.member("expected", line.expected());
                    json.member("words", line.words());
                }));
        json.member("ledgers", dispute.ledgers());
    }

    private static void verdict(JsonWriter json, VerificationReport report) {
        json.member("verdict", report.verdict().words());
        json.member("indication", report.indication().name());
        json.member("sentence", report.sentence());
    }

    private static void receipt(JsonWriter json, JudgedReceipt receipt) {
        json.object(() -> {
            json.member("id", receipt.evidence().id().toString());
            json.member("event", receipt.evidence().event().etsiName());
            json.member("issuer", receipt.evidence().issuer().toString());
            json.member("time", receipt.evidence().time().toString());
            json.member("path", receipt.path());
            json.member("sha256", receipt.file().hex());
            json.member("manifest", receipt.manifest().hex());
            json.member("signature", receipt.signature().hex());
            json.member("signer", receipt.signer());
            receipt.proven().ifPresent(proven -> {
                json.member("existedBy", proven.time().toString());
                json.member("provenBy", proven.by());
            });
        });
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
        return problem(exitCode, sentence, List.of(), new JsonWriter());
    }

    /** One file of many that could not be judged, in one line. */
    static String problemLine(int exitCode, String sentence, String file) {
        return problem(exitCode, sentence, List.of(file), JsonWriter.ofLines());
    }

    private static String problem(int exitCode, String sentence, List<String> file, JsonWriter json) {
        json.object(() -> {
            json.member("schema", VerifyCommand.JSON_SCHEMA);
            json.member("verdict", "NONE");
            json.member("exitCode", exitCode);
            json.member("sentence", sentence);
            file.forEach(name -> json.member("file", name));
            json.member("checks", List.<String>of());
        });
        return json.text();
    }

    /** The last line about many files. */
    static String summary(Tally tally) {
        JsonWriter json = JsonWriter.ofLines();
        json.object(() -> {
            json.member("schema", VerifyCommand.ARCHIVE_SCHEMA);
            json.member("verdict", tally.verdict());
            json.member("exitCode", tally.exitCode());
            json.member("sentence", tally.sentence());
            json.member("files", tally.files());
            json.member("receipts", tally.receipts());
            json.member("notJudged", tally.notJudged());
            json.member("leftAside", tally.leftAside());
            json.object("misbehaviour", () -> {
                json.member("proven", tally.proven());
                json.member("notProven", tally.notProven());
                json.array(
                        "accused",
                        tally.accused(),
                        accused -> json.object(() -> {
                            json.member("ledger", accused.ledger());
                            json.member("reliedOnBy", accused.files());
                            json.member("first", accused.first());
                        }));
            });
            json.array(
                    "results",
                    tally.rows(),
                    row -> json.object(() -> {
                        json.member("verdict", row.verdict().words());
                        json.member("indication", row.indication().name());
                        json.member("files", row.files());
                        json.member("first", row.first());
                    }));
            json.array("exports", tally.exports(), export -> JsonPeriod.write(json, export));
        });
        return json.text();
    }
}
