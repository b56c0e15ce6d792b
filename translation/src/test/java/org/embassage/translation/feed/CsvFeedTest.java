package org.embassage.translation.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.translation.Outcomes.document;
import static org.embassage.translation.Outcomes.refusal;
import static org.embassage.translation.Outcomes.slices;
import static org.embassage.translation.Outcomes.verdicts;
import static org.embassage.translation.QosFile.person;
import static org.embassage.translation.QosFile.seizure;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.QosFile;
import org.embassage.translation.Shipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFeedTest {

    private static final int HEADER = QosFile.header().getBytes(StandardCharsets.UTF_8).length;

    private final QosFile file = new QosFile();

    private static Map<String, String> changed(Map<String, String> cells, String column, String text) {
        cells.put(column, text);
        return cells;
    }

    @Test
    void aCellWithSeparatorQuotesAndLineEndsIsOneCell() {
        String note = "poznamka;s \"uvozovkami\"\r\ndruhy radek\ntreti";
        byte[] drop =
                file.with(changed(person(), "poznámka", note)).with(seizure()).bytes();

        assertThat(document(Shipped.QOS, drop))
                .contains(
                        "<StatementText lang=\"qaa\">poznamka;s &quot;uvozovkami&quot;\ndruhy radek\ntreti</StatementText>");
        assertThat(slices(Shipped.QOS, drop)).extracting(RecordSlice::line).containsExactly(2, 5);
        assertThat(slices(Shipped.QOS, drop).get(0).byteOffset()).isEqualTo(HEADER);
        assertThat(verdicts(Shipped.QOS, drop)).containsExactly("good", "good");
    }

    @Test
    void aTrailerThatDoesNotProveTheRowsRefusesTheWholeDrop() {
        file.with(person());

        assertThat(refusal(Shipped.QOS, file.bytes(2, 1))).isEqualTo(FaultCode.DROP_COUNT_MISMATCH);
        assertThat(refusal(Shipped.QOS, file.bytes(1, 1))).isEqualTo(FaultCode.DROP_HASH_TOTAL_MISMATCH);
        assertThat(refusal(Shipped.QOS, file.bytes(QosFile.header(), "KONEC;one;1\r\n")))
                .isEqualTo(FaultCode.DROP_UNREADABLE);
        assertThat(verdicts(Shipped.QOS, file.bytes())).containsExactly("good");
    }

    @Test
    void whereverTheFileIsCutOffItIsRefused() {
        byte[] whole = file.with(person()).with(seizure()).bytes();

        // The last line end is the only thing that may be missing.
        for (int length = 1; length < whole.length - 2; length++) {
            assertThat(refusal(Shipped.QOS, Arrays.copyOf(whole, length)))
                    .as("length %d", length)
                    .isIn(
                            FaultCode.DROP_TRUNCATED,
                            FaultCode.DROP_WRONG_ENCODING,
                            FaultCode.DROP_UNREADABLE,
                            FaultCode.DROP_HASH_TOTAL_MISMATCH);
        }
    }

    @Test
    void aFileWithoutByteOrderMarkOrInAnotherEncodingIsRefused() {
        byte[] whole = file.with(person()).bytes();
        String text = new String(whole, StandardCharsets.UTF_8);

        assertThat(refusal(Shipped.QOS, Arrays.copyOfRange(whole, 3, whole.length)))
                .isEqualTo(FaultCode.DROP_WRONG_ENCODING);
        assertThat(refusal(Shipped.QOS, text.getBytes(StandardCharsets.UTF_16)))
                .isEqualTo(FaultCode.DROP_WRONG_ENCODING);
        assertThat(refusal(Shipped.QOS, text.getBytes(Charset.forName("windows-1250"))))
                .isEqualTo(FaultCode.DROP_WRONG_ENCODING);
    }

    @Test
    void aFileOfAnotherEncodingBehindAByteOrderMarkIsKnownByItsFirstRow() {
        byte[] mark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        byte[] rest = new String(file.with(person()).bytes(), StandardCharsets.UTF_8)
                .substring(1)
                .getBytes(Charset.forName("windows-1250"));
        byte[] drop = Arrays.copyOf(mark, 3 + rest.length);
        System.arraycopy(rest, 0, drop, 3, rest.length);

        assertThat(refusal(Shipped.QOS, drop)).isEqualTo(FaultCode.DROP_WRONG_ENCODING);
    }

    @Test
    void aByteThatIsNoUtf8FailsItsRowAlone() {
        byte[] covered = new String(file.with(person()).bytes(), StandardCharsets.UTF_8)
                .split("\r\n")[1]
                .replaceAll("[0-9]{5}$", "")
                .replace("Anna", "An\u0001a")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < covered.length; i++) {
            covered[i] = covered[i] == 1 ? (byte) 0xFF : covered[i];
        }

        assertThat(verdicts(
                        Shipped.QOS,
                        new QosFile().covered(covered).with(seizure()).bytes()))
                .containsExactly("RECORD_WRONG_ENCODING given-latin", "good");
    }

    @Test
    void aRowWithAWrongChecksumFailsAlone() {
        byte[] row = new String(file.with(person()).bytes(), StandardCharsets.UTF_8)
                .split("\r\n")[1].getBytes(StandardCharsets.UTF_8);
        int stated = Integer.parseInt(new String(row, row.length - 5, 5, StandardCharsets.UTF_8));
        row[20] ^= 1;

        assertThat(verdicts(
                        Shipped.QOS,
                        new QosFile().raw(row, stated).with(seizure()).bytes()))
                .containsExactly("RECORD_CHECKSUM", "good");
    }

    @Test
    void aRowWithTooFewOrTooManyCellsFailsAlone() {
        byte[] few = "OSOBA;2031-00017;".getBytes(StandardCharsets.UTF_8);
        byte[] many = ("OSOBA" + ";x".repeat(100) + ";").getBytes(StandardCharsets.UTF_8);

        assertThat(verdicts(
                        Shipped.QOS,
                        file.covered(few).covered(many).with(person()).bytes()))
                .containsExactly("RECORD_MALFORMED", "RECORD_MALFORMED", "good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "druh # NIC # CODE_UNKNOWN record-type",
                "cislo # '' # FIELD_MISSING number",
                "zmena # snad # CODE_UNKNOWN action",
                "zapsano # ??.03.2031 # FIELD_MALFORMED entered",
                "zapsano # 2031-03-30 # FIELD_MALFORMED entered",
                "narození # 31.02.1974 # FIELD_MALFORMED birth-date",
                "narození # 1975-1973 # FIELD_MALFORMED birth-date",
                "pohlaví # ? # CODE_UNKNOWN sex",
                "příjmení # A||B # FIELD_MALFORMED surname-latin",
                "příjmení # A|B|C|D|E|F|G # FIELD_MALFORMED surname-latin",
                "příjmení # -- # FIELD_MALFORMED surname-latin",
                "příjmení # Novák\u0085 # RECORD_WRONG_ENCODING surname-latin",
                "příjmení # Nov\uFFFDk # RECORD_WRONG_ENCODING surname-latin",
                "příjmení # Nov?k # RECORD_WRONG_ENCODING surname-latin",
                "příjmení # Nov\u202Ek # FIELD_MALFORMED surname-latin",
                "příjmení # Nov\uFFFEk # FIELD_MALFORMED surname-latin",
                "příjmení # Nov\u0001k # FIELD_MALFORMED surname-latin",
                "trestný_čin # clo|nic # CODE_UNKNOWN offences",
                "mrz # ABC # FIELD_MALFORMED mrz",
            })
    void aBadCellFailsItsRowAndIsNamed(String column, String text, String verdict) {
        byte[] drop = file.with(changed(person(), column, text)).with(seizure()).bytes();

        assertThat(verdicts(Shipped.QOS, drop)).containsExactly(verdict, "good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "12.08.1974 # <Date>1974-08-12</Date><DateQualityCode>CLAIMED</DateQualityCode>",
                "??.08.1974 # <YearMonth>1974-08</YearMonth><DateQualityCode>CLAIMED</DateQualityCode><OriginalText>??.08.1974</OriginalText>",
                "??.??.1974 # <Year>1974</Year><DateQualityCode>CLAIMED</DateQualityCode><OriginalText>??.??.1974</OriginalText>",
                "01.01.1974 # <Year>1974</Year><DateQualityCode>ADMINISTRATIVE_DEFAULT</DateQualityCode><OriginalText>01.01.1974</OriginalText>",
                "12.08.???? # <UnknownReasonCode>NOT_MAPPED</UnknownReasonCode><OriginalText>12.08.????</OriginalText>",
                "1973-1975 # <YearRange><FromYear>1973</FromYear><ToYear>1975</ToYear></YearRange><DateQualityCode>ESTIMATED</DateQualityCode>",
                "neuv. # <UnknownReasonCode>UNKNOWN</UnknownReasonCode><OriginalText>neuv.</OriginalText>",
                "odmítl # <UnknownReasonCode>REFUSED</UnknownReasonCode><OriginalText>odmítl</OriginalText>",
            })
    void whatIsKnownOfABirthDateIsKeptAndNothingIsInvented(String written, String expected) {
        assertThat(document(
                        Shipped.QOS,
                        file.with(changed(person(), "narození", written)).bytes()))
                .contains("<BirthDate>" + expected + "</BirthDate>");
    }

    @Test
    void severalBirthDatesAreAllCarried() {
        String document = document(
                Shipped.QOS,
                file.with(changed(person(), "narození", "12.08.1974|??.??.1975"))
                        .bytes());

        assertThat(document.split("<BirthDate>", -1)).hasSize(3);
    }

    @Test
    void theOriginalWritingAndEveryLatinOneAreCarried() {
        assertThat(document(Shipped.QOS, file.with(person()).bytes()))
                .contains("<ScriptCode>Cyrl</ScriptCode>")
                .contains("<FullNameText>Анна ЗЛИКОВНАРОВА</FullNameText>")
                .contains("<FullNameText>Anna ZLIKOVNAROVA</FullNameText>")
                .contains("<FullNameText>Anna ZLIKOWNAROVA</FullNameText>")
                .containsOnlyOnce("<OriginalIndicator>true</OriginalIndicator>");
    }

    @Test
    void anUnknownSexIsAbsentForItsReasonAndABlankOneWasNotAsked() {
        assertThat(document(
                        Shipped.QOS,
                        file.with(changed(person(), "pohlaví", "neuv.")).bytes()))
                .contains(
                        "<SexCode xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\" absent=\"UNKNOWN\"/>");
        assertThat(document(
                        Shipped.QOS,
                        new QosFile().with(changed(person(), "pohlaví", "")).bytes()))
                .contains("absent=\"NOT_ASKED\"/>");
    }

    @Test
    void textIsWrittenInNormalFormAndEscaped() {
        String decomposed = "Nova\u0301k<&>\"]]>";
        String document = document(
                Shipped.QOS,
                file.with(changed(person(), "místo_narození", "a\u00A0 " + decomposed))
                        .bytes());

        assertThat(document).contains("a Nov\u00E1k&lt;&amp;&gt;&quot;]]&gt;</LocationText>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {"1.234,56 # 1234.56", "1234,5 # 1234.5", "0,50 # 0.5", "12.400 # 12400", "7 # 7"})
    void decimalCommasAndGroupsAreRead(String written, String expected) {
        assertThat(document(
                        Shipped.QOS,
                        file.with(changed(seizure(), "hodnota", written)).bytes()))
                .contains("<ValueDecimal>" + expected + "</ValueDecimal><CurrencyCode>QOD</CurrencyCode>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234.56", "1.23", "1,23E+11", "-5", "12 400", "1..000", "1.2345", ",5", "1,", "=1+1"})
    void anythingElseIsNoNumber(String written) {
        assertThat(verdicts(
                        Shipped.QOS,
                        file.with(changed(seizure(), "hodnota", written)).bytes()))
                .containsExactly("FIELD_MALFORMED value");
    }

    @Test
    void aPassportNumberWithLettersOfAnotherScriptHasNoNormalForm() {
        assertThat(document(
                        Shipped.QOS,
                        file.with(changed(person(), "doklad_číslo", "ЖК 123")).bytes()))
                .contains("<NumberText>ЖК 123</NumberText><NormalizedNumberID")
                .contains("absent=\"NOT_MAPPED\"/>");
    }

    @Test
    void somebodyWhoMayBeUnderAgeIsMarkedSo() {
        assertThat(document(
                        Shipped.QOS,
                        file.with(changed(person(), "narození", "??.??.2013")).bytes()))
                .contains("<MinorIndicator>true<");
        assertThat(document(
                        Shipped.QOS,
                        new QosFile()
                                .with(changed(person(), "narození", "29.03.2013"))
                                .bytes()))
                .contains("<MinorIndicator>false<");
        assertThat(document(
                        Shipped.QOS,
                        new QosFile()
                                .with(changed(person(), "narození", "neuv."))
                                .bytes()))
                .contains("<MinorIndicator>true<");
    }

    @Test
    void textAfterTheTrailerIsRefused() {
        byte[] whole = file.with(person()).bytes();
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        more[whole.length] = 0x1A;

        assertThat(refusal(Shipped.QOS, more)).isEqualTo(FaultCode.DROP_UNREADABLE);
    }
}
