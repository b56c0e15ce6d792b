package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerNote;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.LedgerWitness;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.embassage.gateway.evidence.ExportLimits;
import org.embassage.gateway.evidence.Question;
import org.embassage.gateway.evidence.Question.Side;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three gateways that send to each other, are asked whether their ledgers still stand, and witness each other: whatever any of them is
 * asked for passes without anything let go but time-stamps, whoever else it talks to meanwhile.
 */
class StrictExportTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Auditor auditor;

    @BeforeEach
    void aBusyDay() {
        federation = new Federation(folder);
        auditor = new Auditor(federation, folder);
        List<GatewayId> all = List.of(BORDER_GUARD, POLICE, BORDER_POLICE);
        List<String> documents = Documents.vehicles(6);
        for (int hour = 0; hour < 3; hour++) {
            federation.gateway(BORDER_GUARD).drop(documents.subList(hour, hour + 1));
            federation.settle();
            federation.clock.forward(Duration.ofMinutes(20));
            all.forEach(id -> federation.gateway(id).challenges.run());
            federation.settle();
            federation.gateway(hour % 2 == 0 ? POLICE : BORDER_POLICE).drop(documents.subList(3 + hour, 4 + hour));
            federation.settle();
        }
        federation.gateway(BORDER_GUARD).drop(Documents.drop(List.of("BAD")));
        for (int i = 0; i < 2; i++) {
            federation.clock.forward(Duration.ofMinutes(20));
            all.forEach(id -> federation.gateway(id).challenges.run());
            federation.settle();
        }
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private List<Question> questions(GatewayId asked) {
        Instant june = Instant.parse("2031-06-01T00:00:00Z");
        Instant july = Instant.parse("2031-07-01T00:00:00Z");
        Question all = Question.all();
        List<Question> questions = new ArrayList<>(List.of(all));
        for (GatewayId peer : List.of(BORDER_GUARD, POLICE, BORDER_POLICE)) {
            if (!peer.equals(asked)) {
                questions.add(of(Side.BOTH, Optional.of(peer), Optional.empty(), Optional.empty()));
            }
        }
        questions.add(new Question(
                all.exchange(),
                Side.BOTH,
                all.peer(),
                Optional.of("QVL-QOS-2031-01"),
                all.kind(),
                all.state(),
                Optional.of(june),
                Optional.of(july)));
        questions.add(of(Side.SENT, Optional.empty(), Optional.empty(), Optional.empty()));
        questions.add(of(Side.RECEIVED, Optional.empty(), Optional.of("VehicleAlert"), Optional.of("HANDED_OVER")));
        exchanges(asked).forEach(exchange -> questions.add(Question.of(exchange)));
        return questions;
    }

    private static Question of(Side side, Optional<GatewayId> peer, Optional<String> kind, Optional<String> state) {
        Question all = Question.all();
        return new Question(all.exchange(), side, peer, all.agreement(), kind, state, all.from(), all.until());
    }

    private List<ExchangeId> exchanges(GatewayId asked) {
        return federation
                .gateway(asked)
                .register
                .receipts(ReceiptQuery.first(100).saying(EvidenceEvent.SUBMISSION_ACCEPTANCE))
                .stream()
                .flatMap(receipt -> receipt.exchange().stream())
                .distinct()
                .toList();
    }

    private void passes(GatewayId asked) {
        assertThat(exchanges(asked)).hasSizeGreaterThan(3);
        for (Question question : questions(asked)) {
            if (auditor.of(asked).select(question).isEmpty()) {
                continue; // the two agencies of one country have nothing with each other
            }
            assertThat(auditor.of(asked)
                            .missing(auditor.of(asked).select(question))
                            .sentences())
                    .as(question.text())
                    .isEmpty();
            auditor.export(asked, question).forEach(bundle -> passes(bundle, asked + " asked for " + question.text()));
        }
    }

    private void passes(Path bundle, String asked) {
        VerificationReport report = auditor.judge(bundle);
        assertThat(report.checks())
                .as(asked)
                .filteredOn(result -> !result.optional() && result.status() != Status.PASS)
                .extracting(result -> result.check() + ": " + result.sentence())
                .isEmpty();
        assertThat(report.verdict()).as(asked).isEqualTo(Verdict.TOTAL_PASSED);
    }

    private ExchangeId exchange(GatewayId with) {
        return federation
                .gateway(BORDER_GUARD)
                .register
                .exchanges(Optional.empty(), Optional.of(with), 1)
                .get(0)
                .exchange();
    }

    @Test
    void whatAThirdGatewayDidIsNoMatterOfAnExchangeWithAnother() {
        Gateway velmark = federation.gateway(BORDER_GUARD);
        Gateway borderPolice = federation.gateway(BORDER_POLICE);
        HeldNote held = velmark.ledgerbook.newestPeerNote(BORDER_POLICE).orElseThrow();
        Checkpoint real = Checkpoint.unverified(held.note()).orElseThrow();
        KeyEntry key = borderPolice.keys.current(KeyUse.LEDGER);
        String forked = new NoteSigner(
                        real.origin(), key.key(), key.certificate().getPublicKey())
                .sign(new Checkpoint(real.origin(), real.size(), Digest.sha256(new byte[] {1})).text());
        velmark.accept(new Gateway.Letter(
                BORDER_POLICE,
                BORDER_GUARD,
                Transport.JMS,
                DispatchBundle.encode(List.of(
                        new WireItem(ItemKind.LEDGER_NOTE, new LedgerNote(0, 0, List.of(), forked).octets())))));

        passes(
                auditor.export(BORDER_GUARD, Question.of(exchange(POLICE))).get(0),
                "an exchange with whoever did nothing");
        VerificationReport other = auditor.judge(auditor.export(BORDER_GUARD, Question.of(exchange(BORDER_POLICE)))
                .get(0));
        assertThat(other.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(other.of(Check.LEDGERS).sentence()).contains("ledger QOS-BP/receipts/1 shows two histories");
    }

    @Test
    void anAnswerAboutACheckpointThatOnlyAWitnessHeldLeavesNothingOpen() {
        Gateway velmark = federation.gateway(BORDER_GUARD);
        Gateway borderPolice = federation.gateway(BORDER_POLICE);
        ExchangeId before = exchange(BORDER_POLICE);
        borderPolice.drop(Documents.vehicles(8).subList(7, 8));
        borderPolice.ledger.run();
        String lost = borderPolice.ledgerbook.newestCheckpoint().orElseThrow().note();
        borderPolice.dispatch();
        borderPolice.post.clear();
        borderPolice.drop(Documents.vehicles(9).subList(8, 9));
        borderPolice.ledger.run();
        federation.clock.forward(Duration.ofMinutes(5)); // a peer is not asked again at once
        velmark.reception.comparing(List.of(witness(lost))).run();
        federation.settle();

        assertThat(velmark.ledgerbook.answers(BORDER_POLICE, 1))
                .allSatisfy(answer -> assertThat(answer.opening()).contains(lost));
        assertThat(velmark.ledgerbook.peerNote(
                        BORDER_POLICE, Checkpoint.unverified(lost).orElseThrow().size()))
                .isEmpty();
        passes(auditor.export(BORDER_GUARD, Question.of(before)).get(0), "an exchange from before");
        passes(auditor.export(BORDER_GUARD, Question.of(exchange(POLICE))).get(0), "an exchange with another");
    }

    private static LedgerWitness witness(String note) {
        return new LedgerWitness() {
            @Override
            public String name() {
                return "witness.example/one";
            }

            @Override
            public Optional<String> held(String origin) {
                return Optional.of(note).filter(text -> text.startsWith(origin));
            }
        };
    }

    @Test
    void whateverTheSenderToBothIsAskedForPasses() {
        passes(BORDER_GUARD);
    }

    @Test
    void whateverTheFirstRecipientIsAskedForPasses() {
        passes(POLICE);
    }

    @Test
    void whateverTheSecondRecipientIsAskedForPasses() {
        passes(BORDER_POLICE);
    }

    @Test
    void eachOfManyPartsPassesAlone() {
        List<Path> parts = auditor.export(BORDER_GUARD, Question.all(), new ExportLimits(2, 64L << 20, 100));

        assertThat(parts).hasSizeGreaterThan(2);
        parts.forEach(part ->
                assertThat(auditor.judge(part).verdict()).as(part.toString()).isEqualTo(Verdict.TOTAL_PASSED));
    }

    @Test
    void whatNoPeerHasWitnessedYetIsSaidToBeMissingAndIsIndeterminate() {
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(7).subList(6, 7));
        ExchangeId last = exchanges(BORDER_GUARD).get(exchanges(BORDER_GUARD).size() - 1);

        assertThat(auditor.of(BORDER_GUARD)
                        .missing(auditor.of(BORDER_GUARD).select(Question.of(last)))
                        .sentences())
                .isNotEmpty();
        assertThat(auditor.judge(auditor.export(BORDER_GUARD, Question.of(last)).get(0))
                        .verdict())
                .isEqualTo(Verdict.INDETERMINATE);
    }
}
