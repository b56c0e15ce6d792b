package org.embassage.routes.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
        handover = new HandoverFolder(folder);
    }

    @Test
    void whatIsStagedIsNotSeenAndWhatIsPublishedIs() throws IOException {
        handover.stage("a.xml", ONE);

        assertThat(folder.resolve("a.xml")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(".staging"))))
                .isEqualTo("rwx------");

        handover.publish("a.xml");

        assertThat(folder.resolve("a.xml")).hasBinaryContent(ONE);
        assertThat(folder.resolve(".staging")).isEmptyDirectory();
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

        new HandoverFolder(folder).publish("a.xml");

        assertThat(folder.resolve("a.xml")).hasBinaryContent(ONE);
    }

    @Test
    void publishingAgainDoesNothingEvenIfTheFileWasCollected() throws IOException {
        handover.stage("a.xml", ONE);
        handover.publish("a.xml");
        Files.delete(folder.resolve("a.xml"));

        new HandoverFolder(folder).publish("a.xml");

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
}
