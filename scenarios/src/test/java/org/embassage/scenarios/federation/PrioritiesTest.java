package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.InboxView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is urgent overtakes what is not, wherever records wait; and what is not urgent arrives all the same. */
class PrioritiesTest {

    private static final int MANY = 200;

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway borderPolice;

    /** Vehicles are BULK, documents FLASH; both go to the border police, vehicles to the police too. */
    @BeforeEach
    void start() {
        federation = new Federation(folder, terms -> {
            int rule = terms.indexOf("<Rule id=\"R2\"");
            return terms.substring(0, rule).replace("priority=\"URGENT\"", "priority=\"BULK\"")
                    + terms.substring(rule).replaceFirst("priority=\"URGENT\"", "priority=\"FLASH\"");
        });
        velmark = federation.gateway(BORDER_GUARD);
        borderPolice = federation.gateway(BORDER_POLICE);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void aFlashDropIsSealedBeforeTheRestOfALargeBulkDrop() {
        take(Documents.drop(Documents.vehicles(MANY)));
        velmark.submit.run();
        DropId urgent = take(flash());

        velmark.submit.run();

        assertThat(flashes()).hasSize(1).allMatch(view -> view.drop().equals(urgent));
        assertThat(velmark.register.exchanges(Optional.empty(), Optional.of(BORDER_POLICE), 1000))
                .hasSizeLessThan(MANY / 2);
    }

    @Test
    void flashOvertakesWaitingBulkOnTheLinkAndSharesNoBundleWithIt() {
        velmark.drop(Documents.vehicles(MANY));
        velmark.drop(flash());

        velmark.dispatch();

        List<Priority> order = new ArrayList<>();
        List<Gateway.Letter> letters = velmark.post.stream()
                .filter(letter -> letter.to().equals(BORDER_POLICE))
                .toList();
        for (Gateway.Letter letter : letters) {
            int before = inbox().size();
            borderPolice.accept(letter);
            List<Priority> came = inbox().stream()
                    .limit(inbox().size() - before)
                    .map(view -> view.accepted().orElseThrow().priority())
                    .distinct()
                    .toList();
            assertThat(came).hasSizeLessThanOrEqualTo(1);
            order.addAll(came);
        }
        assertThat(order.get(0)).isEqualTo(Priority.FLASH);
        assertThat(order.subList(1, order.size())).isNotEmpty().containsOnly(Priority.BULK);
    }

    @Test
    void flashIsHandedOverBeforeBulkThatCameFirst() {
        velmark.drop(Documents.vehicles(MANY));
        velmark.dispatch();
        velmark.post.stream()
                .filter(letter -> letter.to().equals(BORDER_POLICE))
                .forEach(borderPolice::accept);
        velmark.post.clear();
        velmark.drop(flash());
        velmark.dispatch();
        velmark.post.stream()
                .filter(letter -> letter.to().equals(BORDER_POLICE))
                .forEach(borderPolice::accept);

        borderPolice.handOver.run();

        assertThat(federation.desks.get(BORDER_POLICE).handedOver.get(0))
                .isEqualTo(flashes().get(0).exchange() + ".xml");
    }

    @Test
    void bulkArrivesThoughUrgentRecordsKeepComing() {
        velmark.drop(Documents.vehicles(1));
        int rounds = 0;
        while (inbox().stream().noneMatch(view -> view.accepted().orElseThrow().priority() == Priority.BULK)) {
            assertThat(rounds++).as("rounds with something more urgent in each").isLessThan(17);
            velmark.drop(flash(rounds));
            velmark.dispatchOnce();
            velmark.post.stream()
                    .filter(letter -> letter.to().equals(BORDER_POLICE))
                    .forEach(borderPolice::accept);
            velmark.post.clear();
            federation.clock.forward(Duration.ofMillis(10));
        }
        assertThat(rounds).isGreaterThan(1);
    }

    private List<InboxView> inbox() {
        return borderPolice.register.inboxes(Optional.of(InboxState.ACCEPTED), 1000);
    }

    private List<ExchangeView> flashes() {
        return velmark.register.exchanges(Optional.empty(), Optional.empty(), 1000).stream()
                .filter(view -> view.priority() == Priority.FLASH)
                .toList();
    }

    private DropId take(byte[] content) {
        DropId drop = velmark.ids.nextDropId();
        velmark.intake.take(Documents.FEED, drop, content);
        return drop;
    }

    private static byte[] flash() {
        return flash(0);
    }

    private static byte[] flash(int number) {
        String sample = Documents.sample("document-alert");
        int at = sample.indexOf("<OriginRecordRef>") + "<OriginRecordRef>".length();
        return Documents.drop(List.of(sample.substring(0, at) + "SYNTHETIC-F" + number
                + sample.substring(sample.indexOf("</OriginRecordRef>"))));
    }
}
