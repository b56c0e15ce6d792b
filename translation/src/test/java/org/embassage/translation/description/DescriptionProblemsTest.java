package org.embassage.translation.description;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.embassage.exchange.domestic.Readiness;
import org.embassage.translation.Profiles;
import org.embassage.translation.Shipped;
import org.embassage.translation.feed.FeedDescription;
import org.embassage.translation.handover.HandOverDescription;
import org.embassage.translation.mapping.Mapping.Lineage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionProblemsTest {

    @TempDir
    Path home;

    private Path feed;
    private Path format;

    @BeforeEach
    void aHomeWithShippedDescriptions() {
        Profiles.copy("qvl", home);
        Profiles.copy("qos", home);
        feed = home.resolve("feeds/border-guard.yaml");
        format = home.resolve("formats/qos-csv.yaml");
    }

    private static void edit(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private List<String> problems() {
        return FeedDescription.load(feed)
                .fold(
                        good -> List.of(),
                        found -> found.stream()
                                .map(problem -> problem.key() + " " + problem.what())
                                .toList());
    }

    private Readiness readiness(String keys) throws IOException {
        edit(feed, "status: EXERCISE", "status: EXERCISE\n" + keys);
        return FeedDescription.load(feed).fold(good -> good.feed().readiness(), found -> {
            throw new AssertionError(found.toString());
        });
    }

    @Test
    void howAFileSaysThatItIsCompleteIsDescribed() throws IOException {
        assertThat(readiness("")).isEqualTo(Readiness.STILL);
        assertThat(readiness("complete-when: MARKER").marks("a.csv.done")).isTrue();
    }

    @Test
    void theMarkersEndingIsDescribed() throws IOException {
        Readiness readiness = readiness("complete-when: MARKER\nmarker: .ok");

        assertThat(readiness.marks("a.csv.ok")).isTrue();
        assertThat(readiness.marks("a.csv.done")).isFalse();
        assertThat(readiness.marks(".ok")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "marker: .done",
                "complete-when: STILL\nmarker: .done",
                "complete-when: MARKER\nmarker: done",
                "complete-when: MARKER\nmarker: .part",
                "complete-when: MARKER\nmarker: ./done"
            })
    void aMarkerThatIsNotLookedAtOrMarksNothingIsAMistake(String keys) throws IOException {
        edit(feed, "status: EXERCISE", "status: EXERCISE\n" + keys);

        assertThat(problems()).singleElement().asString().startsWith("marker ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "status: EXERCISE # status: EXERCISES # status",
                "status: EXERCISE # statuss: EXERCISE # statuss",
                "recipients: [QOS-POL] # recipients: [qos] # recipients",
                "charset: IBM870 # charset: IBM9999 # file.charset",
                "charset: IBM870 # charset: UTF-8 # file.charset",
                "record-bytes: 240 # record-bytes: many # file.record-bytes",
                "kind: DocumentAlert # kind: PaperAlert # records[2].kind",
                "type: code, table: document-class, required: true # type: code, table: no-such, required: true # records[2].fields[1].table",
                "{name: mrz, at: 121, length: 44 # {name: mrz, at: 230, length: 44 # records[2].fields[14].length",
                "{name: mrz, at: 121 # {name: reason, at: 121 # records[2].fields[14].name",
                "pattern: yyMMddHHmm # pattern: yyMMdd # records[4].fields[3].pattern",
                "zone: Europe/Prague # zone: Europe/Nowhere # records[4].fields[3].zone",
                "ReasonCode: {field: reason} # Reason: {field: reason} # records[2].document.Reason",
                "ReasonCode: {field: reason} # ReasonCode: {field: raison} # records[2].document.ReasonCode.field",
                "ReasonCode: {field: reason} # ReasonCode: {fields: reason} # records[2].document.ReasonCode.fields",
                "PurposeCode: DETECT # TLPCode: RED # records[3].document.Governance.PurposeCode",
                "plus: P2Y # plus: two years # governance.RetainUntilDate.plus",
                "{field: sex, empty: NOT_ASKED} # {field: sex, empty: BORED} # records[1].document.Person.SexCode.empty",
                "absent: {\"9\": UNKNOWN} # absent: {\"9\": SECRET} # records[1].fields[5].absent",
                "offence: {file: offences.csv} # offence: {file: ../offences.csv} # tables.offence",
                "offence: {file: offences.csv} # offence: {file: missing.csv} # ",
            })
    void eachMistakeIsReportedAtItsKey(String from, String to, String key) throws IOException {
        assertThat(problems()).isEmpty();

        edit(feed, from, to);

        String expected = key == null ? "" : key;
        assertThat(problems()).anyMatch(problem -> problem.startsWith(expected + " "));
    }

    @Test
    void allProblemsAreReportedTogether() throws IOException {
        edit(feed, "status: EXERCISE", "status: EXERCISES");
        edit(feed, "kind: DocumentAlert", "kind: PaperAlert");
        Files.writeString(home.resolve("feeds/colours.csv"), "from;to\nBG;BEIGE\nBG;BLACK\nbroken\n");

        assertThat(problems())
                .anyMatch(problem -> problem.startsWith("status"))
                .anyMatch(problem -> problem.startsWith("records[2].kind"))
                .anyMatch(problem -> problem.startsWith("line 3"))
                .anyMatch(problem -> problem.startsWith("line 4"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "---\n",
                "feed:\nstatus:\nfile:\nrecords:\n",
                "? \n: x\n",
                "a: b\n---\nc: d\n",
                "- a\n- b\n",
                "feed: [",
                "feed: a\nfeed: b\n",
                "feed: &a {x: *a}\n",
                "feed: !!java.net.URL [http://localhost]\n",
                "a: &a [x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
            })
    void aFileThatIsNoDescriptionIsAProblemAndNeverAnException(String text) throws IOException {
        Files.writeString(feed, text);

        assertThat(problems()).isNotEmpty();
    }

    @Test
    void aFileThatIsMissingOrNoUtf8IsAProblem() throws IOException {
        Files.write(feed, new byte[] {'f', (byte) 0xFF});
        assertThat(problems()).anyMatch(problem -> problem.contains("not UTF-8"));

        Files.delete(feed);
        assertThat(problems()).anyMatch(problem -> problem.contains("no such regular file"));
    }

    @Test
    void codesThatLookLikeOtherThingsStayText() throws IOException {
        edit(feed, "sex: {\"1\": M, \"2\": F}", "sex: {01: M, NO: F, 2: X}");

        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "path: TheftDate} # path: TheftDay} # columns[38].path",
                "output: csv # output: pdf # output",
                "table: stav # table: stavy # columns[4].table",
                "path: Header/ExchangeID # path: Header/PayloadSalt # columns[2].path",
                "path: ReasonCode, table: duvod-vozidlo # path: Vehicle, table: duvod-vozidlo # .path",
            })
    void aFormatIsCheckedAgainstTheSchema(String from, String to, String key) throws IOException {
        edit(format, from, to);

        List<Problem> problems = HandOverDescription.load(format).fold(good -> List.of(), found -> found);

        assertThat(problems).anyMatch(problem -> problem.key().endsWith(key));
    }

    @Test
    void theLineageTellsWhichGovernanceValuesTheRowLacked() {
        List<Lineage> lineage = Shipped.QVL_DESCRIPTION.lineage().getOrDefault("PersonAlert", List.of());

        assertThat(lineage)
                .contains(new Lineage("Governance/LegalBasisRef", "constant"))
                .contains(new Lineage("Governance/PurposeCode", "lookup purpose-of-alert by field alert-type"))
                .contains(new Lineage("Governance/RetainUntilDate", "field entered plus P2Y"))
                .contains(new Lineage("Governance/SourceEvaluationCode", "field source"));
    }

    @Test
    void recordTypesMayHaveRecipientsOfTheirOwn() throws IOException {
        edit(feed, "kind: DocumentAlert", "kind: DocumentAlert\n    recipients: [QOS-POL, QOS-BP]");

        var described = FeedDescription.load(feed).orThrow().feed();

        assertThat(described.recipients("DocumentAlert"))
                .extracting(Object::toString)
                .containsExactly("QOS-BP", "QOS-POL");
        assertThat(described.recipients("PersonAlert"))
                .extracting(Object::toString)
                .containsExactly("QOS-POL");
    }
}
