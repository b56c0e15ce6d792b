package org.embassage.routes.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All content is SYNTHETIC. */
class DropFoldersTest {

    private static final FeedId FEED = new FeedId("border");
    private static final ExchangeId EXCHANGE = ExchangeId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
    private static final EvidenceId RECEIPT = EvidenceId.parse("01890a5d-ac96-774b-bcce-b302099a8058");

    @TempDir
    private Path drops;

    private final Uuids ids = new Uuids(Clock.systemUTC(), new SecureRandom());
    private Path feed;
    private DropFolders desk;

    @BeforeEach
    void desk() throws IOException {
        new FeedFolder(drops, FEED).prepare();
        feed = drops.resolve("border");
        desk = new DropFolders(drops);
    }

    private DropId claimed(String name, String content) throws IOException {
        DropId drop = ids.nextDropId();
        new FeedFolder(drops, FEED).claim(Files.writeString(feed.resolve(name), content), drop, Optional.empty());
        return drop;
    }

    private static ResultLine accepted(int index) {
        return new ResultLine(
                Optional.of(index), index, 0, Optional.empty(), Optional.of(EXCHANGE), Optional.of(RECEIPT));
    }

    private static ResultLine refused(Fault fault) {
        return new ResultLine(Optional.of(2), 3, 40, Optional.of(fault), Optional.empty(), Optional.of(RECEIPT));
    }

    @Test
    void theResultStandsBesideTheDropUnderItsName() throws IOException {
        DropId drop = claimed("a.csv", "SYNTHETIC");

        desk.report(FEED, drop, List.of(accepted(1), refused(Fault.inField(FaultCode.FIELD_MISSING, "surname"))));

        assertThat(feed.resolve("a.csv.result.csv")).hasContent("""
                        record_index;line;byte_offset;field;code;sentence;exchange_id;receipt_id
                        1;1;0;;;Accepted.;%s;%s
                        2;3;40;surname;EMB-1104;A field that must be there is empty.;;%s
                        """.formatted(EXCHANGE, RECEIPT, RECEIPT));
    }

    @Test
    void aRefusalByTheAgreementCitesTheClause() {
        String text = new String(
                ResultFile.of(List.of(refused(Fault.byClause(FaultCode.DENIED, "C-7")))),
                java.nio.charset.StandardCharsets.UTF_8);

        assertThat(text).contains("A Deny clause forbids this exchange. Clause C-7.");
    }

    @Test
    void noFieldIsTakenForAFormulaNorBreaksItsLine() {
        assertThat(ResultFile.safe("=cmd")).isEqualTo("'=cmd");
        assertThat(ResultFile.safe("@x;\"y\"")).isEqualTo("\"'@x;\"\"y\"\"\"");
        assertThat(ResultFile.safe("a\nb")).isEqualTo("\"a\nb\"");
        assertThat(ResultFile.safe("surname")).isEqualTo("surname");
    }

    @Test
    void aTakenDropLiesAmongTheTakenAndARefusedOneAmongTheRefused() throws IOException {
        DropId good = claimed("a.csv", "good");
        DropId bad = claimed("b.csv", "bad");

        desk.shelve(FEED, good, false);
        desk.shelve(FEED, bad, true);

        assertThat(feed.resolve("taken/a.csv")).hasContent("good");
        assertThat(feed.resolve("refused/b.csv")).hasContent("bad");
        assertThat(feed.resolve(".staging")).isEmptyDirectory();
    }

    @Test
    void aShelvedFileIsNeverReplaced() throws IOException {
        desk.shelve(FEED, claimed("a.csv", "first"), false);
        DropId second = claimed("a.csv", "second");

        desk.shelve(FEED, second, false);

        assertThat(feed.resolve("taken/a.csv")).hasContent("first");
        assertThat(feed.resolve("taken/a.csv." + second)).hasContent("second");
    }

    @Test
    void theResultOfAnEarlierDropOfTheSameNameIsKept() throws IOException {
        DropId first = claimed("a.csv", "first");
        desk.report(FEED, first, List.of(accepted(1)));
        desk.shelve(FEED, first, false);
        DropId second = claimed("a.csv", "second");

        desk.report(FEED, second, List.of(accepted(1), accepted(2)));

        assertThat(Files.readAllLines(feed.resolve("a.csv.result.csv"))).hasSize(3);
        assertThat(Files.readAllLines(feed.resolve("a.csv.before-" + second + ".result.csv")))
                .hasSize(2);
    }

    @Test
    void everyCallMayBeRepeated() throws IOException {
        DropId drop = claimed("a.csv", "SYNTHETIC");

        for (int i = 0; i < 2; i++) {
            desk.report(FEED, drop, List.of(accepted(1)));
        }
        for (int i = 0; i < 2; i++) {
            desk.giveReceipt(FEED, RECEIPT, new byte[] {1, 2, 3});
            desk.shelve(FEED, drop, false);
            desk.report(FEED, drop, List.of(accepted(1)));
        }

        assertThat(feed.resolve("receipts/" + RECEIPT + ".asice")).hasBinaryContent(new byte[] {1, 2, 3});
        try (Stream<Path> files = Files.list(feed)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("a.csv.result.csv", "receipts", "taken", "refused", ".staging");
        }
    }

    @Test
    void aShelvingCutOffBeforeItsLastLineIsFinishedByTheNextLook() throws IOException {
        DropId drop = claimed("a.csv", "SYNTHETIC");
        Path home = feed.resolve(".staging/" + drop);
        Files.move(home.resolve("a.csv"), feed.resolve("taken/a.csv"));

        desk.shelve(FEED, drop, false);

        assertThat(feed.resolve("taken/a.csv")).hasContent("SYNTHETIC");
        assertThat(new FeedFolder(drops, FEED).claims()).isEmpty();
        assertThat(home).doesNotExist();
    }

    @Test
    void aFolderThatCannotBeWrittenIsOurFaultAndNamesNoFile() throws IOException {
        DropId drop = claimed("a.csv", "SYNTHETIC");
        Files.createDirectories(feed.resolve(".a.csv.result.csv.tmp/in-the-way"));

        assertThatThrownBy(() -> desk.report(FEED, drop, List.of(accepted(1))))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.DROP_FOLDER_UNAVAILABLE))
                .hasNoCause()
                .hasMessageNotContaining("a.csv");
    }
}
