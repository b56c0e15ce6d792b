package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.embassage.evidence.Chance;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.verify.Comparison.Place;
import org.junit.jupiter.api.Test;

/** What both sides bring, laid beside each other. */
class ComparisonTest {

    private final World world = World.handedOver();

    @Test
    void theSameEvidenceOfBothSidesAgrees() {
        Comparison comparison = compare(world.bundle(), world.bundle());

        assertThat(comparison.verdict()).as(comparison.together().sentence()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(comparison.count(Place.BOTH)).isEqualTo(3);
        assertThat(comparison.sentence()).startsWith("Both files hold the same 3 receipts");
    }

    @Test
    void aReceiptThatOneSideDoesNotBringIsMissingAndNamed() {
        Comparison comparison = compare(world.bundle(), world.write(world.receipts.subList(0, 2), writer -> {}));

        assertThat(comparison.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(comparison.lines())
                .filteredOn(line -> line.place() == Place.ONLY_ONE)
                .singleElement()
                .satisfies(line -> assertThat(line.evidence().id())
                        .isEqualTo(world.receipts.get(2).id()));
        assertThat(comparison.sentence())
                .contains("(ContentHandover) by QOS-POL, which is not in the second: it had not come");
        assertThat(compare(world.write(world.receipts.subList(0, 2), writer -> {}), world.bundle())
                        .sentence())
                .contains("which is not in the first");
    }

    @Test
    void twoSignedStatementsUnderOneIdContradictEachOther() {
        Receipt kept = world.receipts.get(1);
        Receipt rewritten = world.sign(EvidenceEvent.RELAY_REJECTION, draft -> {
            draft.id = kept.id();
            draft.time = kept.evidence().time();
            draft.previous = kept.evidence().previous();
        });

        Comparison comparison = compare(
                world.write(world.receipts.subList(0, 2), writer -> {}),
                world.write(List.of(world.receipts.get(0), rewritten), writer -> {}));

        assertThat(comparison.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(comparison.count(Place.DIFFERENT)).isOne();
        assertThat(comparison.sentence())
                .startsWith("The two files contradict each other: each holds a signed receipt ");
    }

    @Test
    void contraryOutcomesInTwoFilesAreSeenOnlyTogether() {
        Receipt refused = world.sign(EvidenceEvent.RELAY_REJECTION, draft -> {});

        Comparison comparison = compare(
                world.write(world.receipts.subList(0, 2), writer -> {}),
                world.write(List.of(world.receipts.get(0), refused), writer -> {}));

        assertThat(comparison.one().verdict()).isNotEqualTo(Verdict.TOTAL_FAILED);
        assertThat(comparison.other().verdict()).isNotEqualTo(Verdict.TOTAL_FAILED);
        assertThat(comparison.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(comparison.together().of(Check.OUTCOME).status()).isEqualTo(Status.FAIL);
        assertThat(comparison.sentence())
                .startsWith("Each file alone is without fault, but they contradict each other: ");
    }

    @Test
    void aDamagedFileFailsAndIsNamed() {
        byte[] damaged = world.bundle();
        damaged[damaged.length / 2] ^= 1;

        Comparison comparison = compare(world.bundle(), damaged);

        assertThat(comparison.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(comparison.sentence()).startsWith("The second file fails. Do not rely on it: ");
        assertThat(compare(World.text("none"), World.text("neither")).verdict()).isEqualTo(Verdict.TOTAL_FAILED);
    }

    @Test
    void aDamagedReceiptIsNamedAsDamagedAndNothingIsPraised() {
        byte[] damaged = world.bundle();
        Receipt handedOver = world.receipts.get(2);
        String text = new String(damaged, StandardCharsets.ISO_8859_1);
        int container = text.indexOf(BundlePath.receipt(handedOver.id()) + "PK");
        damaged[text.indexOf("<HandoverBasis>", container) + 15] ^= 1;

        Comparison second = compare(world.bundle(), damaged);
        Comparison first = compare(damaged, world.bundle());

        assertThat(second.count(Place.DAMAGED_OTHER)).isOne();
        assertThat(second.count(Place.ONLY_ONE)).isZero();
        assertThat(second.sentence())
                .startsWith("The second file fails. ")
                .endsWith(" The first file holds receipt " + handedOver.id() + " (ContentHandover) by QOS-POL whole.");
        assertThat(second.together().sentence())
                .doesNotContain("genuine")
                .contains("what is whole in the one contradicts nothing that is whole in the other");
        assertThat(first.count(Place.DAMAGED_ONE)).isOne();
        assertThat(first.sentence()).contains(" The second file holds receipt ");
        assertThat(second.other().of(Check.COMPLETE).sentence())
                .contains("holds no ContentHandover")
                .contains("one that is here is damaged (check 4)")
                .doesNotContain("left out");
    }

    private Comparison compare(byte[] one, byte[] other) {
        return Comparison.of(
                one, other, world.trust(), World.policy(), Chance.current().now());
    }
}
