package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/** The report as XML is as the schema of TS 119 102-2 has it; the schema files are those that EU DSS carries. */
class EtsiReportTest {

    private static final Map<String, String> FILES = Map.of(
            "http://www.w3.org/2000/09/xmldsig#", "xmldsig-core-schema.xsd",
            "http://uri.etsi.org/01903/v1.3.2#", "XAdES01903v132-202407.xsd",
            "http://uri.etsi.org/02231/v2#", "ts_119612v020101_xsd.xsd",
            "http://www.w3.org/XML/1998/namespace", "xml.xsd");

    @TempDir
    Path folder;

    private Scene scene;

    @BeforeEach
    void makeFiles() {
        scene = new Scene(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"good.zip", "changed.zip", "incomplete.zip", "receipt.asice", "nonsense.txt"})
    void theReportIsAsTheSchemaHasIt(String file) throws Exception {
        schema().newValidator().validate(source(report(file)));
    }

    @Test
    void theSchemaWouldCatchAnUnknownElement() throws Exception {
        String report = report("good.zip").replace("PolicyName>", "NameOfPolicy>");

        assertThatThrownBy(() -> schema().newValidator().validate(source(report)))
                .isInstanceOf(SAXException.class);
    }

    @Test
    void eachReceiptHasTheStatusOfTheWholeFile() {
        assertThat(report("good.zip"))
                .contains("<MainIndication>urn:etsi:019102:mainindication:total-passed</MainIndication>")
                .contains("<Status>urn:etsi:019102:constraintStatus:overridden</Status>")
                .contains("<DAIdentifier>" + scene.world.receipts.get(2).id() + "</DAIdentifier>");
        assertThat(report("changed.zip"))
                .doesNotContain("total-passed")
                .contains("<MainIndication>urn:etsi:019102:mainindication:total-failed</MainIndication>")
                .contains("<SubIndication>urn:etsi:019102:subindication:HASH_FAILURE</SubIndication>");
        assertThat(report("receipt.asice"))
                .contains("<Status>urn:etsi:019102:constraintStatus:disabled</Status>")
                .contains("<SubIndication>urn:etsi:019102:subindication:TRY_LATER</SubIndication>");
    }

    @Test
    void manyFilesHaveNoReportOfThisKind() {
        Scene.Run run = scene.run(List.of("@/archive", "--trust", "@/anchors", "--report", "etsi"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--report etsi is for one bundle or one receipt");
    }

    private String report(String file) {
        return scene.runPlainly(
                List.of("@/" + file, "--trust", "@/anchors", "--policy", "@/policy.txt", "--report", "etsi"));
    }

    private static Source source(String xml) {
        return new StreamSource(new StringReader(xml));
    }

    private static Schema schema() throws Exception {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setResourceResolver((type, namespace, publicId, systemId, base) -> {
            LocalInput input = new LocalInput(systemId);
            input.stream = resource(FILES.getOrDefault(namespace, systemId));
            return input;
        });
        return factory.newSchema(new StreamSource(resource("TS119102-2-v141.xsd"), "report"));
    }

    private static InputStream resource(String name) {
        return EtsiReportTest.class.getResourceAsStream("/xsd/" + name);
    }
}
