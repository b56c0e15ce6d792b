package org.embassage.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.embassage.schemas.agreement.AgreementType;
import org.embassage.schemas.exchange.MessageType;
import org.embassage.schemas.peercard.PeerCardType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValidSamplesTest {

    @ParameterizedTest
    @EnumSource(DocumentKind.class)
    void theSampleOfEachKindIsValidWithoutAHeader(DocumentKind kind) {
        SchemaCheck<DocumentView> check = SharedSchema.validateDocument(Samples.bytes(Samples.sampleOf(kind)));

        assertThat(check.violations()).isEmpty();
        assertThat(check.view().kind()).isEqualTo(kind);
        assertThat(check.view().governance().retainUntil()).isEqualTo(LocalDate.of(2034, 3, 29));
    }

    @Test
    void aMessageShowsItsHeaderAndWhatAgreementsJudge() {
        SchemaCheck<MessageView> check = SharedSchema.validateMessage(Samples.bytes("message"));

        assertThat(check.violations()).isEmpty();
        MessageHeader header = check.view().header();
        assertThat(header.exchange()).hasToString("019f2c3a-7b10-7c44-8a51-3d0f5e9b1a20");
        assertThat(header.kind()).isEqualTo(DocumentKind.PERSON_ALERT);
        assertThat(header.sender()).isEqualTo("QVL-BG");
        assertThat(header.agreement().id()).isEqualTo("QVL-QOS-2031-01");
        assertThat(header.created()).isEqualTo(Instant.parse("2031-03-30T00:31:07.114Z"));
        assertThat(header.sequence()).isEqualTo(184203);
        assertThat(header.inReplyTo()).isEmpty();
        assertThat(header.supersedes()).isPresent();
        DocumentView document = check.view().document();
        assertThat(document.kind()).isEqualTo(DocumentKind.PERSON_ALERT);
        assertThat(document.governance().handling()).containsExactlyInAnyOrder("H0", "H2");
        assertThat(document.subjects())
                .containsExactly(new DocumentView.Subject("SUSPECT", false), new DocumentView.Subject("VICTIM", false));
        assertThat(document.present())
                .contains("Governance/OriginRecordRef", "Person/Name/NameForm/FullNameText", "Person/BirthDate/Year")
                .doesNotContain("AlertID/", "Header/Sender", "Person/TravelDocument/IssueDate/Date");
    }

    @Test
    void aMessageAndItsDocumentAloneShowTheSamePaths() {
        DocumentView inMessage =
                SharedSchema.validateMessage(Samples.bytes("message")).view().document();
        DocumentView alone =
                SharedSchema.validateDocument(Samples.bytes("person-alert")).view();

        assertThat(inMessage).isEqualTo(alone);
    }

    @Test
    void theGeneratedClassesReadAMessage() {
        MessageType message = SharedSchema.readMessage(Samples.bytes("message")).view();

        assertThat(message.getHeader().getRecipient()).isEqualTo("QOS-POL");
        assertThat(message.getPersonAlert().getPerson().getName()).hasSize(2);
        assertThat(message.getVehicleAlert()).isNull();
    }

    @Test
    void theSampleAgreementReadsAsWritten() {
        SchemaCheck<AgreementType> check = SharedSchema.readAgreement(Samples.bytes("agreement"));

        assertThat(check.violations()).isEmpty();
        assertThat(check.view().getRule().get(0).getStrip().get(0).getPath()).isEqualTo("Holder");
        assertThat(check.view().getValidity().getFrom()).isEqualTo(Instant.parse("2031-01-01T00:00:00Z"));
    }

    @Test
    void theSamplePeerCardReadsAsWritten() {
        SchemaCheck<PeerCardType> check = SharedSchema.readPeerCard(Samples.bytes("peer-card"));

        assertThat(check.violations()).isEmpty();
        assertThat(check.view().getEncryptionCertificate()).hasSize(2);
        assertThat(check.view().getSealCertificate().get(0).getValue()).hasSize(300);
    }
}
