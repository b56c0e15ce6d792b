package org.embassage.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.embassage.schemas.xml.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule's nearest miss: a valid sample with one thing wrong. */
class BrokenRulesTest {

    @ParameterizedTest(name = "{0}: {1} for {2} breaks {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "document-alert | <Date>2030-11-05</Date> | <Date>2030-11-05Z</Date> | cvc-pattern-valid",
                "document-alert | <Date>2030-11-05</Date> | <Date>2030-11-05+14:00</Date> | cvc-pattern-valid",
                "document-alert | <Date>2030-11-05</Date> | <Date>2030-13-45</Date> | cvc-datatype-valid.1.2.1",
                "document-alert | <Date>2030-11-05</Date> | <Date>9999-12-31</Date> | cvc-pattern-valid",
                "document-alert | <Date>2030-11-05</Date> | <Date>0000-00-00</Date> | cvc-pattern-valid",
                "document-alert | <RetainUntilDate>2034-03-29 | <RetainUntilDate>2034-03-29+02:00 | cvc-pattern-valid",
                "document-alert | <YearMonth>2031-03</YearMonth> | <YearMonth>2031-03Z</YearMonth> | cvc-pattern-valid",
                "document-alert | <Date>2030-11-05</Date> | <Date>2030-11-05</Date><Year>2030</Year> | cvc-complex-type.2.4.a",
                "document-alert | STOLEN_BLANK | STOLEN_BLANC | cvc-enumeration-valid",
                "document-alert | <ReasonCode>STOLEN_BLANK | <ReasonCode> STOLEN_BLANK | cvc-enumeration-valid",
                "document-alert | <IssuingStateCode>QVL | <IssuingStateCode>QAA | cvc-pattern-valid",
                "document-alert | <ReasonCode> | <Remark>x</Remark><ReasonCode> | cvc-complex-type.2.4.a",
                "document-alert | <SexCode>F</SexCode> | `` | cvc-complex-type.2.4.a",
                "document-alert | <TravelDocument> | <TravelDocument colour='red'> | cvc-complex-type.3.2.2",
                "document-alert | <FullNameText>Dorvela Kastrimova | <FullNameText>??? | cvc-pattern-valid",
                "document-alert | <FullNameText>Dorvela Kastrimova | <FullNameText>Dorvela&#x8E; | cvc-pattern-valid",
                "document-alert | <FullNameText>Dorvela Kastrimova | <FullNameText>Dorvela &#xFFFD; | cvc-pattern-valid",
                "document-alert | <FullNameText>Dorvela Kastrimova | <FullNameText>unknown | SE-1",
                "document-alert | <NumberText>VK 0041-7731 | <NumberText>N/A | SE-1",
                "document-alert | xsi:nil=\"true\" absent=\"NOT_APPLICABLE\" | xsi:nil=\"true\" | NIL-1",
                "document-alert | <NumberText>VK 0041-7731 | <NumberText absent='UNKNOWN'>VK 0041-7731 | NIL-1",
                "document-alert | <HandlingCode>H2 | <HandlingCode>H3 | GV-1",
                "document-alert | <HandlingCode>H2 | <HandlingCode>H0 | GV-6",
                "document-alert | <ReviewByDate>2032 | <ReviewByDate>2035 | GV-5",
                "person-alert | <ImageRef>face-1 | <ImageRef>face-2 | AT-2",
                "person-alert | <OriginalIndicator>false</OriginalIndicator> | <OriginalIndicator>true</OriginalIndicator> | NM-1",
                "person-alert | <OriginalIndicator>true</OriginalIndicator> | <OriginalIndicator>1</OriginalIndicator> | cvc-pattern-valid",
                "person-alert | <FromYear>1973 | <FromYear>1976 | PD-1",
                "person-alert | <ContactPoint> | <ContactPoint><Name/> | cvc-complex-type.2.4.a",
                "vehicle-alert | XZ9VELMARK0000017 | XZ9VELMARK00OO017 | cvc-pattern-valid",
                "incident-seizure-report | 2031-03-30T03:10:00+02:00 | 2031-03-30T02:10:00+02:00 | PD-2",
                "incident-seizure-report | 2031-03-30T03:10:00+02:00 | 2031-03-30T03:10:00 | cvc-pattern-valid",
                "incident-seizure-report | <ValueDecimal>1234.56 | <ValueDecimal>1.234,56 | cvc-datatype-valid.1.2.1",
                "incident-seizure-report | <LatitudeDecimal>12.505 | <LatitudeDecimal>112.505 | cvc-maxInclusive-valid",
                "incident-seizure-report | <HSCode>240220 | <HSCode>2402.20 | cvc-pattern-valid",
            })
    void aDocumentWithOneThingWrongNamesTheRule(String sample, String old, String replacement, String ruleId) {
        byte[] broken = Samples.with(sample, old, replacement);

        assertThat(SharedSchema.validateDocument(broken).violations())
                .extracting(Violation::ruleId)
                .isNotEmpty()
                .containsOnly(ruleId);
    }

    @ParameterizedTest(name = "{0} for {1} breaks {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "<KindCode>PersonAlert | <KindCode>VehicleAlert | HD-1",
                "<KindCode>PersonAlert | <KindCode>Gossip | cvc-enumeration-valid",
                "<ExpiresDateTime>2031-03-31 | <ExpiresDateTime>2031-03-29 | HD-2",
                "<RespondByDateTime>2031-03-30 | <RespondByDateTime>2031-04-30 | HD-3",
                "<AttachmentCount>1 | <AttachmentCount>0 | HD-4",
                "<Recipient>QOS-POL | <Recipient>QVL-BG | HD-5",
                "<DataSubjectCategoryCode>SUSPECT | <DataSubjectCategoryCode>INFORMANT_NEVER_SEND | DS-1",
                "31:07.114Z</ExpiresDateTime> | 31:07Z</ExpiresDateTime> | cvc-pattern-valid",
                "31:07.114Z</ExpiresDateTime> | 31:07.114+00:00</ExpiresDateTime> | cvc-pattern-valid",
                "<ExchangeID>019f2c3a-7b10-7c44 | <ExchangeID>019f2c3a-7b10-4c44 | cvc-pattern-valid",
                "<PayloadSalt>00112233 | <PayloadSalt>001122 | cvc-pattern-valid",
                "<SequenceNumber>184203 | <SequenceNumber>0 | cvc-pattern-valid",
                "<Recipient>QOS-POL</Recipient> | <Recipient>QOS-POL</Recipient><Recipient>QOS-BP</Recipient> | cvc-complex-type.2.4.a",
            })
    void aMessageWithOneThingWrongNamesTheRule(String old, String replacement, String ruleId) {
        byte[] broken = Samples.with("message", old, replacement);

        assertThat(SharedSchema.validateMessage(broken).violations())
                .extracting(Violation::ruleId)
                .contains(ruleId);
    }

    @Test
    void aDraftMaySayThatItIsAboutAnInformantSoThatTheAgreementRefusesIt() {
        byte[] draft = Samples.with("person-alert", "Code>SUSPECT<", "Code>INFORMANT_NEVER_SEND<");

        assertThat(SharedSchema.validateDocument(draft).violations()).isEmpty();
    }

    @Test
    void aDocumentWithoutGovernanceIsRefused() {
        String text = Samples.text("document-alert");
        String governance =
                text.substring(text.indexOf("<Governance>"), text.indexOf("</Governance>") + "</Governance>".length());

        assertThat(SharedSchema.validateDocument(Samples.bytesOf(text.replace(governance, "")))
                        .violations())
                .extracting(Violation::ruleId)
                .containsExactly("cvc-complex-type.2.4.a");
    }

    @Test
    void governanceCannotBeWithheld() {
        byte[] nil = Samples.with(
                "document-alert",
                "<OriginRecordRef>QVL-BG-2031-000018</OriginRecordRef>",
                "<OriginRecordRef xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'"
                        + " absent='WITHHELD_BY_POLICY'/>");

        assertThat(SharedSchema.validateDocument(nil).isValid()).isFalse();
    }

    @Test
    void anIdentifiedVehicleNeedsOneOfThree() {
        String text = Samples.text("vehicle-alert");
        String unidentified = text.replaceAll("(?s)<VINID>.*</EngineNumberID>", "");
        String byEngine = text.replaceAll("(?s)<VINID>.*</Plate>", "");

        assertThat(SharedSchema.validateDocument(Samples.bytesOf(unidentified)).violations())
                .extracting(Violation::ruleId, Violation::path)
                .containsExactly(tuple("VA-1", "/VehicleAlert/Vehicle"));
        assertThat(SharedSchema.validateDocument(Samples.bytesOf(byEngine)).violations())
                .isEmpty();
    }

    @Test
    void anEmptyElementIsNotAWayToSayNothing() {
        String empty = Samples.text("incident-seizure-report")
                .replaceFirst("(?s)<Location>.*?</Location>", "<Location></Location>");

        assertThat(SharedSchema.validateDocument(Samples.bytesOf(empty)).violations())
                .extracting(Violation::ruleId)
                .containsExactly("EM-1");
    }

    @Test
    void permissionsMustAgreeWithTheHandlingCodes() {
        String evidence = Samples.text("person-alert")
                .replace("<HandlingCode>H2", "<HandlingCode>H1")
                .replace("<EvidenceUseCode>WITH_CONSENT", "<EvidenceUseCode>YES");
        String onward = Samples.text("person-alert")
                .replace(
                        "<OnwardTransferCode>WITH_CONSENT</OnwardTransferCode>",
                        "<OnwardTransferCode>LISTED_PARTIES</OnwardTransferCode><OnwardPartyCode>QRL</OnwardPartyCode>");
        String unlisted = Samples.text("person-alert")
                .replace("<OnwardTransferCode>WITH_CONSENT", "<OnwardTransferCode>LISTED_PARTIES");

        assertThat(rules(evidence)).containsExactly("GV-2");
        assertThat(rules(onward)).containsExactly("GV-3");
        assertThat(rules(unlisted)).containsExactly("GV-3", "GV-4");
        assertThat(rules(onward.replace("<HandlingCode>H2</HandlingCode>", ""))).isEmpty();
    }

    @Test
    void aViolationTellsThePlaceAndNotTheValue() {
        byte[] broken = Samples.with("person-alert", "<SexCode>F", "<SexCode>Dorvela Kastrimova");

        Violation violation = SharedSchema.validateDocument(broken).violations().get(0);

        assertThat(violation.ruleId()).isEqualTo("cvc-enumeration-valid");
        assertThat(violation.path()).isEqualTo("/PersonAlert/Person/SexCode");
        assertThat(violation.line()).isPositive();
        assertThat(violation.toString()).doesNotContain("Kastrimova", "Dorvela");
    }

    @Test
    void positionsCountTheElementsOfOneName() {
        byte[] broken = Samples.with("person-alert", "Dorwella Castrimowa", "");

        assertThat(SharedSchema.validateDocument(broken).violations().get(0).path())
                .isEqualTo("/PersonAlert/Person/Name[2]/NameForm[1]/FullNameText");
    }

    @Test
    void aNameThatTheSchemaDoesNotKnowIsNotRepeated() {
        byte[] broken = Samples.with("person-alert", "<ContactPoint>", "<Kastrimova/><ContactPoint>");

        assertThat(SharedSchema.validateDocument(broken).violations().get(0).path())
                .isEqualTo("/PersonAlert/*");
    }

    private static List<String> rules(String document) {
        return SharedSchema.validateDocument(Samples.bytesOf(document)).violations().stream()
                .map(Violation::ruleId)
                .toList();
    }
}
