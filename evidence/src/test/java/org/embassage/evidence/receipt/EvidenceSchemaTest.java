package org.embassage.evidence.receipt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.embassage.evidence.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.SAXException;

/** The published schema and the writer agree. */
class EvidenceSchemaTest {

    private static final Digest CERTIFICATE = Digest.sha256(new byte[] {9});
    private static final Schema SCHEMA = schema();

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenObeysThePublishedSchema(EvidenceEvent event) {
        byte[] xml = EvidenceXml.write(SampleEvidence.of(event, CERTIFICATE));

        assertThatCode(() -> validate(xml)).doesNotThrowAnyException();
    }

    @Test
    void anUnknownElementOrEventDoesNotObeyIt() {
        String xml = new String(
                EvidenceXml.write(SampleEvidence.of(EvidenceEvent.CONTENT_HANDOVER, CERTIFICATE)),
                StandardCharsets.UTF_8);

        assertThatThrownBy(
                        () -> validate(xml.replace("HandoverBasis>", "Remark>").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SAXException.class);
        assertThatThrownBy(
                        () -> validate(xml.replace("Event/Content", "Event/Dis").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SAXException.class);
        assertThatThrownBy(() -> validate(xml.replace(">WRITTEN<", ">READ<").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SAXException.class);
    }

    private static void validate(byte[] xml) throws Exception {
        SCHEMA.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
    }

    private static Schema schema() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(EvidenceXml.class.getResource("/org/embassage/evidence/evidence-1.xsd"));
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }
}
