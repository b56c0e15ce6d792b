package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.keep.WatchSequences;
import org.embassage.exchange.ledger.SequenceGaps;
import org.embassage.exchange.ledger.SequenceGaps.Gap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recipient knows of numbers that did not come. All content is SYNTHETIC. */
class SequenceGapsTest {

    @TempDir
    private Path folder;

    private Federation federation;
    private Gateway velmark;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private List<Gap> gaps() {
        return new SequenceGaps(federation.gateway(POLICE).register).of(BORDER_GUARD, federation.clock.instant());
    }

    private void later() {
        federation.clock.forward(SequenceGaps.PATIENCE.plusSeconds(1));
    }

    /** The first drop's messages to the police are lost on the way, the second's arrive. */
    private List<Gateway.Letter> loseTheFirst() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        List<Gateway.Letter> lost = new ArrayList<>(velmark.post);
        velmark.post.clear();
        velmark.drop(List.of(Documents.vehicles(2).get(1)));
        velmark.dispatch();
        federation.deliver();
        return lost;
    }

    @Test
    void aMessageThatIsLostIsMissedAfterAWhileAndNotAnyMoreWhenItComes() {
        List<Gateway.Letter> lost = loseTheFirst();
        assertThat(gaps()).as("it may have been overtaken").isEmpty();

        later();
        assertThat(gaps()).containsExactly(new Gap(BORDER_GUARD, 1, Optional.empty()));

        lost.stream().filter(letter -> letter.to().equals(POLICE)).forEach(federation.gateway(POLICE)::accept);
        assertThat(gaps()).isEmpty();
    }

    @Test
    void theWatchTellsWhatIsMissingAndForgetsWhatCame() {
        List<Gateway.Letter> lost = loseTheFirst();
        later();
        Gateway police = federation.gateway(POLICE);
        WatchSequences watch = new WatchSequences(police.peers, police.register, federation.clock);

        watch.run();
        assertThat(watch.missing()).hasSize(1);

        lost.stream().filter(letter -> letter.to().equals(POLICE)).forEach(police::accept);
        watch.run();
        assertThat(watch.missing()).isEmpty();
    }

    @Test
    void aRefusedMessageIsNoGap() {
        federation.agree(federation.agreementText());
        velmark = federation.gateway(BORDER_GUARD);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        federation.clock.forward(Duration.ofDays(2)); // it expires on its way
        federation.deliver();
        velmark.drop(List.of(Documents.vehicles(2).get(1)));
        velmark.dispatch();
        federation.deliver();
        later();

        assertThat(federation.gateway(POLICE).register.inboxes(Optional.empty(), 9))
                .extracting(InboxView::refused)
                .anyMatch(Optional::isPresent);
        assertThat(gaps()).isEmpty();
    }

    @Test
    void numbersThatWereNeverUsedAreNoGapsOnceTheyAreToldVoid() {
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        velmark = federation.start(BORDER_GUARD);
        velmark.drop(List.of(Documents.vehicles(2).get(1)));
        federation.settle();
        later();

        assertThat(federation.gateway(POLICE).register.greatestArrived(BORDER_GUARD, federation.clock.instant()))
                .isGreaterThan(2);
        assertThat(gaps()).isEmpty();
    }
}
