package org.embassage.routes.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All content is SYNTHETIC. */
class HandoverFolderTest {

    private static final byte[] ONE = "SYNTHETIC one".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TWO = "SYNTHETIC two".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path parent;

    private Path folder;
    private HandoverFolder handover;

    @BeforeEach
    void folder() {
        folder = parent.resolve("handover");
        handover = restarted();
    }

    private HandoverFolder restarted() {
        return new HandoverFolder(folder, parent.resolve("data/hand-over.folder"));
    }

    private static void assertBroken(FaultCode fault, ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(fault));
    }

    @Test
    void whatIsStagedIsNotSeenAndWhatIsPublishedIs() throws IOException {
        handover.stage("a.xml", ONE);

        assertThat(folder.resolve("a.xml")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(".staging"))))
                .isEqualTo("rwx------");

        handover.publish("a.xml");

        assertThat(folder.resolve("a.xml")).hasBinaryContent(ONE);
        assertThat(folder.resolve(".staging/a.xml")).doesNotExist();
        assertThat(handover.basis()).isEqualTo(HandoverBasis.WRITTEN);
    }

    @Test
    void stagingAgainReplaces() {
        handover.stage("a.xml", ONE);
        handover.stage("a.xml", TWO);

        handover.publish("a.xml");

        assertThat(folder.resolve("a.xml")).hasBinaryContent(TWO);
    }

    @Test
    void afterACrashBetweenTheTwoTheRestartPublishes() {
        handover.stage("a.xml", ONE);

        restarted().publish("a.xml");

        assertThat(folder.resolve("a.xml")).hasBinaryContent(ONE);
    }

    @Test
    void publishingAgainDoesNothingEvenIfTheFileWasCollected() throws IOException {
        handover.stage("a.xml", ONE);
        handover.publish("a.xml");
        Files.delete(folder.resolve("a.xml"));

        restarted().publish("a.xml");

        assertThat(folder.resolve("a.xml")).doesNotExist();
    }

    @Test
    void aLinkLaidInStagingIsNotFollowed() throws IOException {
        Path victim = Files.write(parent.resolve("victim"), ONE);
        Files.createDirectories(folder.resolve(".staging"));
        Files.createSymbolicLink(folder.resolve(".staging/a.xml"), victim);

        handover.stage("a.xml", TWO);
        handover.publish("a.xml");

        assertThat(victim).hasBinaryContent(ONE);
        assertThat(folder.resolve("a.xml")).isRegularFile().hasBinaryContent(TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.xml", "/a.xml", "a/b.xml", "", ".a.xml", "a\u0000.xml", "a\n.xml"})
    void aNameOfMoreThanOnePlainSegmentIsAnErrorOfTheCaller(String name) {
        assertThatThrownBy(() -> handover.stage(name, ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> handover.publish(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFolderThatCannotBeMadeIsOurFaultAndComesAgain() throws IOException {
        Files.write(folder, ONE);
        assertThatThrownBy(() -> handover.stage("a.xml", ONE))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> assertThat(broken.fault()).isEqualTo(FaultCode.HANDOVER_TARGET_UNAVAILABLE));
        Files.delete(folder);

        handover.stage("a.xml", ONE);
        handover.publish("a.xml");

        assertThat(folder.resolve("a.xml")).exists();
    }

    @Test
    void aVolumeThatIsNotMountedIsNotWrittenToAndNothingPassesForPublished() throws IOException {
        handover.stage("a.xml", ONE);
        Path volume = Files.move(folder, parent.resolve("volume"));
        Files.createDirectories(folder); // the mount point

        for (HandoverFolder each : List.of(handover, restarted())) {
            assertBroken(FaultCode.HANDOVER_TARGET_CHANGED, () -> each.publish("a.xml"));
            assertBroken(FaultCode.HANDOVER_TARGET_CHANGED, () -> each.stage("b.xml", TWO));
            assertThat(each.state()).contains(FaultCode.HANDOVER_TARGET_CHANGED);
        }
        assertThat(folder).isEmptyDirectory();

        Files.delete(folder);
        Files.move(volume, folder);
        handover.publish("a.xml");
        assertThat(folder.resolve("a.xml")).hasBinaryContent(ONE);
        assertThat(handover.state()).isEmpty();
    }

    @Test
    void aFolderThatIsGoneIsNotMadeAgainUntilAPersonSaysSo() throws IOException {
        handover.stage("a.xml", ONE);
        handover.publish("a.xml");
        Files.move(folder, parent.resolve("elsewhere"));

        assertBroken(FaultCode.HANDOVER_TARGET_CHANGED, () -> handover.stage("b.xml", TWO));
        assertThat(folder).doesNotExist();

        Files.delete(parent.resolve("data/hand-over.folder"));
        handover.stage("b.xml", TWO);
        handover.publish("b.xml");
        assertThat(folder.resolve("b.xml")).hasBinaryContent(TWO);
    }

    @Test
    void anotherFolderByConfigurationIsUsedForTheFirstTime() throws IOException {
        handover.stage("a.xml", ONE);
        handover.publish("a.xml");
        Path other = parent.resolve("other");
        HandoverFolder moved = new HandoverFolder(other, parent.resolve("data/hand-over.folder"));

        moved.stage("b.xml", TWO);
        moved.publish("b.xml");

        assertThat(other.resolve("b.xml")).exists();
    }

    @Test
    void oneThatCannotBePublishedDoesNotMakeTheFolderUnusable() throws IOException {
        handover.stage("a.xml", ONE);
        Files.createDirectories(folder.resolve("a.xml/inner"));

        assertBroken(FaultCode.HANDOVER_TARGET_UNAVAILABLE, () -> handover.publish("a.xml"));
        assertThat(handover.usable()).isTrue();
    }
}
