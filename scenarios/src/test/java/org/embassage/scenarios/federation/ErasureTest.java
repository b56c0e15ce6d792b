package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Epochs;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.Erasurebook.Erasure;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.keep.EndEpochs;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order.EraseOrder;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.store.SqlStore;
import org.embassage.store.StoreSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content goes for good; all that was said of it stays. */
class ErasureTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;
    private final List<Gateway.Letter> sent = new ArrayList<>();

    @BeforeEach
    void start() {
        federation = new Federation(folder.resolve("federation"));
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private ExchangeView crossed() {
        return crossed(1);
    }

    /** The last of so many vehicles, which crossed to the police and was handed over; those before it may have before. */
    private ExchangeView crossed(int vehicles) {
        velmark.drop(Documents.vehicles(vehicles));
        velmark.dispatch();
        sent.addAll(velmark.post);
        federation.settle();
        federation.settle();
        return velmark.register
                .exchanges(Optional.of(ExchangeState.HANDED_OVER), Optional.of(POLICE), 1)
                .get(0);
    }

    private void twoDaysLater() {
        federation.clock.forward(Duration.ofDays(2));
        for (Gateway gateway : List.of(velmark, police)) {
            while (gateway.erase.run()) {
                // until nothing more is due
            }
        }
        federation.settle();
        federation.settle();
    }

    private static void end(Gateway gateway) {
        gateway.epochs.now();
        while (gateway.epochs.run()) {
            // until the old key is destroyed
        }
    }

    @Test
    void whenItsTimeIsOverContentIsErasedOnBothSidesAndBothKeepTheEvidenceOfBoth() {
        ExchangeId exchange = crossed().exchange();
        DropId drop = velmark.register.exchange(exchange).orElseThrow().drop();

        twoDaysLater();

        assertErased(() -> police.register.inboxMessage(BORDER_GUARD, exchange));
        assertErased(() -> velmark.register.dropContent(drop));
        assertThat(velmark.store.erasurebook().erasures(exchange))
                .extracting(Erasure::reason)
                .containsExactly(ErasureReason.RETENTION_ENDED);
        for (Gateway gateway : List.of(velmark, police)) {
            List<StoredReceipt> erasures = gateway.register.receipts(exchange).stream()
                    .filter(receipt -> receipt.event() == EvidenceEvent.CONTENT_ERASURE)
                    .toList();
            assertThat(erasures).extracting(StoredReceipt::issuer).containsExactlyInAnyOrder(BORDER_GUARD, POLICE);
            assertThat(erasures)
                    .filteredOn(receipt -> !receipt.issued())
                    .allSatisfy(receipt -> assertThat(receipt.proof()).isPresent());
        }
        assertThat(velmark.register.quarantine(9)).isEmpty();
        assertThat(police.register.quarantine(9)).isEmpty();
    }

    @Test
    void beforeItsTimeNothingIsErased() {
        ExchangeId exchange = crossed().exchange();

        velmark.erase.run();
        police.erase.run();

        assertThat(police.register.inboxMessage(BORDER_GUARD, exchange).octets())
                .isNotEmpty();
        assertThat(police.store.erasurebook().erasures(exchange)).isEmpty();
    }

    @Test
    void aMessageThatComesAgainAfterItsErasureGetsTheOldReceipts() {
        ExchangeId exchange = crossed().exchange();
        twoDaysLater();
        int kept = police.register.receipts(exchange).size();

        sent.stream().filter(letter -> letter.to().equals(POLICE)).forEach(police::accept);
        federation.settle();

        assertThat(police.register.receipts(exchange)).hasSize(kept);
        assertErased(() -> police.register.inboxMessage(BORDER_GUARD, exchange));
        assertThat(velmark.register.exchange(exchange).orElseThrow().state()).isEqualTo(ExchangeState.HANDED_OVER);
    }

    @Test
    void afterTheEpochEndedNoBackupOpensWhatWasErased() throws IOException {
        ExchangeId exchange = crossed().exchange();
        Path backup = copy(police.home, "backup");
        twoDaysLater();
        ExchangeId kept = crossed(2).exchange();

        end(police);

        assertThat(police.keys.epochs()).hasSize(1).doesNotContain("20310601");
        assertThat(police.register.inboxMessage(BORDER_GUARD, kept).octets()).isNotEmpty();
        assertThat(police.store.erasurebook().erasures(exchange))
                .allSatisfy(erasure -> assertThat(erasure.endedAt()).isPresent());
        assertThat(police.ledgerbook.leaves(0, 1000)).anyMatch(leaf -> leaf.contains("EPOCH_DESTROYED"));
        Path now = copy(police.home, "now");
        assertThatThrownBy(() -> opened(backup, now, exchange))
                .as("the old database with the keys of today")
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.KEY_UNAVAILABLE));
        assertErased(() -> opened(now, backup, exchange));
        assertThat(opened(backup, backup, exchange))
                .as("who kept the old keys as well can still open the old database: the report says so")
                .isNotEmpty();
    }

    /** The call of this number dies: before it does anything, or after it did all. */
    private final class Dying implements InvocationHandler {
        private final Object behind;
        private final AtomicInteger calls;
        private final int fatal;
        private final boolean after;

        Dying(Object behind, AtomicInteger calls, int fatal, boolean after) {
            this.behind = behind;
            this.calls = calls;
            this.fatal = fatal;
            this.after = after;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
            boolean dies = calls.incrementAndGet() == fatal;
            if (dies && !after) {
                throw new IllegalStateException("SYNTHETIC death");
            }
            Object result;
            try {
                result = method.invoke(behind, args);
            } catch (InvocationTargetException died) {
                throw died.getCause();
            }
            if (dies) {
                throw new IllegalStateException("SYNTHETIC death");
            }
            return result;
        }
    }

    private <T> T dying(Class<T> port, T behind, AtomicInteger calls, int fatal, boolean after) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, new Dying(behind, calls, fatal, after)));
    }

    private EndEpochs mortal(int fatal, boolean after) {
        AtomicInteger calls = new AtomicInteger();
        return new EndEpochs(
                dying(EpochKeeper.class, police.keys, calls, fatal, after),
                dying(Epochs.class, police.store.epochs(), calls, fatal, after),
                police.store.erasurebook(),
                dying(Journal.class, police.store.journal(), calls, fatal, after),
                police.ids,
                new EndEpochs.Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                federation.clock);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereverTheProcessDiesWhatIsKeptStaysReadableAndTheNextRunEndsTheEpoch(boolean after) {
        ExchangeId erased = crossed().exchange();
        twoDaysLater();
        ExchangeId kept = crossed(2).exchange();
        int deaths = 0;
        for (int fatal = 1; !endedAt(erased).isPresent() || fatal < 4; fatal++) {
            try {
                EndEpochs mortal = mortal(fatal, after);
                while (mortal.run()) {
                    // until it dies or nothing is left to do
                }
            } catch (IllegalStateException death) {
                deaths++;
            }
            police = federation.start(POLICE);
            assertThat(police.register.inboxMessage(BORDER_GUARD, kept).octets())
                    .isNotEmpty();
        }

        assertThat(deaths).isGreaterThan(2);
        assertThat(police.keys.epochs()).hasSize(1);
        assertErased(() -> police.register.inboxMessage(BORDER_GUARD, erased));
    }

    private Optional<Instant> endedAt(ExchangeId exchange) {
        return police.store.erasurebook().erasures(exchange).get(0).endedAt();
    }

    @Test
    void onNoticeAnExchangeIsErasedBeforeItsTimeAndByWhomIsSaid() {
        ExchangeView view = crossed();
        Officer officer = new Officer(OfficerRole.values()[0], "p-0123456789abcdef");
        EraseOrder order =
                new EraseOrder(EraseOrder.What.EXCHANGE, view.exchange().toString(), true, OrderReason.SUBJECT_RIGHT);

        Course course = police.erase.order(order, officer, federation.clock.instant());

        assertThat(course).isInstanceOf(Course.Carried.class);
        assertThat(((Course.Carried) course).evidence()).singleElement().satisfies(said -> {
            assertThat(said.event()).isEqualTo(EvidenceEvent.CONTENT_ERASURE);
            assertThat(said.reasons())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason.code()).isEqualTo("SUBJECT_RIGHT"));
            assertThat(said.act().orElseThrow().pseudonym()).contains("p-0123456789abcdef");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasOrderedToBeFinalAtOnceIsSoThoughTheProcessDiedBetweenAndOnlyThat(boolean atOnce) {
        ExchangeId id = crossed().exchange();
        Officer officer = new Officer(OfficerRole.values()[0], "p-0123456789abcdef");
        EraseOrder order = new EraseOrder(EraseOrder.What.EXCHANGE, id.toString(), atOnce, OrderReason.SUBJECT_RIGHT);
        assertThat(police.orders
                        .carryOut(new OrderSlip(police.ids.nextEvidenceId(), officer, order))
                        .carriedOut())
                .isTrue();

        police = federation.start(POLICE);
        while (police.epochs.run()) {
            // nobody asks this process for anything
        }

        assertThat(endedAt(id).isPresent()).isEqualTo(atOnce);
        assertErased(() -> police.register.inboxMessage(BORDER_GUARD, id));
    }

    @Test
    void whatIsOpenOrUnknownIsNotErasedOnNotice() {
        velmark.drop(Documents.vehicles(1));
        ExchangeView open = velmark.register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0);
        Officer officer = new Officer(OfficerRole.values()[0], "p-0123456789abcdef");

        assertThat(velmark.erase.order(
                        new EraseOrder(
                                EraseOrder.What.EXCHANGE, open.exchange().toString(), false, OrderReason.UNLAWFUL),
                        officer,
                        federation.clock.instant()))
                .isEqualTo(Course.Refused.of(FaultCode.ERASURE_TOO_EARLY));
        assertThat(velmark.erase.order(
                        new EraseOrder(EraseOrder.What.ITEM, "none", false, OrderReason.UNLAWFUL),
                        officer,
                        federation.clock.instant()))
                .isEqualTo(Course.Refused.of(FaultCode.ERASURE_UNKNOWN));
    }

    private Path copy(Path home, String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    /** What somebody sees who has this copy of the database and that copy of the keys. */
    private static byte[] opened(Path database, Path keys, ExchangeId exchange) {
        try (SqlStore store = SqlStore.open(
                StoreSettings.sqlite(database.resolve("embassage.db")),
                new Pkcs12KeySource(keys.resolve("gateway.p12"), keys.resolve("password")))) {
            return store.register().inboxMessage(BORDER_GUARD, exchange).octets();
        }
    }

    private static void assertErased(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.CONTENT_ERASED));
    }
}
