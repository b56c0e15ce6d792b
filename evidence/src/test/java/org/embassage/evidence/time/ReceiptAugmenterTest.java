package org.embassage.evidence.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.embassage.evidence.receipt.ArchiveStamp;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.receipt.ReceiptReader.Problem;
import org.embassage.evidence.receipt.ReceiptReader.Reading;
import org.embassage.evidence.verify.World;
import org.embassage.evidence.zip.StrictZip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptAugmenterTest {

    private static final World WORLD = World.handedOver();
    private static final Receipt RELAYED = WORLD.receipts.get(1);

    @Test
    void aLongTermReceiptIsTheSameReceipt() {
        byte[] longTerm = WORLD.longTerm(RELAYED);

        Reading.Read read = read(longTerm);
        assertThat(read.receipt()).isEqualTo(RELAYED);
        assertThat(read.proof()).isEqualTo(WORLD.proof(RELAYED));
        assertThat(read.later().timeStamp()).isPresent();
        assertThat(read.later().certificates())
                .contains(WORLD.tsa.authority().certificate(), WORLD.qosAuthority.certificate());
        assertThat(read.later().revocationLists()).hasSize(3);
        Map<String, byte[]> before = entries(RELAYED.container());
        entries(longTerm).forEach((name, content) -> {
            if (before.containsKey(name) && !name.endsWith(".p7s")) {
                assertThat(content).as(name).isEqualTo(before.get(name));
            }
        });
    }

    @Test
    void theSamePartsGiveTheSameBytes() {
        byte[] token = WORLD.tsa.stamp(StampRequest.of(RELAYED).digest());
        var authorities = List.of(WORLD.qvlAuthority.certificate(), WORLD.qosAuthority.certificate());
        var reversed = List.of(WORLD.qosAuthority.certificate(), WORLD.qvlAuthority.certificate());

        byte[] once = ReceiptAugmenter.augment(RELAYED.container(), Optional.of(token), authorities, List.of());
        byte[] again = ReceiptAugmenter.augment(RELAYED.container(), Optional.of(token), reversed, List.of());

        assertThat(again).isEqualTo(once);
        assertThat(ReceiptAugmenter.augment(once, Optional.empty(), authorities, List.of()))
                .as("nothing new")
                .isEqualTo(once);
    }

    @Test
    void aTokenThatIsGivenReplacesTheOneThatSomebodyPutIn() {
        byte[] foreign = ReceiptAugmenter.augment(
                RELAYED.container(),
                Optional.of(WORLD.tsa.stamp(StampRequest.ofNote("another").digest())),
                List.of(),
                List.of());
        byte[] ours = WORLD.tsa.stamp(StampRequest.of(RELAYED).digest());

        byte[] augmented = ReceiptAugmenter.augment(foreign, Optional.of(ours), List.of(), List.of());

        assertThat(read(augmented).later().timeStamp())
                .hasValueSatisfying(token -> assertThat(token).isEqualTo(ours));
    }

    @Test
    void archiveTimeStampsCoverAllThatCameBefore() {
        byte[] once = WORLD.archived(RELAYED);
        byte[] twice = WORLD.archived(once);

        assertThat(read(once).receipt()).isEqualTo(RELAYED);
        assertThat(read(once).later().archives()).singleElement().matches(ArchiveStamp::coversAll);
        assertThat(read(twice).receipt()).isEqualTo(RELAYED);
        assertThat(read(twice).later().archives()).hasSize(2).allMatch(ArchiveStamp::coversAll);
        assertThat(read(twice).later().archives())
                .allSatisfy(archive -> assertThat(TimeStamp.check(archive.token(), archive.digest()))
                        .isInstanceOf(TimeStamp.Reading.Good.class));
        assertThat(read(ReceiptReader.withProof(twice, "later")).later().archives())
                .as("a later proof changes nothing")
                .allMatch(ArchiveStamp::coversAll);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "META-INF/signature001.p7s",
                "META-INF/ASiCManifest001.xml",
                "META-INF/ASiCArchiveManifest001.xml",
                "META-INF/timestamp001.tst",
                "evidence.xml",
                "checkpoints/own.txt",
                "checkpoints/peer.txt"
            })
    void anArchiveManifestThatLeavesAnEntryOutDoesNotCoverAll(String leftOut) {
        byte[] edited = edit(WORLD.archived(WORLD.archived(RELAYED)), entries -> {
            String manifest = new String(
                    entries.get("META-INF/ASiCArchiveManifest002.xml"), java.nio.charset.StandardCharsets.UTF_8);
            entries.put(
                    "META-INF/ASiCArchiveManifest002.xml",
                    manifest.replaceFirst(
                                    "(?s)  <asic:DataObjectReference URI=\"" + leftOut
                                            + "\".*?</asic:DataObjectReference>\n",
                                    "")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        });

        assertThat(read(edited).later().archives().get(0).coversAll()).isTrue();
        assertThat(read(edited).later().archives().get(1).coversAll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"META-INF/ASiCArchiveManifest001.xml", "META-INF/timestamp001.tst"})
    void anArchiveManifestComesWithItsTokenAndWithoutAGap(String removed) {
        byte[] halved = edit(WORLD.archived(WORLD.archived(RELAYED)), entries -> entries.remove(removed));

        assertThat(ReceiptReader.read(halved)).isEqualTo(new Reading.Unreadable(Problem.ENTRY_MISSING, removed));
    }

    @Test
    void whatAnArchiveTimeStampCoversIsNotAugmentedAnyMore() {
        byte[] archived = WORLD.archived(RELAYED);

        assertThatThrownBy(() -> ReceiptAugmenter.augment(archived, Optional.empty(), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenOverSomethingElseIsNoArchiveTimeStamp() {
        byte[] longTerm = WORLD.longTerm(RELAYED);
        byte[] other = WORLD.tsa.stamp(StampRequest.ofNote("another").digest());

        assertThatThrownBy(() -> ReceiptAugmenter.archive(longTerm, other))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNotDerIsNotPutIn() {
        assertThatThrownBy(() -> ReceiptAugmenter.augment(
                        RELAYED.container(), Optional.of(new byte[] {1, 2, 3}), List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Reading.Read read(byte[] container) {
        return (Reading.Read) ReceiptReader.read(container);
    }

    private static Map<String, byte[]> entries(byte[] container) {
        return StrictZip.read(container, ReceiptReader.MAX_BYTES).orElseThrow();
    }

    private static byte[] edit(byte[] container, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> entries = new LinkedHashMap<>(entries(container));
        change.accept(entries);
        return StrictZip.write(entries);
    }
}
