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
}
