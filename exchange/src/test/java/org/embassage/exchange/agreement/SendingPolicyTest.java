package org.embassage.exchange.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.exchange.agreement.PolicyFixture.BORDER_GUARD;
import static org.embassage.exchange.agreement.PolicyFixture.BORDER_POLICE;
import static org.embassage.exchange.agreement.PolicyFixture.IN_FORCE;
import static org.embassage.exchange.agreement.PolicyFixture.POLICE;
import static org.embassage.exchange.agreement.PolicyFixture.agreement;
import static org.embassage.exchange.agreement.PolicyFixture.book;
import static org.embassage.exchange.agreement.PolicyFixture.clause;
import static org.embassage.exchange.agreement.PolicyFixture.document;
import static org.embassage.exchange.agreement.PolicyFixture.field;
import static org.embassage.exchange.agreement.PolicyFixture.refusal;
import static org.embassage.exchange.agreement.PolicyFixture.send;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.PermittedDocument;
import org.embassage.exchange.document.ValidDocument;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.SharedSchema;
import org.junit.jupiter.api.Test;

class SendingPolicyTest {

    private static final String MASKED_R1 = "minors=\"REFUSE\"";

    private static PermittedDocument permitted(Verdict<PermittedDocument> verdict) {
        return verdict.fold(granted -> granted, refused -> {
            throw new AssertionError(refused.fault().toString());
        });
    }

    @Test
    void whatARulePermitsLeavesStrippedAndMaskedAndStaysValid() {
        PermittedDocument document = permitted(send(book(agreement()), document("document-alert"), POLICE));

        String text = new String(document.document(), StandardCharsets.UTF_8);
        assertThat(text)
                .doesNotContain("Kastrimova")
                .doesNotContain("2030-11-05")
                .contains("WITHHELD_BY_POLICY");
        assertThat(SharedSchema.validateDocument(document.document()).isValid()).isTrue();
        assertThat(document.terms().clause()).isEqualTo("R1");
        assertThat(document.terms().applied()).containsExactly("Strip:Holder", "Mask:TravelDocument/IssueDate");
    }

    @Test
    void appliedRulesAreNamedWhetherOrNotAValueWasThere() {
        ValidDocument without = document("vehicle-alert");
        Agreement agreement = agreement(
                "id=\"R1\" kind=\"DocumentAlert\"", "id=\"R1\" kind=\"VehicleAlert\"",
                "<Strip path=\"Holder\"/>", "<Strip path=\"Vehicle/EngineNumberID\"/>",
                "TravelDocument/IssueDate", "TheftDate",
                "TravelDocument/NumberText", "Vehicle/VINID");

        assertThat(permitted(send(book(agreement), without, POLICE)).terms().applied())
                .containsExactly("Strip:Vehicle/EngineNumberID", "Mask:TheftDate");
    }

    @Test
    void whatNoRuleSpeaksOfIsRefusedByDefault() {
        Verdict<PermittedDocument> verdict = send(book(agreement()), document("vehicle-alert"), POLICE);

        assertThat(refusal(verdict)).isEqualTo(FaultCode.KIND_NOT_AGREED);
        assertThat(clause(verdict)).isEqualTo("DEFAULT-DENY");
    }

    @Test
    void anAgencyThatIsNotNamedHasNoAgreement() {
        assertThat(refusal(send(book(agreement()), document("document-alert"), new GatewayId("QRL-CU"))))
                .isEqualTo(FaultCode.NO_AGREEMENT);
        assertThat(refusal(send(book(), document("document-alert"), POLICE))).isEqualTo(FaultCode.NO_AGREEMENT);
    }

    @Test
    void aReceiverThatIsNoSenderMaySendNothing() {
        Verdict<PermittedDocument> verdict = new AgreementPolicy(book(agreement()))
                .judgeSending(document("document-alert"), "ACTUAL", BORDER_POLICE, BORDER_GUARD, IN_FORCE);

        assertThat(refusal(verdict)).isEqualTo(FaultCode.NO_AGREEMENT);
    }

    @Test
    void aRuleForOneAgencyDoesNotServeItsSister() {
        assertThat(permitted(send(book(agreement(MASKED_R1, MASKED_R1)), person(), POLICE))
                        .terms()
                        .clause())
                .isEqualTo("R2");
        assertThat(refusal(send(book(agreement()), person(), BORDER_POLICE))).isEqualTo(FaultCode.DENIED);
    }

    private static ValidDocument person() {
        return document("person-alert");
    }

    @Test
    void anotherPurposeIsRefusedByTheRuleThatSpeaksOfIt() {
        Verdict<PermittedDocument> verdict =
                send(book(agreement()), document("document-alert", "BORDER_CONTROL", "PROSECUTE"), POLICE);

        assertThat(refusal(verdict)).isEqualTo(FaultCode.PURPOSE_NOT_AGREED);
        assertThat(clause(verdict)).isEqualTo("R1");
    }

    @Test
    void handlingBelowTheFloorOrOutsideTheListIsRefused() {
        Agreement floor = agreement("allowed=\"H0 H1 H2\" floor=\"H0\"", "allowed=\"H0 H1 H2 H3\" floor=\"H3\"");
        Agreement list = agreement("allowed=\"H0 H1 H2\" floor=\"H0\"", "allowed=\"H0 H1\" floor=\"H0\"");

        assertThat(refusal(send(book(floor), document("document-alert"), POLICE)))
                .isEqualTo(FaultCode.HANDLING_NOT_AGREED);
        assertThat(refusal(send(book(list), document("document-alert"), POLICE)))
                .isEqualTo(FaultCode.HANDLING_NOT_AGREED);
    }

    @Test
    void aWiderGrantThanTheClauseIsRefused() {
        assertThat(refusal(send(
                        book(agreement("<Onward code=\"WITH_CONSENT\"/>", "<Onward code=\"NONE\"/>")),
                        document("document-alert"),
                        POLICE)))
                .isEqualTo(FaultCode.ONWARD_NOT_AGREED);
        assertThat(refusal(send(
                        book(agreement("<EvidenceUse code=\"WITH_CONSENT\"/>", "<EvidenceUse code=\"NO\"/>")),
                        document("document-alert"),
                        POLICE)))
                .isEqualTo(FaultCode.EVIDENCE_USE_NOT_AGREED);
        assertThat(refusal(send(
                        book(agreement("<Retention days=\"1095\"/>", "<Retention days=\"10\"/>")),
                        document("document-alert"),
                        POLICE)))
                .isEqualTo(FaultCode.RETENTION_NOT_AGREED);
    }

    @Test
    void aSubjectOutsideTheListAndAMinorAreRefused() {
        assertThat(refusal(send(
                        book(agreement("allow=\"SUSPECT CONVICTED MISSING\"", "allow=\"MISSING\"")),
                        document("document-alert"),
                        POLICE)))
                .isEqualTo(FaultCode.SUBJECT_NOT_AGREED);
        assertThat(refusal(send(
                        book(agreement()),
                        document("document-alert", "<MinorIndicator>false", "<MinorIndicator>true"),
                        POLICE)))
                .isEqualTo(FaultCode.SUBJECT_NOT_AGREED);
    }

    @Test
    void whatAPersonMustReleaseStaysHere() {
        assertThat(refusal(send(
                        book(agreement("<Release mode=\"AUTO\"/>", "<Release mode=\"FOUR_EYES\"/>")),
                        document("document-alert"),
                        POLICE)))
                .isEqualTo(FaultCode.RELEASE_NEEDED);
    }

    private static Verdict<PermittedDocument> released(AgreementBook book, int persons) {
        return new AgreementPolicy(book)
                .judgeSending(document("document-alert"), "ACTUAL", BORDER_GUARD, POLICE, persons, IN_FORCE);
    }

    @Test
    void whatTwoPersonsMustReleaseGoesWhenTwoDid() {
        AgreementBook book = book(agreement("<Release mode=\"AUTO\"/>", "<Release mode=\"FOUR_EYES\"/>"));

        assertThat(refusal(released(book, 1))).isEqualTo(FaultCode.RELEASE_NEEDED);
        assertThat(released(book, 2)).isInstanceOf(Verdict.Permitted.class);
    }

    @Test
    void aRequiredElementWithoutValueIsRefusedByItsPath() {
        Agreement wants = agreement(
                "<Require path=\"TravelDocument/NumberText\"/>", "<Require path=\"TravelDocument/ExpiryDate\"/>");
        Verdict<PermittedDocument> verdict = send(book(wants), document("document-alert"), POLICE);

        assertThat(refusal(verdict)).isEqualTo(FaultCode.REQUIRED_FIELD_MISSING);
        assertThat(field(verdict)).isEqualTo("TravelDocument/ExpiryDate");
    }

    @Test
    void exercisesCrossOnlyWhereTheyAreAgreed() {
        Agreement none = agreement("<Exercise allowed=\"true\"/>", "<Exercise allowed=\"false\"/>");
        AgreementPolicy strict = new AgreementPolicy(book(none));
        AgreementPolicy open = new AgreementPolicy(book(agreement()));

        assertThat(refusal(strict.judgeSending(document("document-alert"), "EXERCISE", BORDER_GUARD, POLICE, IN_FORCE)))
                .isEqualTo(FaultCode.EXERCISE_NOT_AGREED);
        assertThat(permitted(open.judgeSending(document("document-alert"), "EXERCISE", BORDER_GUARD, POLICE, IN_FORCE))
                        .status())
                .isEqualTo("EXERCISE");
    }

    @Test
    void aDenyBeatsTheRuleThatPermits() {
        Agreement denies = agreement(
                "<Deny id=\"D1\" kind=\"*\" subjectCategory=\"INFORMANT_NEVER_SEND\"/>",
                "<Deny id=\"D1\" kind=\"DocumentAlert\" purpose=\"BORDER_CONTROL\"/>");
        Verdict<PermittedDocument> verdict = send(book(denies), document("document-alert"), POLICE);

        assertThat(refusal(verdict)).isEqualTo(FaultCode.DENIED);
        assertThat(clause(verdict)).isEqualTo("D1");
    }

    @Test
    void aDenyOfAPathDoesNotSpeakOfWhatTheRuleStrips() {
        String deny = "<Deny id=\"D1\" kind=\"*\" subjectCategory=\"INFORMANT_NEVER_SEND\"/>";
        Agreement stripped = agreement(deny, "<Deny id=\"D1\" path=\"Holder/Name\"/>");
        Agreement leaves = agreement(deny, "<Deny id=\"D1\" path=\"SerialRange\"/>");

        assertThat(permitted(send(book(stripped), document("document-alert"), POLICE))
                        .terms()
                        .clause())
                .isEqualTo("R1");
        assertThat(refusal(send(book(leaves), document("document-alert"), POLICE)))
                .isEqualTo(FaultCode.DENIED);
    }

    @Test
    void aDenyOfOneAgreementBeatsTheRuleOfAnother() {
        Agreement permits = agreement("id=\"QVL-QOS-2031-01\"", "id=\"QVL-QOS-2031-00\"");
        Agreement denies = agreement(
                "<Deny id=\"D1\" kind=\"*\" subjectCategory=\"INFORMANT_NEVER_SEND\"/>",
                "<Deny id=\"D1\" kind=\"DocumentAlert\"/>");

        assertThat(refusal(send(book(permits, denies), document("document-alert"), POLICE)))
                .isEqualTo(FaultCode.DENIED);
    }

    @Test
    void nothingIsSentBeforeAfterOrWhileSuspended() {
        AgreementPolicy policy = new AgreementPolicy(book(agreement()));
        Agreement suspended = agreement(
                "<Suspension state=\"NONE\"/>",
                "<Suspension state=\"SUSPENDED\" by=\"QOS\" since=\"2031-05-01T00:00:00Z\" inFlight=\"HOLD\"/>");

        assertThat(refusal(at(policy, "2030-12-31T23:59:59Z"))).isEqualTo(FaultCode.AGREEMENT_NOT_YET_VALID);
        assertThat(refusal(at(policy, "2035-12-31T23:59:59Z"))).isEqualTo(FaultCode.AGREEMENT_EXPIRED);
        assertThat(refusal(send(book(suspended), document("document-alert"), POLICE)))
                .isEqualTo(FaultCode.AGREEMENT_SUSPENDED);
    }

    private static Verdict<PermittedDocument> at(AgreementPolicy policy, String time) {
        return policy.judgeSending(document("document-alert"), "ACTUAL", BORDER_GUARD, POLICE, Instant.parse(time));
    }

    @Test
    void aClauseForAnotherSchemaVersionIsRefused() {
        assertThat(refusal(send(
                        book(agreement(
                                "purposes=\"BORDER_CONTROL DETECT\" schema=\"1.0\"",
                                "purposes=\"BORDER_CONTROL DETECT\" schema=\"1.7\"")),
                        document("document-alert"),
                        POLICE)))
                .isEqualTo(FaultCode.SCHEMA_VERSION_NOT_AGREED);
    }

    @Test
    void theNewestVersionInForceJudges() {
        Agreement second = agreement(
                "version=\"1\"",
                "version=\"2\" previous=\"fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9\"",
                "from=\"2031-01-01T00:00:00Z\"",
                "from=\"2031-05-01T00:00:00Z\"");

        assertThat(permitted(send(book(agreement(), second), document("document-alert"), POLICE))
                        .terms()
                        .agreement()
                        .version())
                .isEqualTo(2);
    }
}
