package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.BORDER_POLICE;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.VerifyPolicy;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All four kinds cross the border in both directions, to two agencies of one country, and the evidence comes back. */
class FourKindsJourneyTest {

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE, BORDER_POLICE);

    private static final LocalDate TODAY = LocalDate.now(Clock.systemUTC());
    private static final Map<String, Transport> AGREED = Map.of(
            "PersonAlert", Transport.JMS,
            "VehicleAlert", Transport.JMS,
            "DocumentAlert", Transport.SFTP,
            "IncidentSeizureReport", Transport.SFTP);
    private static final Set<EvidenceEvent> FULL =
            Set.of(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
    /** Eight good rows to two agencies. */
    private static final int VELMARK_SENT = 16;

    private static final int POLICE_SENT = 8;
    private static final int BORDER_POLICE_SENT = 4;

    private static RunningGateway velmark;
    private static RunningGateway police;
    private static RunningGateway borderPolice;

    @BeforeAll
    static void recordsCrossBothWays() {
        velmark = NEIGHBOURS.of(BORDER_GUARD);
        police = NEIGHBOURS.of(POLICE);
        borderPolice = NEIGHBOURS.of(BORDER_POLICE);
        velmark.drop("alerts.dat", new QvlSample(1, TODAY).drop(9, Set.of(5)));
        police.drop("patrani.csv", new QosSample(2, TODAY).drop(POLICE_SENT, Set.of()));
        borderPolice.drop("hranice.csv", new QosSample(3, TODAY).drop(BORDER_POLICE_SENT, Set.of()));
        NEIGHBOURS.awaitHandedOver(velmark, VELMARK_SENT);
        NEIGHBOURS.awaitHandedOver(police, POLICE_SENT);
        NEIGHBOURS.awaitHandedOver(borderPolice, BORDER_POLICE_SENT);
    }

    private static List<ExchangeView> sent(RunningGateway sender) {
        return sender.books(store -> store.register().exchanges(Optional.empty(), Optional.empty(), 100));
    }

    @Test
    void everyKindTravelsByTheTransportThatTheAgreementNames() {
        for (RunningGateway sender : NEIGHBOURS.all()) {
            List<ExchangeView> sent = sent(sender);

            assertThat(sent).extracting(ExchangeView::kind).containsAll(AGREED.keySet());
            for (ExchangeView view : sent) {
                RunningGateway recipient = NEIGHBOURS.of(view.recipient());
                Optional<InboxView> received =
                        recipient.books(store -> store.register().inbox(sender.id, view.exchange()));
                assertThat(received)
                        .hasValueSatisfying(inbox -> assertThat(
                                        inbox.accepted().orElseThrow().via())
                                .as(view.kind())
                                .isEqualTo(AGREED.get(view.kind())));
            }
        }
    }

    @Test
    void velmarkGetsXmlAndOstranaGetsCsvOneFileForEachExchange() throws IOException {
        handedOver(velmark, ".xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", Optional.empty());
        handedOver(police, ".csv", "\uFEFFdruh;", Optional.of(POLICE));
        handedOver(borderPolice, ".csv", "\uFEFFdruh;", Optional.of(BORDER_POLICE));
    }

    private static void handedOver(RunningGateway recipient, String ending, String start, Optional<GatewayId> to)
            throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : recipient.handedOver()) {
            String name = file.getFileName().toString();
            names.add(name);
            assertThat(Files.readString(file, StandardCharsets.UTF_8))
                    .startsWith(start)
                    .contains(name.replace(ending, ""));
        }
        List<String> exchanges = new ArrayList<>();
        if (to.isPresent()) {
            exchanges.addAll(Neighbours.sent(velmark, to));
        } else {
            exchanges.addAll(Neighbours.sent(police, Optional.empty()));
            exchanges.addAll(Neighbours.sent(borderPolice, Optional.empty()));
        }
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        exchanges.stream().map(exchange -> exchange + ending).toList());
    }

    @Test
    void theBadRowIsRefusedBesideTheDropAndEveryGoodRowHasItsExchanges() {
        Result result = velmark.result("alerts.dat");

        assertThat(result.codes()).filteredOn("ok"::equals).hasSize(VELMARK_SENT);
        assertThat(result.lines())
                .filteredOn(line -> !line.code().isEmpty())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.record()).isEqualTo("5");
                    assertThat(line.code()).isEqualTo("EMB-1106");
                    assertThat(line.field()).isEqualTo("alert-type");
                });
        assertThat(result.exchanges()).containsExactlyInAnyOrderElementsOf(Neighbours.sent(velmark, Optional.empty()));
        assertThat(velmark.dropFolder().resolve("taken").resolve("alerts.dat")).exists();
    }

    @Test
    void bothSidesHoldTheReceiptsOfEveryExchangeWithProofs() {
        for (RunningGateway sender : NEIGHBOURS.all()) {
            for (RunningGateway recipient : NEIGHBOURS.all()) {
                List<String> exchanges = Neighbours.sent(sender, Optional.of(recipient.id));
                await("all receipts of " + recipient.id)
                        .atMost(RunningGateway.SOON)
                        .until(() -> Neighbours.events(sender, exchanges).values().stream()
                                .allMatch(events -> events.contains(EvidenceEvent.RELAY_ACCEPTANCE)));
                assertThat(Neighbours.events(sender, exchanges).values())
                        .allSatisfy(events -> assertThat(events).containsExactlyInAnyOrderElementsOf(FULL));
                await("all receipts of " + sender.id)
                        .atMost(RunningGateway.SOON)
                        .until(() -> Neighbours.events(recipient, exchanges).values().stream()
                                .allMatch(events -> events.contains(EvidenceEvent.SUBMISSION_ACCEPTANCE)));
                assertThat(Neighbours.events(recipient, exchanges).values())
                        .allSatisfy(events -> assertThat(events).containsExactlyInAnyOrderElementsOf(FULL));
                await("proofs of " + recipient.id)
                        .atMost(RunningGateway.SOON)
                        .until(() -> sender.unproven(recipient.id) == 0);
            }
        }
    }

    @Test
    void everyReceiptOfASenderLiesBesideItsDrops() {
        for (RunningGateway sender : NEIGHBOURS.all()) {
            List<String> expected = sender.books(store -> store.register().receipts(1000)).stream()
                    .filter(receipt -> aboutOwn(sender, receipt))
                    .map(receipt -> receipt.id() + ".asice")
                    .toList();
            assertThat(expected)
                    .hasSizeGreaterThanOrEqualTo(FULL.size() * sent(sender).size());

            await("receipts beside the drops of " + sender.id)
                    .atMost(RunningGateway.SOON)
                    .untilAsserted(() -> assertThat(sender.receiptFiles())
                            .extracting(file -> file.getFileName().toString())
                            .containsAll(expected));
        }
    }

    /** Whether it is about a record that this gateway's own side dropped. */
    private static boolean aboutOwn(RunningGateway sender, StoredReceipt receipt) {
        boolean submission = receipt.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE
                || receipt.event() == EvidenceEvent.SUBMISSION_REJECTION;
        return submission ? receipt.issued() : !receipt.issuer().equals(sender.id);
    }

    @Test
    void anExportedBundleVerifiesAndWithOneByteChangedDoesNot() throws IOException {
        Path bundle = NEIGHBOURS.folder().resolve("evidence.zip");
        Path policy = NEIGHBOURS.folder().resolve("policy.txt");
        Files.writeString(policy, VerifyPolicy.BASELINE);

        JavaProcess.Ended exported = velmark.command("bundle", "export", "--all", "--out", bundle.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
        JavaProcess.Ended good = verify(bundle, policy);
        assertThat(good.exit()).as(good.out() + good.err()).isZero();

        byte[] octets = Files.readAllBytes(bundle);
        octets[octets.length / 2] ^= 1;
        Path changed = Files.write(NEIGHBOURS.folder().resolve("changed.zip"), octets);
        assertThat(verify(changed, policy).exit()).isEqualTo(3);
    }

    private static JavaProcess.Ended verify(Path bundle, Path policy) {
        return JavaProcess.run(
                NEIGHBOURS.folder(),
                List.of(
                        "verify",
                        bundle.toString(),
                        "--trust",
                        velmark.home().resolve("trust").toString(),
                        "--policy",
                        policy.toString()));
    }

    @Test
    void noGatewayHasAnythingInQuarantineButTheBadRow() {
        assertThat(velmark.quarantine()).hasSize(1);
        assertThat(police.quarantine()).isEmpty();
        assertThat(borderPolice.quarantine()).isEmpty();
    }
}
