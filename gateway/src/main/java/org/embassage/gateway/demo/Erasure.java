package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order.EraseOrder;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;

/** The act of erasure: one person's record goes, and all that was ever stated about it stays and verifies. */
final class Erasure {

    private static final Duration WITHIN = Duration.ofSeconds(180);

    private final Stage stage;
    private final Bundles bundles;
    private final BooleanSupplier alive;

    Erasure(Stage stage, Bundles bundles, BooleanSupplier alive) {
        this.stage = stage;
        this.bundles = bundles;
        this.alive = alive;
    }

    /**
     * The recipient erases an exchange that it handed over; its sender exports the evidence.
     *
     * @param another is for the reader to erase
     */
    void play(Side sender, Side recipient, ExchangeId exchange, ExchangeId another) throws IOException {
        stage.act("A person in one record is in the right: " + recipient.id() + " erases it, and its receipts stay");
        stage.line("exchange " + exchange);
        stage.line("before  " + content(recipient, sender.id(), exchange));
        Desk desk = Desk.give(
                recipient,
                OfficerRole.DATA_PROTECTION,
                new EraseOrder(EraseOrder.What.EXCHANGE, exchange.toString(), false, OrderReason.SUBJECT_RIGHT));
        boolean answered = stage.until("erased", () -> desk.answer().isPresent(), alive, WITHIN);
        stage.check(
                answered && desk.answer().map(OrderAnswer::carriedOut).orElse(false),
                recipient.id() + " carries out the order to erase");
        String after = content(recipient, sender.id(), exchange);
        stage.line("after   " + after);
        stage.check(after.contains(FaultCode.CONTENT_ERASED.code()), "the content is erased");
        stage.check(
                stage.until("told to the peer", () -> told(sender, exchange), alive, WITHIN),
                "the erasure's receipt and its proofs reach " + sender.id());
        Path file = bundles.folder().resolve("erased.zip");
        Files.write(file, sender.export().write(List.of(exchange), "exchange " + exchange));
        VerificationReport report = bundles.verify(Files.readAllBytes(file));
        stage.line(file.getFileName() + "  " + stage.verdict(report) + "  " + report.subject()
                + ", the one of the erasure among them");
        stage.check(
                report.verdict() == Verdict.TOTAL_PASSED, "evidence of what was erased verifies: " + report.sentence());
        stage.repeat("./embassage erase exchange --id " + another
                + " --reason SUBJECT_RIGHT --role DATA-PROTECTION --now --home " + recipient.home());
        stage.repeat("./embassage verify " + file + " --trust " + bundles.trust());
    }

    private static String content(Side side, GatewayId sender, ExchangeId exchange) {
        try {
            return side.id() + " can open the record: "
                    + side.register().inboxMessage(sender, exchange).octets().length + " bytes";
        } catch (Broken gone) {
            return side.id() + " cannot: " + gone.fault().code() + ", "
                    + gone.fault().sentence();
        }
    }

    private static boolean told(Side side, ExchangeId exchange) {
        return side.register().receipts(exchange).stream()
                        .anyMatch(receipt -> receipt.event() == EvidenceEvent.CONTENT_ERASURE)
                && side.export().unproven(List.of(exchange)) == 0;
    }
}
