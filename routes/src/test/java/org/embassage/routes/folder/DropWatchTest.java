package org.embassage.routes.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.DropId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.Readiness;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.routes.Recording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All content is SYNTHETIC. */
class DropWatchTest {

    private static final FeedId FEED = new FeedId("border");
    private static final int MAX = 1000;
    private static final Readiness MARKED = new Readiness(Readiness.Way.MARKER, ".ok");
    private static final Duration QUIET = Duration.ofMillis(500);

    @TempDir
    private Path drops;

    private Path feed;
    private Instant now = Instant.parse("2031-11-25T10:00:00Z");
    private final Recording intake = new Recording();
    private DropWatch watch;

    @BeforeEach
    void watch() throws IOException {
        feed = Files.createDirectories(drops.resolve("border"));
        watch = newWatch();
    }

    private DropWatch newWatch() {
        return newWatch(Readiness.STILL);
    }

    private DropWatch newWatch(Readiness readiness) {
        Clock clock = new Clock() {
            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new DropWatch(drops, FEED, MAX, readiness, QUIET, intake, new Uuids(clock, new SecureRandom()), clock);
    }

    private void look() {
        watch.run();
        now = now.plus(QUIET);
        watch.run();
    }

    private List<String> names(String below) throws IOException {
        try (Stream<Path> files = Files.list(feed.resolve(below))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileIsTakenOnceItIsStill() throws IOException {
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");

        watch.run();
        assertThat(intake.taken).isEmpty();
        now = now.plus(QUIET);
        watch.run();
        watch.run();

        assertThat(intake.taken)
                .singleElement()
                .satisfies(taken -> assertThat(taken.content()).asString().isEqualTo("SYNTHETIC"));
        assertThat(feed.resolve("a.csv")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(feed.resolve(".staging"))).hasSize(3);
    }

    @Test
    void aFileThatGrowsIsLeftAloneUntilItHasStopped() throws IOException {
        Path file = feed.resolve("a.csv");
        Files.writeString(file, "half");
        watch.run();
        now = now.plus(QUIET);
        Files.writeString(file, "half and half");

        watch.run();

        assertThat(intake.taken).isEmpty();
        now = now.plus(QUIET);
        watch.run();
        assertThat(intake.taken).hasSize(1);
    }

    @Test
    void aFileRewrittenWithTheSameSizeIsNotStill() throws IOException {
        Path file = Files.writeString(feed.resolve("a.csv"), "one");
        Files.setLastModifiedTime(file, FileTime.from(now));
        watch.run();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.from(now.plusMillis(1)));
        now = now.plus(QUIET);

        watch.run();

        assertThat(intake.taken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".a.csv", "a.csv.tmp", "a.csv.part", "b.csv.result.csv"})
    void namesOfUnfinishedFilesAndOfResultsAreNotLookedAt(String name) throws IOException {
        Files.writeString(feed.resolve(name), "SYNTHETIC");

        look();

        assertThat(intake.calls).hasValue(0);
        assertThat(feed.resolve(name)).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b.csv", "Jane.Citizen\n.csv", "-rf", "ümlaut.csv", "a;b.csv", "a\u202egnp.csv"})
    void aHostileNameIsRefusedAndRepeatedNowhere(String name) throws IOException {
        assumeTrue(Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(name));
        Files.writeString(feed.resolve(name), "SYNTHETIC");

        look();

        assertThat(intake.refused).extracting(Recording.Refused::code).containsExactly(FaultCode.DROP_NAME_REFUSED);
        DropId drop = intake.refused.get(0).drop();
        DropFolders desk = new DropFolders(drops);
        desk.report(FEED, drop, List.<ResultLine>of());
        desk.shelve(FEED, drop, true);
        assertThat(names("refused")).containsExactly(drop.toString());
        assertThat(feed.resolve(drop + ".result.csv")).exists();
    }

    @Test
    void aNameOfTwoHundredAndOneCharactersIsRefusedAndOneShorterIsTaken() throws IOException {
        Files.writeString(feed.resolve("a".repeat(201)), "SYNTHETIC");
        Files.writeString(feed.resolve("a".repeat(200)), "SYNTHETIC");

        look();

        assertThat(intake.refused).hasSize(1);
        assertThat(intake.taken).hasSize(1);
    }

    @Test
    void aLinkIsRefusedAndItsTargetNotRead() throws IOException {
        Path secret = Files.writeString(drops.resolve("secret"), "SECRET");
        Files.createSymbolicLink(feed.resolve("a.csv"), secret);

        look();

        assertThat(intake.taken).isEmpty();
        assertThat(intake.refused)
                .extracting(Recording.Refused::code)
                .containsExactly(FaultCode.DROP_NOT_A_REGULAR_FILE);
        new DropFolders(drops).shelve(FEED, intake.refused.get(0).drop(), true);
        assertThat(feed.resolve("refused/a.csv")).isSymbolicLink();
        assertThat(secret).hasContent("SECRET");
    }

    @Test
    void aHardLinkIsRefused() throws IOException {
        Path secret = Files.writeString(drops.resolve("secret"), "SECRET");
        Files.createLink(feed.resolve("a.csv"), secret);

        look();

        assertThat(intake.taken).isEmpty();
        assertThat(intake.refused)
                .extracting(Recording.Refused::code)
                .containsExactly(FaultCode.DROP_NOT_A_REGULAR_FILE);
    }

    @Test
    void aPipeIsRefusedWithoutWaitingForAWriter() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", feed.resolve("a.csv").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();

        look();

        assertThat(intake.refused)
                .extracting(Recording.Refused::code)
                .containsExactly(FaultCode.DROP_NOT_A_REGULAR_FILE);
    }

    @Test
    void aDropThatAnotherRoundShelvedAfterTheIntakeFailedBlocksNoOther() throws IOException {
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        intake.brokenFor.set(1);
        assertThatThrownBy(this::look).isInstanceOf(Broken.class);
        new DropFolders(drops).shelve(FEED, DropId.parse(names(".staging").get(0)), true);
        Files.writeString(feed.resolve("b.csv"), "OTHER");

        look();

        assertThat(intake.taken)
                .singleElement()
                .satisfies(taken -> assertThat(taken.content()).asString().isEqualTo("OTHER"));
    }

    @Test
    void aDropThatCannotBeFiledNowKeepsNoOtherWaiting() throws IOException {
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        Files.writeString(feed.resolve("b.csv"), "SYNTHETIC");
        intake.brokenBy = FaultCode.DROP_FOLDER_UNAVAILABLE;
        intake.brokenFor.set(1);

        look();

        assertThat(intake.taken).hasSize(1);
        watch.run();
        assertThat(intake.calls).as("tried again only when its time has come").hasValue(2);
        now = now.plusSeconds(1);
        watch.run();
        assertThat(intake.taken).hasSize(2);
    }

    @Test
    void aDropThatFailsAgainAndAgainIsTriedLessAndLessOften() throws IOException {
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        intake.brokenBy = FaultCode.DROP_FOLDER_UNAVAILABLE;
        intake.brokenFor.set(Integer.MAX_VALUE);
        watch.run();

        for (int second = 0; second < 3600; second++) {
            now = now.plusSeconds(1);
            watch.run();
        }

        assertThat(intake.calls.get()).isBetween(10, 30);
        assertThat(names(".staging")).hasSize(1);
    }

    @Test
    void aFileThatMayNotBeReadIsRefusedAndSaidSo() throws IOException {
        Path file = Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        DropReader shutOut = new DropReader(MAX, path -> {
            throw new AccessDeniedException(path.toString()); // as the system says to an account that is not root
        });
        FeedFolder.Claim claim = new FeedFolder.Claim(DropId.parse("0193c0de-0000-7000-8000-000000000001"), file);

        assertThat(shutOut.read(claim)).isEqualTo(new DropReader.Reading.Refused(FaultCode.DROP_NOT_PERMITTED));
        assertThat(new DropReader(MAX).read(claim)).isInstanceOf(DropReader.Reading.Content.class);
    }

    @Test
    void aFolderIsRefused() throws IOException {
        Files.createDirectories(feed.resolve("a.csv/inner"));

        look();

        assertThat(intake.refused)
                .extracting(Recording.Refused::code)
                .containsExactly(FaultCode.DROP_NOT_A_REGULAR_FILE);
    }

    @Test
    void aFileOfTheLargestSizeIsTakenAndOneByteMoreIsRefused() throws IOException {
        Files.write(feed.resolve("fits.csv"), new byte[MAX]);
        Files.write(feed.resolve("large.csv"), new byte[MAX + 1]);

        look();

        assertThat(intake.taken)
                .singleElement()
                .satisfies(taken -> assertThat(taken.content()).hasSize(MAX));
        assertThat(intake.refused).extracting(Recording.Refused::code).containsExactly(FaultCode.DROP_TOO_LARGE);
    }

    @Test
    void aDropThatTheIntakeCouldNotTakeKeepsItsIdAlsoAfterARestart() throws IOException {
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        intake.brokenFor.set(2);
        watch.run();
        now = now.plus(QUIET);
        assertThatThrownBy(() -> watch.run()).isInstanceOf(Broken.class);
        String claimed = names(".staging").get(0);
        assertThatThrownBy(() -> watch.run()).isInstanceOf(Broken.class);

        watch = newWatch();
        watch.run();

        assertThat(intake.taken).extracting(taken -> taken.drop().toString()).containsExactly(claimed);
    }

    @Test
    void aDropThatIsNotYetShelvedIsTakenAgainAfterARestartUnderTheSameId() throws IOException {
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        look();

        watch = newWatch();
        look();

        assertThat(intake.taken).hasSize(2);
        assertThat(intake.taken.get(1).drop()).isEqualTo(intake.taken.get(0).drop());
    }

    @Test
    void aRefusedNameIsStillRefusedAfterARestart() throws IOException {
        Files.writeString(feed.resolve("a b.csv"), "SYNTHETIC");
        look();

        watch = newWatch();
        look();

        assertThat(intake.taken).isEmpty();
        assertThat(intake.refused).hasSize(2);
    }

    @Test
    void aClaimBegunButNotMadeLeavesTheDropWhereItIs() throws IOException {
        Files.createDirectories(feed.resolve(".staging/01890a5d-ac96-774b-bcce-b302099a8057"));
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");

        look();

        assertThat(intake.taken).hasSize(1);
        assertThat(feed.resolve(".staging/01890a5d-ac96-774b-bcce-b302099a8057"))
                .doesNotExist();
    }

    @Test
    void oneBadDropDoesNotHoldUpAGoodOne() throws IOException {
        Files.createSymbolicLink(feed.resolve("a.csv"), Path.of("/dev/zero"));
        Files.writeString(feed.resolve("b.csv"), "SYNTHETIC");

        look();

        assertThat(intake.taken).hasSize(1);
        assertThat(intake.refused).hasSize(1);
    }

    @Test
    void whereFilesAreRenamedAFileIsTakenAsSoonAsItIsSeen() throws IOException {
        watch = newWatch(new Readiness(Readiness.Way.RENAMED, ".done"));
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        Files.writeString(feed.resolve("b.csv.part"), "SYNTHETIC");

        watch.run();

        assertThat(intake.taken).hasSize(1);
        assertThat(feed.resolve("b.csv.part")).exists();
    }

    @Test
    void whereFilesAreMarkedAFileWaitsForItsMarkerHoweverStillItIs() throws IOException {
        watch = newWatch(MARKED);
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        Files.writeString(feed.resolve("b.csv.ok"), "");
        Files.createSymbolicLink(feed.resolve("a.csv.ok"), feed.resolve("b.csv.ok"));
        look();
        look();
        assertThat(intake.calls).hasValue(0);

        Files.delete(feed.resolve("a.csv.ok"));
        Files.writeString(feed.resolve("a.csv.ok"), "");
        watch.run();

        assertThat(intake.taken).singleElement().satisfies(taken -> {
            new DropFolders(drops).shelve(FEED, taken.drop(), false);
            assertThat(names("taken")).containsExactly("a.csv", "a.csv.ok");
        });
        assertThat(names("")).contains("b.csv.ok").doesNotContain("a.csv", "a.csv.ok");
        assertThat(names(".staging")).isEmpty();
    }

    @Test
    void aNextFileOfTheNameWaitsForAMarkerOfItsOwn() throws IOException {
        watch = newWatch(MARKED);
        Files.writeString(feed.resolve("a.csv"), "ONE");
        Files.writeString(feed.resolve("a.csv.ok"), "");
        watch.run();
        Files.writeString(feed.resolve("a.csv"), "TWO, HALF");

        watch = newWatch(MARKED);
        look();

        assertThat(intake.taken)
                .allSatisfy(taken -> assertThat(taken.content()).asString().isEqualTo("ONE"));
        assertThat(feed.resolve("a.csv")).exists();
    }

    @Test
    void aMarkerThatWasClaimedWithoutItsFileGoesBack() throws IOException {
        Path home = Files.createDirectories(feed.resolve(".staging/01890a5d-ac96-774b-bcce-b302099a8057"));
        Files.writeString(home.resolve(".marker-a.csv.ok"), "");
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        watch = newWatch(MARKED);

        watch.run();

        assertThat(intake.taken).hasSize(1);
        assertThat(home).doesNotExist();
    }

    @Test
    void aClaimThatHasItsMarkerIsTakenAgainAfterARestart() throws IOException {
        watch = newWatch(MARKED);
        Files.writeString(feed.resolve("a.csv"), "SYNTHETIC");
        Files.writeString(feed.resolve("a.csv.ok"), "");
        watch.run();

        watch = newWatch(MARKED);
        watch.run();

        assertThat(intake.taken)
                .hasSize(2)
                .extracting(Recording.Taken::drop)
                .containsOnly(intake.taken.get(0).drop());
    }
}
