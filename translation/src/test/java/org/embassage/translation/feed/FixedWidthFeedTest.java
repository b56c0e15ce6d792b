package org.embassage.translation.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.translation.Outcomes.document;
import static org.embassage.translation.Outcomes.refusal;
import static org.embassage.translation.Outcomes.slices;
import static org.embassage.translation.Outcomes.verdicts;
import static org.embassage.translation.QvlFile.passport;
import static org.embassage.translation.QvlFile.put;
import static org.embassage.translation.QvlFile.sealed;
import static org.embassage.translation.QvlFile.seizure;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.QvlFile;
import org.embassage.translation.Shipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FixedWidthFeedTest {

    private final QvlFile file = new QvlFile();

    @Test
    void recordsAreCutByTheirPlaceInTheFile() {
        byte[] drop = file.with(passport()).with(seizure()).bytes();

        assertThat(slices(Shipped.QVL, drop))
                .extracting(RecordSlice::index, RecordSlice::line, RecordSlice::byteOffset)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 1, 240L),
                        org.assertj.core.groups.Tuple.tuple(2, 2, 480L));
        assertThat(verdicts(Shipped.QVL, drop)).containsExactly("good", "good");
    }

    @Test
    void aTrailerWithAnotherCountRefusesTheWholeDrop() {
        byte[] good = file.with(passport()).bytes();
        long total = Long.parseLong(new String(good, 480 + 9, 10, QvlFile.IBM870));

        assertThat(refusal(Shipped.QVL, file.bytes(2, total))).isEqualTo(FaultCode.DROP_COUNT_MISMATCH);
        assertThat(refusal(Shipped.QVL, file.bytes(1, total + 1))).isEqualTo(FaultCode.DROP_HASH_TOTAL_MISMATCH);
        assertThat(verdicts(Shipped.QVL, file.bytes(1, total))).containsExactly("good");
    }

    @Test
    void aRecordThatGotLostChangesTheCountAndASwappedOneTheTotal() {
        byte[] two = file.with(passport()).with(seizure()).bytes();
        byte[] lost = new byte[two.length - 240];
        System.arraycopy(two, 0, lost, 0, 480);
        System.arraycopy(two, 720, lost, 480, 240);
        byte[] doubled = two.clone();
        System.arraycopy(two, 240, doubled, 480, 240);

        assertThat(refusal(Shipped.QVL, lost)).isEqualTo(FaultCode.DROP_COUNT_MISMATCH);
        assertThat(refusal(Shipped.QVL, doubled)).isEqualTo(FaultCode.DROP_HASH_TOTAL_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 239, 240, 241, 479, 480, 719})
    void aFileThatWasCutOffIsRefused(int length) {
        byte[] whole = file.with(passport()).bytes();

        assertThat(refusal(Shipped.QVL, Arrays.copyOf(whole, length))).isEqualTo(FaultCode.DROP_TRUNCATED);
    }

    @Test
    void aFileWithoutRecordsOrBytesIsEmpty() {
        assertThat(refusal(Shipped.QVL, new byte[0])).isEqualTo(FaultCode.DROP_EMPTY);
        assertThat(refusal(Shipped.QVL, file.bytes())).isEqualTo(FaultCode.DROP_EMPTY);
    }

    @Test
    void aFileOfAnotherEbcdicPageIsKnownByItsCanary() {
        byte[] drop = file.with(passport()).bytes();
        byte[] other =
                new String(drop, QvlFile.IBM870).replaceAll("[^ -~]", "A").getBytes(Charset.forName("IBM500"));

        assertThat(refusal(Shipped.QVL, other)).isEqualTo(FaultCode.DROP_WRONG_ENCODING);
    }

    @Test
    void aFileThatWasTurnedIntoAsciiIsOfTheWrongEncoding() {
        byte[] drop = new String(file.with(passport()).bytes(), QvlFile.IBM870).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refusal(Shipped.QVL, drop)).isEqualTo(FaultCode.DROP_WRONG_ENCODING);
    }

    @Test
    void twoFilesGluedTogetherAreRefused() {
        byte[] one = file.with(passport()).bytes();
        byte[] two = Arrays.copyOf(one, one.length * 2);
        System.arraycopy(one, 0, two, one.length, one.length);

        assertThat(refusal(Shipped.QVL, two)).isEqualTo(FaultCode.DROP_UNREADABLE);
    }

    @Test
    void aDropLargerThanTheFeedAllowsIsNotLookedAt() {
        assertThat(refusal(Shipped.QVL, new byte[(16 << 20) + 240])).isEqualTo(FaultCode.DROP_TOO_LARGE);
    }

    @Test
    void aDamagedHeaderIsRefused() {
        byte[] drop = file.with(passport()).bytes();
        drop[70] ^= 1;

        assertThat(refusal(Shipped.QVL, drop)).isEqualTo(FaultCode.DROP_UNREADABLE);
    }

    @Test
    void aRecordWithAWrongChecksumFailsAlone() {
        byte[] spoilt = sealed(passport());
        spoilt[40] ^= 1;

        assertThat(verdicts(Shipped.QVL, file.raw(spoilt).with(seizure()).bytes()))
                .containsExactly("RECORD_CHECKSUM", "good");
    }

    @Test
    void twoBytesThatChangedPlacesAreFoundByTheChecksum() {
        byte[] spoilt = sealed(passport());
        byte first = spoilt[3];
        spoilt[3] = spoilt[4];
        spoilt[4] = first;

        assertThat(verdicts(Shipped.QVL, file.raw(spoilt).bytes())).containsExactly("RECORD_CHECKSUM");
    }

    @ParameterizedTest
    @CsvSource({
        "3, ?, CODE_UNKNOWN document-class",
        "4, '         ', FIELD_MISSING document-number",
        "13, 1T0, FIELD_MALFORMED document-state",
        "16, 321305, FIELD_MALFORMED expiry-date",
        "16, 320230, FIELD_MALFORMED expiry-date",
        "22, STOLENXX, CODE_UNKNOWN reason",
        "30, 31AB05, FIELD_MALFORMED event-date",
        "36, ZL?KOV, RECORD_WRONG_ENCODING holder-surname",
        "102, 3, CODE_UNKNOWN holder-sex",
        "191, 'short     ', FIELD_MALFORMED record-ref",
        "201, 310000, FIELD_MALFORMED entered",
        "216, 9, CODE_UNKNOWN handling",
        "1, X9, CODE_UNKNOWN record-type",
    })
    void aBadFieldFailsItsRecordAndIsNamed(int at, String text, String verdict) {
        byte[] bad = passport();
        put(bad, at, text);

        assertThat(verdicts(Shipped.QVL, file.with(bad).with(seizure()).bytes()))
                .containsExactly(verdict, "good");
    }

    @Test
    void aControlOfTheSecondBlockIsTheMarkOfAWrongCharacterSet() {
        byte[] bad = passport();
        bad[40] = 0x04; // IBM870: U+009C

        assertThat(verdicts(Shipped.QVL, file.with(bad).bytes()))
                .containsExactly("RECORD_WRONG_ENCODING holder-surname");
    }

    @Test
    void aZeroByteIsNoCharacterOfXml() {
        byte[] bad = passport();
        bad[40] = 0x00;

        assertThat(verdicts(Shipped.QVL, file.with(bad).bytes())).containsExactly("FIELD_MALFORMED holder-surname");
    }

    @ParameterizedTest
    @CsvSource({
        "740812, <Date>1974-08-12</Date><DateQualityCode>CLAIMED</DateQualityCode>",
        "310812, <Date>2031-08-12</Date>",
        "320812, <Date>1932-08-12</Date>",
        "740800, <YearMonth>1974-08</YearMonth><DateQualityCode>CLAIMED</DateQualityCode><OriginalText>740800</OriginalText>",
        "740000, <Year>1974</Year><DateQualityCode>CLAIMED</DateQualityCode><OriginalText>740000</OriginalText>",
        "740101, <Year>1974</Year><DateQualityCode>ADMINISTRATIVE_DEFAULT</DateQualityCode><OriginalText>740101</OriginalText>",
        "000000, <UnknownReasonCode>UNKNOWN</UnknownReasonCode><OriginalText>000000</OriginalText>",
        "999999, <UnknownReasonCode>UNKNOWN</UnknownReasonCode><OriginalText>999999</OriginalText>",
    })
    void whatIsKnownOfABirthDateIsKeptAndNothingIsInvented(String written, String expected) {
        byte[] record = passport();
        put(record, 96, written);

        assertThat(document(Shipped.QVL, file.with(record).bytes())).contains("<BirthDate>" + expected);
    }

    @Test
    void aNameThatFillsItsBytesMayHaveBeenCutOff() {
        byte[] cut = passport();
        put(cut, 36, "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD");

        assertThat(document(Shipped.QVL, file.with(cut).bytes())).contains("<NameQualityCode>WEAK<");
        assertThat(document(Shipped.QVL, new QvlFile().with(passport()).bytes()))
                .contains("<NameQualityCode>CONFIRMED<");
    }

    @Test
    void theNationalLettersOfANameArrive() {
        assertThat(document(Shipped.QVL, file.with(passport()).bytes()))
                .contains("<FullNameText>ANNA ZLIKOVNÁŘOVÁ</FullNameText>");
    }

    @ParameterizedTest
    @CsvSource({
        "0000123456, <ValueDecimal>1234.56</ValueDecimal><CurrencyCode>QVD</CurrencyCode>, C",
        "0000123450, <ValueDecimal>1234.5</ValueDecimal>, F",
    })
    void aPackedAmountIsReadFromItsBytes(String digits, String expected, String sign) {
        byte[] record = seizure();
        packed(record, digits.substring(1) + sign);

        assertThat(document(Shipped.QVL, file.with(record).bytes())).contains(expected);
    }

    @Test
    void aPackedAmountOfZeroOrBlanksIsNoAmount() {
        byte[] zero = seizure();
        packed(zero, "000000000C");

        assertThat(document(Shipped.QVL, file.with(zero).bytes())).doesNotContain("ValueAmount");
        assertThat(document(Shipped.QVL, new QvlFile().with(seizure()).bytes())).doesNotContain("ValueAmount");
    }

    @ParameterizedTest
    @ValueSource(strings = {"000123456D", "00012345AC", "0001234567", "FFFFFFFFFF"})
    void aPackedAmountThatIsNoneFailsItsRecord(String halfBytes) {
        byte[] record = seizure();
        packed(record, halfBytes);

        assertThat(verdicts(Shipped.QVL, file.with(record).bytes())).containsExactly("FIELD_MALFORMED value");
    }

    private static void packed(byte[] record, String halfBytes) {
        byte[] octets = java.util.HexFormat.of().parseHex(halfBytes);
        System.arraycopy(octets, 0, record, 230, octets.length);
    }

    @ParameterizedTest
    @CsvSource({
        "310329, 2400, <DateTime>2031-03-30T00:00:00+01:00</DateTime>",
        "310330, 0415, <DateTime>2031-03-30T04:15:00+02:00</DateTime>",
        "310329, 9999, <PartialDate><Date>2031-03-29</Date>",
    })
    void aTimeKeepsItsOffsetAndAnUnknownOneLeavesTheDay(String day, String time, String expected) {
        byte[] record = seizure();
        put(record, 5, day + time);

        assertThat(document(Shipped.QVL, file.with(record).bytes())).contains("<Occurrence>" + expected);
    }

    @ParameterizedTest
    @CsvSource({"310330, 0230", "311026, 0230", "310330, 2401", "310330, 0460"})
    void aTimeThatTheClockSkippedOrShowedTwiceIsRefused(String day, String time) {
        byte[] record = seizure();
        put(record, 5, day + time);

        assertThat(verdicts(Shipped.QVL, file.with(record).bytes())).containsExactly("FIELD_MALFORMED moment");
    }

    @Test
    void theChecksOfAMachineReadableLineAreToldAndNotCorrected() {
        byte[] good = passport();
        put(good, 121, "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
        byte[] wrong = passport();
        put(wrong, 121, "L898902C37UTO7408122F1204159ZE184226B<<<<<10");

        assertThat(document(Shipped.QVL, file.with(good).bytes()))
                .contains("<MRZFieldCode>DOCUMENT_NUMBER</MRZFieldCode><CheckResultCode>VALID<")
                .contains("<MRZFieldCode>COMPOSITE</MRZFieldCode><CheckResultCode>VALID<")
                .doesNotContain("INVALID");
        assertThat(document(Shipped.QVL, new QvlFile().with(wrong).bytes()))
                .contains("<MRZFieldCode>DOCUMENT_NUMBER</MRZFieldCode><CheckResultCode>INVALID<")
                .contains("<NumberText>L898902C3</NumberText>");
    }
}
