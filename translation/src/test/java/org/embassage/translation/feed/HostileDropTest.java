package org.embassage.translation.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.translation.Outcomes.refusal;
import static org.embassage.translation.Outcomes.verdicts;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.SharedSchema;
import org.embassage.translation.QosFile;
import org.embassage.translation.Shipped;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.Test;

class HostileDropTest {

    private static final LocalDate TODAY = LocalDate.of(2031, 3, 30);
    private static final int MEGABYTES_10 = 10_000_000;

    private final QosFile file = new QosFile();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRowOfTenMegabytesFailsAlone() {
        byte[] huge = utf8("OSOBA;\"" + "x".repeat(MEGABYTES_10) + "\";");

        assertThat(verdicts(
                        Shipped.QOS, file.covered(huge).with(QosFile.person()).bytes()))
                .containsExactly("RECORD_MALFORMED", "good");
    }

    @Test
    void aCellLongerThanAnyValueFailsItsRow() {
        var longName = QosFile.person();
        longName.put("příjmení", "A".repeat(5_000));
        var longNote = QosFile.person();
        longNote.put("poznámka", "A".repeat(10_001));
        var justShort = QosFile.person();
        justShort.put("poznámka", "A".repeat(10_000));

        assertThat(verdicts(
                        Shipped.QOS,
                        file.with(longName).with(longNote).with(justShort).bytes()))
                .containsExactly("FIELD_MALFORMED surname-latin", "FIELD_MALFORMED note", "good");
    }

    @Test
    void aRowOfAMillionColumnsFailsAlone() {
        byte[] wide = utf8(";".repeat(1_000_000));

        assertThat(verdicts(
                        Shipped.QOS, file.covered(wide).with(QosFile.person()).bytes()))
                .containsExactly("RECORD_MALFORMED", "good");
    }

    @Test
    void aQuoteThatIsNeverClosedRefusesTheDropAndNotARowAfterIt() {
        byte[] open = utf8("OSOBA;\"2031-00017;");

        assertThat(refusal(
                        Shipped.QOS,
                        file.with(QosFile.person())
                                .covered(open)
                                .with(QosFile.person())
                                .bytes()))
                .isEqualTo(FaultCode.DROP_TRUNCATED);
    }

    @Test
    void twoOpenQuotesThatSwallowARowChangeTheCount() {
        byte[] open = utf8("OSOBA;\"2031-00017;");

        assertThat(refusal(
                        Shipped.QOS,
                        file.covered(open).covered(open).with(QosFile.person()).bytes()))
                .isEqualTo(FaultCode.DROP_COUNT_MISMATCH);
    }

    @Test
    void aFileOfNothingButQuotesOrLineEndsIsRefused() {
        String header = QosFile.header();

        assertThat(refusal(Shipped.QOS, utf8(header + "\"".repeat(MEGABYTES_10))))
                .isEqualTo(FaultCode.DROP_TRUNCATED);
        assertThat(refusal(Shipped.QOS, utf8(header + "\r\n".repeat(MEGABYTES_10 / 2))))
                .isEqualTo(FaultCode.DROP_TOO_LARGE);
        assertThat(refusal(Shipped.QOS, utf8("\uFEFF" + ";".repeat(MEGABYTES_10))))
                .isEqualTo(FaultCode.DROP_UNREADABLE);
    }

    @Test
    void aQuoteInsideACellOrTextAfterAClosingQuoteFailsTheRowAlone() {
        assertThat(verdicts(
                        Shipped.QOS,
                        file.covered(utf8("OS\"OBA;" + ";".repeat(58)))
                                .covered(utf8("\"OSOBA\"x;" + ";".repeat(58)))
                                .with(QosFile.person())
                                .bytes()))
                .containsExactly("RECORD_MALFORMED", "RECORD_MALFORMED", "good");
    }

    @Test
    void markupInAFieldStaysText() {
        var person = QosFile.person();
        person.put("poznámka", "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>&x;</StatementText>");

        assertThat(org.embassage.translation.Outcomes.document(
                        Shipped.QOS, file.with(person).bytes()))
                .contains("&lt;!DOCTYPE a [&lt;!ENTITY x SYSTEM &quot;file:///etc/passwd&quot;&gt;]&gt;&amp;x;");
    }

    @Test
    void whateverChangesInAFileTheAnswerIsAResultThatRepeatsNothingOfIt() {
        Random random = new Random(20310330);
        for (int round = 0; round < 1500; round++) {
            boolean qvl = round % 2 == 0;
            Feed feed = qvl ? Shipped.QVL : Shipped.QOS;
            byte[] drop =
                    qvl ? new QvlSample(round, TODAY).drop(4, Set.of()) : new QosSample(round, TODAY).drop(4, Set.of());
            judge(feed, spoilt(drop, random));
        }
    }

    private static byte[] spoilt(byte[] drop, Random random) {
        byte[] spoilt = drop.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
        }
        return spoilt;
    }

    private static void judge(Feed feed, byte[] drop) {
        List<RecordSlice> slices = feed.slice(drop).fold(Feed.Slicing.Sliced::records, bad -> {
            nothingOf(drop, bad.fault());
            return List.of();
        });
        for (RecordSlice slice : slices) {
            feed.translate(slice)
                    .fold(
                            good -> SharedSchema.validateDocument(good.draft().document())
                                    .isValid(),
                            bad -> nothingOf(drop, bad.fault()));
        }
    }

    /** A field is named by the description's words, never by the file's. */
    private static boolean nothingOf(byte[] drop, Fault fault) {
        String field = fault.field().orElse("none");
        assertThat(field).matches("[a-z0-9,-]{1,200}");
        return drop.length > 0;
    }

    @Test
    void fieldsThatAreSpoiltBehindARightChecksumNeverBreakTheTranslation() {
        Random random = new Random(7);
        byte[] clean = new QvlSample(5, TODAY).drop(4, Set.of());
        for (int round = 0; round < 3000; round++) {
            byte[] record = java.util.Arrays.copyOfRange(clean, 240 * (1 + round % 4), 240 * (2 + round % 4));
            int from = 2 + random.nextInt(230);
            for (int i = from; i < Math.min(from + 1 + random.nextInt(6), 235); i++) {
                record[i] = (byte) random.nextInt(256);
            }
            RecordSlice slice = new RecordSlice(1, 1, 240, org.embassage.translation.QvlFile.sealed(record));

            Feed.Translation translation = Shipped.QVL.translate(slice);

            translation.fold(
                    good -> SharedSchema.validateDocument(good.draft().document())
                            .isValid(),
                    bad -> nothingOf(record, bad.fault()));
        }
    }
}
