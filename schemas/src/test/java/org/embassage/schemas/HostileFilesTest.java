package org.embassage.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.embassage.schemas.xml.Limits;
import org.embassage.schemas.xml.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file may try against its reader. */
@Timeout(20)
class HostileFilesTest {

    private static final String ROOT = "<PersonAlert xmlns=\"urn:embassage:exchange:1\"";

    @Test
    void anExternalEntityIsNotRead() {
        assertRefused(
                "<!DOCTYPE PersonAlert [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n"
                        + Samples.replace(Samples.text("person-alert"), "QVL-A-2031-17", "&x;"),
                "XML-DTD");
    }

    @Test
    void anExternalDtdIsNotFetched() {
        assertRefused(
                "<!DOCTYPE PersonAlert SYSTEM \"http://127.0.0.1:9/x.dtd\">\n" + Samples.text("person-alert"),
                "XML-DTD");
    }

    @Test
    void aBillionLaughsEndAtTheDoctype() {
        StringBuilder laughs = new StringBuilder("<!DOCTYPE PersonAlert [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            laughs.append("<!ENTITY l")
                    .append(i)
                    .append(" \"")
                    .append(("&l" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        assertRefused(laughs + "]>\n" + Samples.text("person-alert").replace("QVL-A-2031-17", "&l9;"), "XML-DTD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xsi:schemaLocation=\"urn:embassage:exchange:1 http://127.0.0.1:9/evil.xsd\"",
                "xsi:noNamespaceSchemaLocation=\"http://127.0.0.1:9/evil.xsd\"",
                "xsi:type=\"PersonAlertType\""
            })
    void attributesThatWouldChooseAnotherSchemaAreRefused(String attribute) {
        assertRefused(
                Samples.replace(
                        Samples.text("person-alert"),
                        ROOT,
                        ROOT + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" " + attribute),
                "XML-XSI");
    }

    @Test
    void schemaAttributesInsideTheExtensionAreRefusedToo() {
        assertRefused(
                Samples.replace(
                        Samples.text("person-alert"),
                        "<n:Note ",
                        "<n:Note xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"n:Other\" "),
                "XML-XSI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "IBM870"})
    void bytesInAnotherCharacterSetAreRefused(String charset) {
        assertRefused(Samples.text("vehicle-alert").getBytes(Charset.forName(charset)), "XML-ENCODING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-7", "UTF-16", "windows-1250", "IBM037", "ISO-8859-1"})
    void aDeclaredCharacterSetOtherThanUtf8IsRefused(String charset) {
        assertRefused(
                "<?xml version=\"1.0\" encoding=\"" + charset + "\"?>" + Samples.text("vehicle-alert"), "XML-ENCODING");
    }

    @Test
    void aDeclarationOfUtf8IsAllowed() {
        byte[] declared = Samples.bytesOf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + Samples.text("vehicle-alert"));

        assertThat(SharedSchema.validateDocument(declared).violations()).isEmpty();
    }

    @Test
    void aByteOrderMarkIsRefused() {
        assertRefused("\uFEFF" + Samples.text("vehicle-alert"), "XML-ENCODING");
    }

    @Test
    void bytesThatAreNotUtf8AreNotReplaced() {
        byte[] latin =
                Samples.text("vehicle-alert").replace("TARNAU", "TARN\u00c4U").getBytes(StandardCharsets.ISO_8859_1);

        assertRefused(latin, "XML-ENCODING");
    }

    @Test
    void nestingBeyondTheLimitIsRefused() {
        String deep = "<n:a xmlns:n=\"urn:example:deep\">".repeat(200) + "</n:a>".repeat(200);

        assertRefused(Samples.replace(Samples.text("vehicle-alert"), "<Extension>", "<Extension>" + deep), "XML-DEPTH");
    }

    @Test
    void nestingThatWouldBreakAStackIsRefused() {
        assertThat(violationsOf(Samples.bytesOf(ROOT + ">" + "<a>".repeat(300_000))))
                .extracting(Violation::ruleId)
                .contains("XML-DEPTH");
    }

    @Test
    void tooManyElementsAreRefused() {
        String many = "<n:a xmlns:n=\"urn:example:many\">" + "<n:b/>".repeat(30_000) + "</n:a>";

        assertRefused(
                Samples.replace(Samples.text("vehicle-alert"), "<Extension>", "<Extension>" + many), "XML-ELEMENTS");
    }

    @Test
    void tooManyAttributesAreRefused() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        assertThat(violationsOf(Samples.bytesOf(ROOT + attributes + "/>")))
                .extracting(Violation::ruleId)
                .containsAnyOf("XML-ATTRIBUTES", "XML-MALFORMED");
    }

    @Test
    void aFileBeyondTheLimitIsNotEvenDecoded() {
        assertRefused(new byte[Limits.DEFAULT.bytes() + 1], "XML-SIZE");
    }

    @Test
    void aSmallerLimitHolds() {
        byte[] file = Samples.bytes("vehicle-alert");

        assertThat(SharedSchema.validateDocument(file, Limits.DEFAULT.withBytes(file.length))
                        .isValid())
                .isTrue();
        assertThat(SharedSchema.validateDocument(file, Limits.DEFAULT.withBytes(file.length - 1))
                        .violations())
                .extracting(Violation::ruleId)
                .containsExactly("XML-SIZE");
    }

    @Test
    void processingInstructionsAreRefused() {
        assertRefused(Samples.replace(Samples.text("vehicle-alert"), "<Vehicle>", "<?x y?><Vehicle>"), "XML-PI");
    }

    @Test
    void commentsAreRefusedBecauseNothingJudgesThem() {
        assertRefused(
                Samples.replace(Samples.text("vehicle-alert"), "<Vehicle>", "<!-- x --><Vehicle>"), "XML-COMMENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<",
                "<PersonAlert",
                "not xml",
                "<a/><b/>",
                "\0\0\0",
                "<PersonAlert xmlns=\"urn:embassage:exchange:1\">&undeclared;</PersonAlert>"
            })
    void whatIsNotXmlIsAnsweredWithACode(String file) {
        assertThat(violationsOf(Samples.bytesOf(file)))
                .extracting(Violation::ruleId)
                .allMatch(rule -> rule.startsWith("XML-"));
    }

    @Test
    void everyTruncationOfAFileIsAnsweredWithACode() {
        byte[] whole = Samples.bytes("vehicle-alert");
        int last = new String(whole, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8).length;
        for (int length = 0; length < last; length += 7) {
            byte[] part = new byte[length];
            System.arraycopy(whole, 0, part, 0, length);

            assertThat(violationsOf(part)).isNotEmpty();
        }
    }

    @Test
    void anotherRootIsRefusedWhereItIsNotExpected() {
        assertRefused(Samples.text("message"), "XML-ROOT");
        assertThat(SharedSchema.validateMessage(Samples.bytes("person-alert")).violations())
                .extracting(Violation::ruleId)
                .containsExactly("XML-ROOT");
        assertThat(SharedSchema.readAgreement(Samples.bytes("peer-card")).violations())
                .extracting(Violation::ruleId)
                .containsExactly("XML-ROOT");
        assertThat(SharedSchema.readPeerCard(Samples.bytes("agreement")).violations())
                .extracting(Violation::ruleId)
                .containsExactly("XML-ROOT");
    }

    @Test
    void theRightNameInAnotherNamespaceIsRefused() {
        assertRefused(
                Samples.replace(Samples.text("vehicle-alert"), "urn:embassage:exchange:1", "urn:embassage:exchange:2"),
                "XML-ROOT");
    }

    @Test
    void aHostileFileDoesNotSpoilTheNextReading() {
        for (int i = 0; i < 50; i++) {
            assertThat(violationsOf(Samples.bytesOf(ROOT + "><x>"))).isNotEmpty();
            assertThat(violationsOf(Samples.bytes("person-alert"))).isEmpty();
        }
    }

    private static List<Violation> violationsOf(byte[] document) {
        return SharedSchema.validateDocument(document).violations();
    }

    private static void assertRefused(String document, String ruleId) {
        assertRefused(Samples.bytesOf(document), ruleId);
    }

    private static void assertRefused(byte[] document, String ruleId) {
        assertThat(violationsOf(document)).extracting(Violation::ruleId).containsExactly(ruleId);
    }
}
