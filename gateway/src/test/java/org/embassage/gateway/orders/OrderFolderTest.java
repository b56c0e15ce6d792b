package org.embassage.gateway.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderFolderTest {

    private static final EvidenceId ID = EvidenceId.parse("01931f6e-0000-7000-8000-000000000001");
    private static final OrderSlip SLIP = new OrderSlip(
            ID,
            new Officer(OfficerRole.OFFICER, "p-00112233445566ff"),
            new Order.RejectQuarantined("handover-1", OrderReason.RECORD_WRONG));

    @TempDir
    Path home;

    private OrderFolder folder;
    private Path files;

    @BeforeEach
    void open() {
        folder = OrderFolder.in(home);
        files = home.resolve("data/orders");
    }

    @Test
    void anOrderIsTakenAnsweredAndForgotten() throws IOException {
        folder.give(SLIP);
        List<Path> waiting = folder.waiting(9);

        assertThat(waiting).hasSize(1);
        assertThat(folder.take(waiting.get(0))).contains(SLIP);
        OrderAnswer answer = new OrderAnswer(ID, Optional.empty(), Optional.empty(), List.of());
        folder.answer(answer);
        assertThat(folder.waiting(9)).isEmpty();
        assertThat(folder.answer(ID)).contains(answer);
        folder.forget(ID);
        assertThat(folder.answer(ID)).isEmpty();
        try (var left = Files.list(files)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void theFolderAndItsFilesAreTheOwnersAlone() throws IOException {
        folder.give(SLIP);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve(ID + ".order"))))
                .isEqualTo("rw-------");
        assertThat(folder.isOurs()).isTrue();
    }

    @Test
    void anOrderIsWithdrawnOnlyBeforeItIsTaken() {
        folder.give(SLIP);
        assertThat(folder.withdraw(ID)).isTrue();
        assertThat(folder.waiting(9)).isEmpty();

        folder.give(SLIP);
        assertThat(folder.take(files.resolve(ID + ".order"))).contains(SLIP);
        assertThat(folder.withdraw(ID)).isFalse();
    }

    @Test
    void anOrderThatWasBegunWhenTheProcessDiedComesAgain() {
        folder.give(SLIP);
        assertThat(folder.take(files.resolve(ID + ".order"))).contains(SLIP);

        List<Path> again = OrderFolder.in(home).waiting(9);

        assertThat(again).containsExactly(files.resolve(ID + ".taken"));
        assertThat(folder.take(again.get(0))).contains(SLIP);
    }

    @Test
    void whatIsNoOrderIsSetAside() throws IOException {
        Files.write(files.resolve("hello.order"), SLIP.octets());
        Files.writeString(files.resolve(ID + ".order"), "embassage-order/v1\nend\n");
        Path elsewhere = home.resolve("elsewhere");
        Files.write(elsewhere, SLIP.octets());
        Path link = files.resolve("01931f6e-0000-7000-8000-000000000002.order");
        Files.createSymbolicLink(link, elsewhere);

        assertThat(folder.waiting(9))
                .hasSize(3)
                .allSatisfy(file -> assertThat(folder.take(file)).isEmpty());
        assertThat(folder.waiting(9)).isEmpty();
        assertThat(files.resolve("hello.order.refused")).exists();
        assertThat(elsewhere).exists();
    }

    @Test
    void anOrderThatOthersCouldWriteIsSetAside() throws IOException {
        folder.give(SLIP);
        Path file = files.resolve(ID + ".order");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        assertThat(folder.take(file)).isEmpty();
    }

    @Test
    void anOrderUnderAnothersNameIsSetAside() throws IOException {
        folder.give(SLIP);
        Path other = files.resolve("01931f6e-0000-7000-8000-000000000009.order");
        Files.move(files.resolve(ID + ".order"), other);

        assertThat(folder.take(other)).isEmpty();
    }

    @Test
    void onlyOneCarriesOrdersOut() {
        OrderFolder.Held held = folder.hold().orElseThrow();

        assertThat(OrderFolder.in(home).hold()).isEmpty();
        held.close();
        assertThat(OrderFolder.in(home).hold()).isPresent();
    }

    @Test
    void aPseudonymIsMadeOnceAndIsRandom() {
        SecureRandom random = new SecureRandom();
        String one = OfficerFile.pseudonym(home.resolve("a/officer"), random);

        assertThat(Officer.isPseudonym(one)).isTrue();
        assertThat(OfficerFile.pseudonym(home.resolve("a/officer"), random)).isEqualTo(one);
        assertThat(OfficerFile.pseudonym(home.resolve("b/officer"), random)).isNotEqualTo(one);
    }
}
