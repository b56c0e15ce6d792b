package org.embassage.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.schemas.SharedSchema;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    private static final LocalDate TODAY = LocalDate.of(2031, 3, 30);

    static List<Draft> drafts(Feed feed, byte[] drop) {
        List<RecordSlice> slices = feed.slice(drop).fold(Feed.Slicing.Sliced::records, bad -> {
            throw new AssertionError(bad.toString());
        });
        List<Draft> drafts = new ArrayList<>();
        for (RecordSlice slice : slices) {
            drafts.add(feed.translate(slice).fold(Feed.Translation.Translated::draft, bad -> {
                throw new AssertionError(slice + " " + bad);
            }));
        }
        return drafts;
    }

    @Test
    void everyInventedRecordOfBothFeedsBecomesAValidDocumentOfItsKind() {
        for (long seed = 1; seed <= 10; seed++) {
            List<Draft> all = new ArrayList<>(drafts(Shipped.QVL, new QvlSample(seed, TODAY).drop(40, Set.of())));
            all.addAll(drafts(Shipped.QOS, new QosSample(seed, TODAY).drop(40, Set.of())));

            for (Draft draft : all) {
                assertThat(SharedSchema.validateDocument(draft.document()).violations())
                        .as(new String(draft.document(), StandardCharsets.UTF_8))
                        .isEmpty();
            }
            assertThat(all.stream().map(Draft::kind).distinct()).hasSize(4);
        }
    }

    @Test
    void aDropWithOneSpoiltRecordHasExactlyThatOneRefused() {
        for (LocalDate day = LocalDate.of(2026, 1, 1); day.getYear() < 2028; day = day.plusDays(13)) {
            List<String> qvl = Outcomes.verdicts(Shipped.QVL, new QvlSample(day.toEpochDay(), day).drop(20, Set.of(7)));
            List<String> qos = Outcomes.verdicts(Shipped.QOS, new QosSample(day.toEpochDay(), day).drop(20, Set.of()));

            assertThat(qvl.get(6)).isEqualTo("CODE_UNKNOWN reason");
            assertThat(qvl.stream().filter("good"::equals)).hasSize(19);
            assertThat(qos).containsOnly("good");
        }
    }

    @Test
    void theSameSeedMakesTheSameBytesAndAnotherSeedOthers() {
        assertThat(new QvlSample(1, TODAY).drop(4, Set.of()))
                .isEqualTo(new QvlSample(1, TODAY).drop(4, Set.of()))
                .isNotEqualTo(new QvlSample(2, TODAY).drop(4, Set.of()));
        assertThat(new QosSample(1, TODAY).drop(4, Set.of()))
                .isEqualTo(new QosSample(1, TODAY).drop(4, Set.of()))
                .isNotEqualTo(new QosSample(2, TODAY).drop(4, Set.of()));
    }

    @Test
    void paddingMakesDocumentsOfTheSizeThatBenchmarksUse() {
        for (Draft draft : drafts(Shipped.QOS, new QosSample(1, TODAY, 7500).drop(8, Set.of()))) {
            assertThat(draft.document().length).isBetween(8_000, 12_000);
            assertThat(SharedSchema.validateDocument(draft.document()).isValid())
                    .isTrue();
        }
    }
}
