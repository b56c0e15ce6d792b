package org.embassage.exchange.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.embassage.exchange.wire.VoidNotice;
import org.junit.jupiter.api.Test;

class VoidSequencesTest {

    @Test
    void unusedNumbersBecomeTheFewestRanges() {
        assertThat(VoidSequences.ranges(List.of(9L, 3L, 4L, 5L, 7L)))
                .containsExactly(new VoidNotice(3, 5), new VoidNotice(7, 7), new VoidNotice(9, 9));
    }

    @Test
    void nothingUnusedIsNoRange() {
        assertThat(VoidSequences.ranges(List.of())).isEmpty();
    }
}
