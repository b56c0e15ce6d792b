package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Verdict;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Register.OutboxCount;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Register.TakenPouch;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.PouchManifest;
import org.embassage.gateway.evidence.Question;
import org.embassage.gateway.pouch.PouchFolder;
import org.embassage.gateway.pouch.PouchMedium;
import org.embassage.gateway.pouch.PouchReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages and receipts on a medium between gateways whose post is closed, and what is done to a pouch on its way. */
class PouchTest {

    private static final Officer OFFICER = new Officer(OfficerRole.OPERATOR, "p-00112233445566ff");

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;
    private int media;

    @BeforeEach
    void start() {
        federation = new Federation(folder.resolve("homes"));
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        federation.gateways.values().forEach(gateway -> gateway.closePost(true));
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void recordsGoByPouchReceiptsComeBackByPouchAndBothSidesProveThem() throws IOException {
        velmark.drop(Documents.vehicles(3));
        velmark.work();

        assertThat(imported(police, exported(velmark, POLICE)).bad()).isEmpty();
        police.work();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(3);
        assertThat(velmark.register.exchanges(Optional.of(ExchangeState.SEALED), Optional.of(POLICE), 9))
                .as("nothing is known before a receipt comes back")
                .hasSize(3);

        assertThat(imported(velmark, exported(police, BORDER_GUARD)).bad()).isEmpty();
        velmark.work();
        assertThat(velmark.register.exchanges(Optional.of(ExchangeState.HANDED_OVER), Optional.of(POLICE), 9))
                .hasSize(3);
        imported(police, exported(velmark, POLICE)); // cosignatures
        police.work();
        imported(velmark, exported(police, BORDER_GUARD));
        velmark.work();

        assertThat(waiting(velmark, ItemKind.MESSAGE)).isZero();
        assertThat(velmark.register.quarantine(9)).isEmpty();
        assertThat(police.register.quarantine(9)).isEmpty();
        Files.createDirectories(folder.resolve("bundles"));
        Auditor auditor = new Auditor(federation, folder.resolve("bundles"));
        for (ExchangeId exchange : sent()) {
            for (GatewayId side : List.of(BORDER_GUARD, POLICE)) {
                Path bundle = auditor.export(side, Question.of(exchange)).get(0);
                assertThat(auditor.judge(bundle).verdict())
                        .as(side + " " + exchange)
                        .isEqualTo(Verdict.TOTAL_PASSED);
            }
        }
    }

    @Test
    void theSamePouchAgainAndWhatAlsoComesByALineHaveNoSecondEffect() throws IOException {
        velmark.drop(Documents.vehicles(2));
        velmark.work();
        Path pouch = exported(velmark, POLICE);
        assertThat(imported(police, pouch).known()).isFalse();
        police.work();
        List<StoredReceipt> receipts = police.register.receipts(100);

        assertThat(imported(police, pouch).known()).isTrue();
        police.work();
        federation.gateways.values().forEach(gateway -> gateway.closePost(false));
        federation.clock.forward(Duration.ofMinutes(2));
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(2);
        assertThat(police.register.receipts(100))
                .extracting(StoredReceipt::id)
                .containsAll(receipts.stream().map(StoredReceipt::id).toList());
        assertThat(police.register.receipts(100).stream()
                        .filter(StoredReceipt::issued)
                        .map(StoredReceipt::event))
                .containsExactlyInAnyOrder(
                        EvidenceEvent.RELAY_ACCEPTANCE,
                        EvidenceEvent.RELAY_ACCEPTANCE,
                        EvidenceEvent.CONTENT_HANDOVER,
                        EvidenceEvent.CONTENT_HANDOVER);
        assertThat(velmark.register.exchanges(Optional.of(ExchangeState.HANDED_OVER), Optional.of(POLICE), 9))
                .as("what came by pouch was answered by the line that works again")
                .hasSize(2);
    }

    @Test
    void whatIsInAPouchWaitsOnAndCannotBeCancelledAnyMore() throws IOException {
        velmark.drop(Documents.vehicles(1));
        velmark.work();
        long receipts = waiting(velmark, ItemKind.RECEIPT);
        assertThat(receipts).isPositive();
        Path pouch = exported(velmark, POLICE);

        assertThat(waiting(velmark, ItemKind.MESSAGE)).isEqualTo(1);
        assertThat(waiting(velmark, ItemKind.RECEIPT)).isEqualTo(receipts);
        assertThat(velmark.register.pouchOf(sent().get(0)).orElseThrow().number())
                .isEqualTo(1);
        assertThat(order(velmark, new Order.CancelExchange(sent().get(0), OrderReason.RECORD_WRONG))
                        .refused())
                .contains(FaultCode.EXCHANGE_CARRIED);

        imported(police, pouch);
        police.work();
        imported(velmark, exported(police, BORDER_GUARD));

        assertThat(waiting(velmark, ItemKind.RECEIPT))
                .as("the peer confirmed that pouch")
                .isZero();
        assertThat(velmark.register.pouches(Optional.of(POLICE), 9).get(0).confirmed())
                .isPresent();
        assertThat(velmark.register.pouchOf(sent().get(0))).isEmpty();
    }

    @Test
    void nothingIsPackedForAPeerForWhichNothingWaits() {
        OrderAnswer answer = order(police, new Order.PackPouch(BORDER_GUARD, fresh(police), OrderReason.CLEARED));
        OrderAnswer unknown =
                order(police, new Order.PackPouch(new GatewayId("QXX-NO"), fresh(police), OrderReason.CLEARED));

        assertThat(unknown.refused()).contains(FaultCode.ORDER_SUBJECT_UNKNOWN);
        assertThat(answer.refused()).contains(FaultCode.POUCH_EMPTY);
        assertThat(police.register.pouches(Optional.empty(), 9)).isEmpty();
    }

    @Test
    void aPartThatIsMissingOrAlteredIsNamedAndTheRestGoesIn() throws IOException {
        velmark.drop(Documents.vehicles(500));
        velmark.work();
        Path whole = exported(velmark, POLICE);
        assertThat(manifest(whole).parts()).hasSize(2);
        Path without = copy(whole);
        Files.delete(without.resolve(PouchManifest.name(1)));
        Path altered = copy(whole);
        byte[] second = Files.readAllBytes(altered.resolve(PouchManifest.name(2)));
        second[second.length / 2] ^= 1;
        Files.write(altered.resolve(PouchManifest.name(2)), second);
        Path longer = copy(whole);
        Files.write(longer.resolve(PouchManifest.name(2)), new byte[] {0}, StandardOpenOption.APPEND);

        assertThat(imported(police, without).bad())
                .containsExactly(new PouchReport.Bad(PouchManifest.name(1), FaultCode.POUCH_PART_MISSING));
        police.work();
        assertThat(federation.desks.get(POLICE).handedOver)
                .hasSize(manifest(whole).parts().get(1).counts().getOrDefault(ItemKind.MESSAGE, 0));
        PouchReport.Bad bad = new PouchReport.Bad(PouchManifest.name(2), FaultCode.POUCH_PART_ALTERED);
        assertThat(imported(police, longer).bad()).containsExactly(bad);
        assertThat(imported(police, altered).bad()).containsExactly(bad);
        police.work();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(500);
        assertThat(manifest(exported(police, BORDER_GUARD)).taken())
                .as("what came in part is not confirmed")
                .isEmpty();

        assertThat(imported(police, whole).known()).isFalse();
        assertThat(manifest(exported(police, BORDER_GUARD)).taken())
                .containsExactly(new PouchManifest.Taken(1, manifest(whole).digest()));
        police.work();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(500);
        assertThat(police.register.takenPouches(Optional.empty(), 9))
                .extracting(TakenPouch::whole)
                .containsExactly(true, false, false, false);
    }

    @Test
    void aPouchThatNobodyTouchedIsTakenAndOneWithAnotherManifestIsNot() throws IOException {
        velmark.drop(Documents.vehicles(1));
        velmark.work();
        Path pouch = exported(velmark, POLICE);

        Path changed = copy(pouch);
        replace(changed, "pouch 1\n", "pouch 7\n");
        assertThat(refused(police, changed)).contains(FaultCode.POUCH_SIGNATURE_BAD);
        Path garbled = copy(pouch);
        Files.writeString(garbled.resolve(PouchManifest.NAME), "embassage-pouch/v1\n");
        assertThat(refused(police, garbled)).contains(FaultCode.POUCH_UNREADABLE);
        Path unsigned = copy(pouch);
        Files.delete(unsigned.resolve(PouchManifest.SIGNATURE));
        assertThat(refused(police, unsigned)).contains(FaultCode.POUCH_UNREADABLE);
        Path more = copy(pouch);
        Files.writeString(more.resolve("readme.txt"), "SYNTHETIC");
        assertThat(refused(police, more)).contains(FaultCode.POUCH_FILE_EXTRA);
        Path inside = copy(pouch);
        Files.createDirectory(inside.resolve("b0000009.emb"));
        assertThat(refused(police, inside)).contains(FaultCode.POUCH_FILE_EXTRA);
        Path linked = copy(pouch);
        Files.delete(linked.resolve(PouchManifest.name(1)));
        Files.createSymbolicLink(linked.resolve(PouchManifest.name(1)), pouch.resolve(PouchManifest.name(1)));
        assertThat(refused(police, linked)).contains(FaultCode.POUCH_FILE_EXTRA);
        police.work();
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
        assertThat(police.register.takenPouches(Optional.empty(), 9)).isEmpty();

        Path capitals = Files.createDirectory(folder.resolve("CAPITALS"));
        for (Path file : files(pouch)) {
            Files.copy(file, capitals.resolve(file.getFileName().toString().toUpperCase(java.util.Locale.ROOT)));
        }
        assertThat(imported(police, capitals).bad()).isEmpty();
        police.work();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
    }

    @Test
    void onlyTheSenderItselfCanSignForItAndOnlyTheRecipientTakesIt() throws IOException {
        velmark.drop(Documents.vehicles(1));
        velmark.work();
        Path pouch = exported(velmark, POLICE);

        assertThat(refused(federation.gateway(BORDER_POLICE), pouch)).contains(FaultCode.POUCH_NOT_FOR_US);
        Path byAnother = copy(pouch);
        sign(byAnother, federation.gateway(BORDER_POLICE), KeyUse.SEAL);
        assertThat(refused(police, byAnother)).contains(FaultCode.POUCH_SIGNATURE_BAD);
        Path byAnotherKey = copy(pouch);
        sign(byAnotherKey, velmark, KeyUse.TLS);
        assertThat(refused(police, byAnotherKey)).contains(FaultCode.POUCH_SIGNATURE_BAD);
        Path stranger = copy(pouch);
        replace(stranger, "from QVL-BG\n", "from QVL-XX\n");
        sign(stranger, velmark, KeyUse.SEAL);
        assertThat(refused(police, stranger)).contains(FaultCode.POUCH_SENDER_UNKNOWN);
        Path ourOwn = copy(pouch);
        replace(ourOwn, "from QVL-BG\n", "from QOS-POL\n");
        sign(ourOwn, police, KeyUse.SEAL);
        assertThat(refused(police, ourOwn)).contains(FaultCode.POUCH_SENDER_UNKNOWN);
        police.work();
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();

        Path again = copy(pouch);
        sign(again, velmark, KeyUse.SEAL);
        assertThat(imported(police, again).bad()).isEmpty();
    }

    @Test
    void aSealKeyThatHasEndedSignsNoPouchAnyMore() throws IOException {
        velmark.drop(Documents.vehicles(1));
        velmark.work();
        Path pouch = exported(velmark, POLICE);

        federation.clock.forward(Duration.ofDays(20 * 365));

        assertThat(refused(police, pouch)).contains(FaultCode.POUCH_SIGNATURE_BAD);
    }

    @Test
    void everyPouchIsAnActInBothLedgers() throws IOException {
        velmark.drop(Documents.vehicles(1));
        velmark.work();
        Path pouch = exported(velmark, POLICE);
        imported(police, pouch);
        String digest = manifest(pouch).digest().hex();

        assertThat(leaves(velmark))
                .anyMatch(leaf -> leaf.contains("\nPOUCH_EXPORT\nOPERATOR p-00112233445566ff\nQOS-POL\n"));
        assertThat(leaves(velmark))
                .anyMatch(leaf -> leaf.contains("\nPOUCH_PACKED\n") && leaf.contains(" 1 sha256:" + digest));
        assertThat(leaves(police))
                .anyMatch(leaf -> leaf.contains("\nPOUCH_TAKEN\n") && leaf.contains("QVL-BG 1 sha256:" + digest));
        Path forged = copy(pouch);
        replace(forged, "pouch 1\n", "pouch 2\n");
        refused(police, forged);
        assertThat(leaves(police)).anyMatch(leaf -> leaf.contains("\nORDER_REFUSED\n"));
    }

    // ---- by hand

    /** As the command does: the gateway packs, then the pouch goes onto the medium. */
    private Path exported(Gateway gateway, GatewayId peer) {
        PouchFolder own = PouchFolder.in(gateway.home);
        String name = fresh(gateway);
        OrderAnswer answer = order(gateway, new Order.PackPouch(peer, name, OrderReason.AGREED_WITH_PEER));
        assertThat(answer.carriedOut()).as(String.valueOf(answer.refused())).isTrue();
        Path medium = folder.resolve("medium-" + ++media);
        PouchMedium.write(own.place(name), own.manifest(name).orElseThrow(), medium);
        own.forget(name);
        return medium;
    }

    private PouchReport imported(Gateway gateway, Path medium) {
        String name = fresh(gateway);
        OrderAnswer answer = brought(gateway, medium, name);
        assertThat(answer.carriedOut()).as(String.valueOf(answer.refused())).isTrue();
        return PouchFolder.in(gateway.home).report(name).orElseThrow();
    }

    private Optional<FaultCode> refused(Gateway gateway, Path medium) {
        OrderAnswer answer = brought(gateway, medium, fresh(gateway));
        assertThat(answer.carriedOut()).isFalse();
        return answer.refused();
    }

    private static OrderAnswer brought(Gateway gateway, Path medium, String name) {
        PouchMedium.read(medium, PouchFolder.in(gateway.home).make(name));
        return order(gateway, new Order.TakePouch(name, OrderReason.AGREED_WITH_PEER));
    }

    private static OrderAnswer order(Gateway gateway, Order order) {
        return gateway.orders.carryOut(new OrderSlip(gateway.ids.nextEvidenceId(), OFFICER, order));
    }

    private static String fresh(Gateway gateway) {
        return gateway.ids.next().toString();
    }

    private static long waiting(Gateway gateway, ItemKind kind) {
        return gateway.register.outboxCounts().stream()
                .filter(count -> count.kind() == kind && count.peer().equals(POLICE))
                .mapToLong(OutboxCount::waiting)
                .sum();
    }

    private List<ExchangeId> sent() {
        return velmark.register.exchanges(Optional.empty(), Optional.of(POLICE), 10_000).stream()
                .map(view -> view.exchange())
                .toList();
    }

    private static List<String> leaves(Gateway gateway) {
        return gateway.ledgerbook.leaves(0, 10_000);
    }

    private static PouchManifest manifest(Path pouch) throws IOException {
        return PouchManifest.parse(Files.readAllBytes(pouch.resolve(PouchManifest.NAME)))
                .orElseThrow();
    }

    private Path copy(Path pouch) throws IOException {
        Path copy = Files.createDirectory(folder.resolve("medium-" + ++media));
        for (Path file : files(pouch)) {
            Files.copy(file, copy.resolve(file.getFileName().toString()));
        }
        return copy;
    }

    private static List<Path> files(Path pouch) throws IOException {
        try (Stream<Path> files = Files.list(pouch)) {
            return files.toList();
        }
    }

    /** Changes the manifest and makes its digest fit again, as anybody can. */
    private static void replace(Path pouch, String was, String is) throws IOException {
        Path file = pouch.resolve(PouchManifest.NAME);
        String text = Files.readString(file);
        String body = text.substring(0, text.indexOf("end ")).replace(was, is);
        assertThat(text).doesNotStartWith(body);
        Files.writeString(
                file,
                body + "end "
                        + org.embassage.evidence.Digest.sha256(body.getBytes(StandardCharsets.UTF_8))
                                .hex()
                        + "\n");
    }

    private static void sign(Path pouch, Gateway signer, KeyUse use) throws IOException {
        KeySource.KeyEntry key = signer.keys.current(use);
        Files.write(
                pouch.resolve(PouchManifest.SIGNATURE),
                new CadesSigner(key.key(), key.certificate(), Optional.empty(), Clock.systemUTC())
                        .signDetached(Files.readAllBytes(pouch.resolve(PouchManifest.NAME)), Commitment.NONE));
    }
}
