package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.exchange.journal.StepOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails for a reason of its own is seen, and never holds up its neighbours. All content is SYNTHETIC. */
class NeighboursTest {

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

    /** A drop as an earlier run took it. */
    private DropId taken(FeedId feed, int records, byte[] content) {
        DropId drop = velmark.ids.nextDropId();
        velmark.journal.commit(StepOutcome.of(new Fact.DropOpened(
                drop, feed, federation.clock.instant().truncatedTo(ChronoUnit.MILLIS), records, new Content(content))));
        return drop;
    }

    @Test
    void aDropWhoseFeedIsGoneHoldsUpNoOther() {
        DropId gone = taken(new FeedId("gone"), 1, "SYNTHETIC".getBytes(StandardCharsets.UTF_8));
        DropId good = velmark.drop(Documents.vehicles(2));

        assertThat(federation.desks.get(BORDER_GUARD).results).containsKey(good).doesNotContainKey(gone);
        assertThat(velmark.register.openDrops()).extracting(DropView::drop).containsExactly(gone);
    }

    @Test
    void aDropThatItsFeedCutsOtherwiseNowGoesOnWhenTheDescriptionIsAsItWas() {
        DropId other = taken(Documents.FEED, 2, Documents.drop(Documents.vehicles(1)));
        velmark.drop(Documents.vehicles(2));
        assertThat(velmark.register.openDrops()).extracting(DropView::drop).containsExactly(other);

        federation.clock.forward(Duration.ofSeconds(1));
        DropId next = velmark.drop(Documents.vehicles(3));

        assertThat(federation.desks.get(BORDER_GUARD).results).containsKey(next);
        assertThat(velmark.register.openDrops()).extracting(DropView::drop).containsExactly(other);
    }

    @Test
    void aRecordOnWhichTheTranslationFailsIsQuarantinedAlone() {
        List<String> documents = new ArrayList<>(Documents.vehicles(70));
        documents.set(3, "POISON");
        DropId drop = velmark.drop(documents);

        List<ResultLine> bad = federation.desks.get(BORDER_GUARD).results.get(drop).stream()
                .filter(line -> line.fault().isPresent())
                .toList();
        assertThat(bad).singleElement().satisfies(line -> {
            assertThat(line.recordIndex()).contains(4);
            assertThat(line.fault().orElseThrow().code()).isEqualTo(FaultCode.RECORD_UNPROCESSABLE);
            assertThat(line.receipt()).isPresent();
        });
        assertThat(velmark.register.quarantineWaiting()).containsEntry(FaultCode.RECORD_UNPROCESSABLE, 1L);
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(69);
    }

    @Test
    void aFileOnWhichTheSlicingFailsIsRefusedWhole() {
        DropId drop = velmark.drop("POISON".getBytes(StandardCharsets.UTF_8));

        assertThat(federation.desks.get(BORDER_GUARD).shelved).containsEntry(drop, true);
        assertThat(federation.desks.get(BORDER_GUARD).results.get(drop))
                .singleElement()
                .satisfies(
                        line -> assertThat(line.fault().orElseThrow().code()).isEqualTo(FaultCode.DROP_UNPROCESSABLE));
    }

    @Test
    void aDocumentOnWhichTheFormatFailsIsHeldAlone() {
        Desk desk = federation.desks.get(POLICE);
        desk.poison = Optional.of("SYNTHETIC-2<");
        velmark.drop(Documents.vehicles(3));
        federation.settle();

        Gateway police = federation.gateway(POLICE);
        assertThat(desk.handedOver).hasSize(2);
        assertThat(police.register.inboxCounts()).containsEntry(InboxState.HELD, 1L);
        assertThat(police.register.quarantineWaiting()).containsEntry(FaultCode.HANDOVER_UNTRANSLATABLE, 1L);
    }

    @Test
    void aFileThatCannotBePublishedHoldsUpNoOtherAndIsPublishedLater() {
        Desk desk = federation.desks.get(POLICE);
        desk.unpublishable = 1;
        velmark.drop(Documents.vehicles(3));
        federation.settle();

        Gateway police = federation.gateway(POLICE);
        assertThat(desk.handedOver).hasSize(2);
        assertThat(police.register.inboxCounts()).containsEntry(InboxState.HANDING_OVER, 1L);
        velmark.drop(Documents.vehicles(4));
        federation.settle();
        assertThat(desk.handedOver).as("the neighbours that came later too").hasSize(3);

        desk.unpublishable = 0;
        federation.clock.forward(Duration.ofSeconds(60));
        federation.settle();
        assertThat(desk.handedOver).hasSize(4).doesNotHaveDuplicates();
        assertThat(police.register.inboxCounts()).containsEntry(InboxState.HANDED_OVER, 4L);
    }

    @Test
    void messagesUnderASuspendedAgreementTakeNoPlaceOfOthers() {
        String first = federation.agreementText();
        String second = first.replace("QVL-QOS-2031-01", "QVL-QOS-2031-02").replace("VehicleAlert", "DocumentAlert");
        String other = first.replaceAll("(?s)<Rule id=\"R2\".*?</Rule>", "");
        federation.agree(other, onlyFirstRule(second));
        velmark = federation.gateway(BORDER_GUARD);
        velmark.drop(Documents.vehicles(70));
        carry();
        assertThat(federation.gateway(POLICE).register.inboxCounts()).containsEntry(InboxState.ACCEPTED, 70L);

        federation.agree(other, suspended(other), onlyFirstRule(second));
        velmark = federation.gateway(BORDER_GUARD);
        federation.clock.forward(Duration.ofSeconds(1));
        velmark.drop(List.of(Documents.sample("document-alert")));
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(federation.gateway(POLICE).register.inboxCounts()).containsEntry(InboxState.ACCEPTED, 70L);
    }

    /** What was sealed arrives, and nobody hands anything over. */
    private void carry() {
        velmark.dispatch();
        federation.deliver();
    }

    private static String onlyFirstRule(String text) {
        return text.replaceAll("(?s)<Rule id=\"R[23]\".*?</Rule>", "")
                .replace("<Strip path=\"Vehicle/EngineNumberID\"/>", "")
                .replace("purposes=\"DETECT\"", "purposes=\"BORDER_CONTROL\"");
    }

    private static String suspended(String text) {
        return text.replace("version=\"1\">", "version=\"2\" previous=\"" + "0".repeat(64) + "\">")
                .replace(
                        "</Agreement>",
                        "  <Suspension state=\"SUSPENDED\" by=\"QVL\" since=\"2031-06-01T12:00:00Z\" inFlight=\"HOLD\"/>\n"
                                + "</Agreement>");
    }

    @Test
    void anItemOnWhichTheReceptionFailsIsQuarantinedAndTheOthersOfItsBundleAreTaken() {
        velmark.drop(Documents.vehicles(2));
        federation.gateway(POLICE).poisonOpener = true;
        carry();

        Gateway police = federation.gateway(POLICE);
        assertThat(police.register.quarantineWaiting()).containsEntry(FaultCode.ITEM_UNPROCESSABLE, 2L);
        assertThat(federation.gateway(BORDER_POLICE).register.inboxCounts()).containsEntry(InboxState.ACCEPTED, 2L);

        police.poisonOpener = false;
        federation.clock.forward(Duration.ofSeconds(3600));
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver)
                .as("the sender carries again")
                .hasSize(2);
    }
}
