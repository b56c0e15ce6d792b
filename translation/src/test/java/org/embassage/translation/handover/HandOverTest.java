package org.embassage.translation.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.document.ReceivedDocument;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.DocumentKind;
import org.embassage.schemas.Minimisation;
import org.embassage.translation.Messages;
import org.embassage.translation.Outcomes;
import org.embassage.translation.QosFile;
import org.embassage.translation.Shipped;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.Test;

class HandOverTest {

    private static final LocalDate TODAY = LocalDate.of(2031, 3, 30);

    private static String rendered(HandOverFormat format, ReceivedDocument document) {
        return format.render(document)
                .fold(good -> new String(good.content(), StandardCharsets.UTF_8), bad -> "NO " + bad.fault());
    }

    private static List<Draft> drafts(Feed feed, byte[] drop) {
        return Outcomes.slices(feed, drop).stream()
                .map(slice -> feed.translate(slice).fold(Feed.Translation.Translated::draft, bad -> {
                    throw new AssertionError(bad.fault().toString());
                }))
                .toList();
    }

    private static Draft person(String column, String text) {
        Map<String, String> cells = QosFile.person();
        cells.put(column, text);
        return drafts(Shipped.QOS, new QosFile().with(cells).bytes()).get(0);
    }

    /** The cell under a column of a file whose cells have no line ends. */
    private static String cell(String csv, String column) {
        String[] lines = csv.replace("\uFEFF", "").split("\r\n");
        List<String> names = List.of(lines[0].split(";"));
        return lines[1].split(";", -1)[names.indexOf(column)];
    }

    @Test
    void everyKindIsRenderedInBothForms() throws Exception {
        for (Draft draft : drafts(Shipped.QOS, new QosSample(1, TODAY).drop(8, Set.of()))) {
            byte[] xml = rendered(Shipped.QVL_XML, Messages.around(draft)).getBytes(StandardCharsets.UTF_8);
            String csv = rendered(Shipped.QOS_CSV, Messages.around(draft));

            DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new java.io.ByteArrayInputStream(xml));
            assertThat(csv).startsWith("\uFEFFdruh;").endsWith("\r\n").doesNotContain("NO ");
        }
    }

    @Test
    void theFileIsNamedByTheExchangeAndNothingElse() {
        Draft draft = person("jméno", "Anna");

        assertThat(Shipped.QVL_XML.render(Messages.around(draft)).toString())
                .contains("019f2c3a-7b10-7c44-8a51-3d0f5e9b1a20.xml")
                .doesNotContain("Anna");
        assertThat(Shipped.QOS_CSV.render(Messages.around(draft)).toString())
                .contains("019f2c3a-7b10-7c44-8a51-3d0f5e9b1a20.csv");
    }

    @Test
    void aFormulaInACellIsMadeHarmlessAndAPlainNumberIsLeftAlone() {
        for (String evil : List.of("=1+1", "+1a", "-x1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\uFF1Dx1")) {
            String csv = rendered(Shipped.QOS_CSV, Messages.around(person("místo_narození", evil)));

            assertThat(csv).contains("'" + evil.replace("|", "\\|").substring(0, 2));
            assertThat(csv).doesNotContain(";" + evil.charAt(0)).doesNotContain(";\"" + evil.charAt(0));
        }
        assertThat(CellText.harmless("-30,5")).isEqualTo("-30,5");
        assertThat(CellText.harmless(" =1")).isEqualTo("' =1");
        assertThat(CellText.harmless("\t=1")).isEqualTo("'\t=1");
        assertThat(CellText.harmless("\r1")).isEqualTo("'\r1");
        assertThat(CellText.harmless("a=1")).isEqualTo("a=1");
    }

    @Test
    void cellsWithSignsOfTheFileStayOneCell() {
        String csv = rendered(Shipped.QOS_CSV, Messages.around(person("místo_narození", "a;b\"c|d\\e")));

        assertThat(csv).contains("\"a;b\"\"c\\|d\\\\e\"");
    }

    @Test
    void whatWasWithheldIsShownAsWithheldInBothForms() {
        Draft draft = person("adresa", "Melova 12");
        byte[] stripped = Minimisation.of(
                        DocumentKind.PERSON_ALERT, List.of("Person/AddressText", "Person/Name"), Map.of())
                .apply(draft.document());
        ReceivedDocument received = Messages.around(draft.kind(), new String(stripped, StandardCharsets.UTF_8));

        assertThat(rendered(Shipped.QVL_XML, received))
                .contains("<Adresa chyba=\"ZADRZANE\"/>")
                .contains("<Menovanie chyba=\"ZADRZANE\"/>");
        String csv = rendered(Shipped.QOS_CSV, received);
        assertThat(cell(csv, "adresa")).isEqualTo("ODEPŘENO");
        assertThat(cell(csv, "celé_jméno")).isEqualTo("ODEPŘENO");
    }

    @Test
    void datesAreWrittenAsFarAsTheyAreKnown() {
        assertThat(cell(rendered(Shipped.QOS_CSV, Messages.around(person("narození", "??.08.1974"))), "narození"))
                .isEqualTo("??.08.1974");
        assertThat(cell(rendered(Shipped.QOS_CSV, Messages.around(person("narození", "1973-1975"))), "narození"))
                .isEqualTo("1973-1975");
        assertThat(cell(rendered(Shipped.QOS_CSV, Messages.around(person("narození", "neuv."))), "narození"))
                .contains("neuv.");
        assertThat(rendered(Shipped.QVL_XML, Messages.around(person("narození", "??.??.1974"))))
                .contains(">1974-??-??</Narodena>");
    }

    @Test
    void whatAFormatDoesNotCarryIsNamed() {
        Draft draft = person("jméno", "Anna");
        String linked = new String(draft.document(), StandardCharsets.UTF_8)
                .replace("</WarningCode>", "</WarningCode>")
                .replace(
                        "<ActionToTakeCode>",
                        "<WarrantRef><IssuerText>x1</IssuerText><IssueDate><Year>2031</Year>"
                                + "<DateQualityCode>CLAIMED</DateQualityCode></IssueDate><NumberText>n1</NumberText></WarrantRef>"
                                + "<ActionToTakeCode>")
                .replace("</Person>", "<ImageRef>face-1</ImageRef></Person>");

        String csv = rendered(Shipped.QOS_CSV, Messages.around(draft.kind(), linked));

        assertThat(cell(csv, "nepřeneseno")).contains("Person/ImageRef").doesNotContain("face-1");
    }

    @Test
    void whatIsNoMessageOrNoDescribedKindIsUnrenderable() {
        ReceivedDocument broken = Messages.received("PersonAlert", new byte[] {'<', 'M'});
        ReceivedDocument withDtd = Messages.received(
                "PersonAlert",
                "<!DOCTYPE Message [<!ENTITY a \"b\">]><Message>&a;</Message>".getBytes(StandardCharsets.UTF_8));
        ReceivedDocument other = Messages.around("Unheard", "<Unheard/>");

        for (ReceivedDocument document : List.of(broken, withDtd, other)) {
            FaultCode code = Shipped.QOS_CSV
                    .render(document)
                    .fold(good -> FaultCode.DROP_EMPTY, bad -> bad.fault().code());
            assertThat(code).isEqualTo(FaultCode.HANDOVER_UNTRANSLATABLE);
        }
    }

    @Test
    void aTurkishDefaultLocaleChangesNothing() {
        Locale before = Locale.getDefault();
        byte[] drop = new QvlSample(4, TODAY).drop(4, Set.of());
        String usual = rendered(
                Shipped.QOS_CSV, Messages.around(drafts(Shipped.QVL, drop).get(2)));
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));

            assertThat(rendered(
                            Shipped.QOS_CSV,
                            Messages.around(drafts(Shipped.QVL, drop).get(2))))
                    .isEqualTo(usual);
        } finally {
            Locale.setDefault(before);
        }
    }
}
