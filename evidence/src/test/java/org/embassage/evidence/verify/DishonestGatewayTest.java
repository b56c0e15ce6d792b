package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.Terms;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.zip.StrictZip;
import org.junit.jupiter.api.Test;

/** What a gateway, or its country, can do that has its own keys. */
class DishonestGatewayTest {

    private final World world = new World();

    // ---- who signed

    @Test
    void aSealCertificateThatTheCardDoesNotListIsNamed() {
        TestPki.Holder listed = world.qosSeal;
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.qosSeal = world.qosAuthority.gateway(World.QOS);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE);
        world.qosSeal = listed;

        caught(Check.SIGNER_GATEWAY, "which the peer card of QOS-POL does not list");
    }

    @Test
    void aReceiptInAnothersNameIsNamed() {
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.qosSeal = world.qosAuthority.gateway(World.QVL);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE);

        caught(Check.SIGNER_GATEWAY, "which is another's certificate");
    }

    @Test
    void aCountryWhoseAuthorityForgesTheOtherCountryIsNamed() {
        TestPki.Holder forgedSeal = world.qosAuthority.gateway(World.QVL);
        TestPki.Holder forgedParty = world.qosAuthority.party("QVL");
        world.qvlSeal = forgedSeal;
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE);
        world.say(EvidenceEvent.CONTENT_HANDOVER);
        byte[] card = world.card(World.QVL, forgedSeal, world.qvlLedger);
        byte[] bundle = World.forge(world.bundle(), files -> {
            files.put("cards/QVL-BG.1.card.xml", card);
            files.put("cards/QVL-BG.1.card.xml.p7s", World.partySign(forgedParty, card));
        });

        caught(world.verify(bundle), Check.COUNTRY_AUTHORITY, "one country's authority speaks for the other");
    }

    @Test
    void aRevokedSignerLeavesItIndeterminateAndIsNamed() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        byte[] bundle = world.bundle(writer -> writer.crl(world.qosAuthority.crl(world.qosSeal.certificate())));

        VerificationReport report = world.verify(bundle);

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.indication()).isEqualTo(Indication.REVOKED_NO_POE);
        assertThat(report.of(Check.REVOCATION).status()).isEqualTo(Status.FAIL);
        assertThat(report.sentence()).contains("QOS-POL seal").contains("revocation list");
    }

    @Test
    void theAuditorsOwnRevocationListCountsToo() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        TrustAnchors trust = new TrustAnchors(
                world.trust().anchors(), List.of(world.qosAuthority.crl(world.qosSeal.certificate())), List.of());

        assertThat(EvidenceVerifier.verify(world.bundle(), trust, World.policy(), Instant.now())
                        .indication())
                .isEqualTo(Indication.REVOKED_NO_POE);
    }

    @Test
    void withoutARevocationListRevocationIsNotChecked() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        byte[] bundle = World.forge(world.bundle(), files -> files.keySet().removeIf(path -> path.startsWith("crls/")));

        VerificationReport report = world.verify(bundle);

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.REVOCATION).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void aCertificateThatEndedBeforeTheAuditLeavesItIndeterminate() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);

        VerificationReport later = EvidenceVerifier.verify(
                world.bundle(), world.trust(), World.policy(), TestPki.end().plus(Duration.ofDays(1)));
        VerificationReport before = EvidenceVerifier.verify(
                world.bundle(), world.trust(), World.policy(), TestPki.start().minus(Duration.ofDays(1)));

        assertThat(later.indication()).isEqualTo(Indication.OUT_OF_BOUNDS_NO_POE);
        assertThat(later.of(Check.SIGNER_PATH).status()).isEqualTo(Status.FAIL);
        assertThat(before.indication()).isEqualTo(Indication.OUT_OF_BOUNDS_NO_POE);
    }

    // ---- what is said

    @Test
    void twoOutcomesContradictEachOther() {
        say(
                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                EvidenceEvent.RELAY_ACCEPTANCE,
                EvidenceEvent.CONTENT_HANDOVER,
                EvidenceEvent.CONTENT_HANDOVER_FAILURE);

        caught(Check.OUTCOME, "cannot both be true");
    }

    @Test
    void aHandOverOfWhatWasRefusedContradictsItself() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE);
        say(EvidenceEvent.RELAY_REJECTION, EvidenceEvent.CONTENT_HANDOVER);

        caught(Check.OUTCOME, "(RelayRejection)");
    }

    @Test
    void theSameEventSaidTwiceContradictsItself() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE);

        caught(Check.OUTCOME, "cannot both be true");
    }

    @Test
    void aReceiptForAnotherMessageIsNamed() {
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE, draft -> {
            MessageDigests good = draft.digests.orElseThrow();
            draft.digests = Optional.of(
                    new MessageDigests(Digest.sha256(World.text("another")), good.inner(), good.manifest()));
        });

        caught(Check.DIGESTS, "state another outer digest");
    }

    @Test
    void aHandOverBeforeItsRelayIsOutOfOrder() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE);
        world.say(EvidenceEvent.CONTENT_HANDOVER, draft -> draft.time = world.start);

        caught(Check.ORDER, "which it must follow");
    }

    @Test
    void twoClocksMayBeApartAsFarAsTheAgreementSays() {
        World apart = new World();
        apart.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        apart.say(EvidenceEvent.RELAY_ACCEPTANCE, draft -> draft.time = apart.start.minusSeconds(100));
        apart.say(EvidenceEvent.CONTENT_HANDOVER);
        World further = new World();
        further.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        further.say(EvidenceEvent.RELAY_ACCEPTANCE, draft -> draft.time = further.start.minusSeconds(130));

        assertThat(apart.verify(apart.bundle()).of(Check.ORDER).status()).isEqualTo(Status.PASS);
        assertThat(further.verify(further.bundle()).of(Check.ORDER).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void aClauseThatTheAgreementDoesNotHaveIsNamed() {
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE, draft -> draft.terms = clause(draft, "R9"));

        caught(Check.TERMS, "cites clause R9, which is no rule of the agreement");
    }

    @Test
    void aClauseForAnotherKindIsNamed() {
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE, draft -> {
            Subject.OfExchange of = (Subject.OfExchange) draft.subject;
            draft.subject = new Subject.OfExchange(
                    of.exchange(), "VehicleAlert", "1.0", 7, of.submitted(), of.submission(), Optional.empty());
        });

        caught(Check.TERMS, "does not speak of this kind");
    }

    @Test
    void aSuccessThatWasNotPermittedIsNamed() {
        world.say(
                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                draft -> draft.terms = draft.terms.map(t -> new Terms(
                        t.agreementId(), t.agreementVersion(), t.agreementDigest(), t.clause(), "REFUSE", List.of())));

        caught(Check.TERMS, "decision is not PERMIT");
    }

    @Test
    void aLinkToAReplacedReceiptIsNamed() {
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        Receipt relayed = world.say(
                EvidenceEvent.RELAY_ACCEPTANCE,
                draft -> draft.previous =
                        draft.previous.map(link -> new Previous(link.id(), Digest.sha256(World.text("replaced")))));

        caught(Check.PREVIOUS, "receipt " + relayed.id() + " (RelayAcceptance) follows another receipt than");
    }

    @Test
    void aReceiptWithoutAFieldOfItsEventIsNamed() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        Receipt handedOver = world.receipts.get(2);
        byte[] bundle = World.forge(
                world.bundle(),
                files -> files.computeIfPresent(
                        BundlePath.receipt(handedOver.id()),
                        (path, container) -> signedAnew(container, "  <HandoverBasis>WRITTEN</HandoverBasis>\n")));

        caught(world.verify(bundle), Check.FIELDS, "lacks a field of its event");
    }

    /** A receipt signed by the right key that leaves a line out. */
    private byte[] signedAnew(byte[] container, String line) {
        Map<String, byte[]> entries =
                new LinkedHashMap<>(StrictZip.read(container, 1 << 20).orElseThrow());
        byte[] before = entries.get("evidence.xml");
        byte[] after = World.replaced(before, line, "");
        byte[] manifest = World.replaced(entries.get("META-INF/ASiCManifest001.xml"), base64(before), base64(after));
        entries.put("evidence.xml", after);
        entries.put("META-INF/ASiCManifest001.xml", manifest);
        entries.put(
                "META-INF/signature001.p7s",
                world.qosSeal.signer().signDetached(manifest, Commitment.PROOF_OF_DELIVERY));
        return StrictZip.write(entries);
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(Digest.sha256(content).bytes());
    }

    // ---- ledgers

    @Test
    void aCheckpointThatWouldAlreadyHoldTheReceiptIsNamed() {
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        Receipt backDated = world.sign(EvidenceEvent.RELAY_ACCEPTANCE, draft -> {
            TestLedger ahead = world.qosLedger.fork(2);
            ahead.append(LedgerLeaf.epoch("a", "-"));
            ahead.append(LedgerLeaf.epoch("b", "-"));
            draft.checkpoints = new Checkpoints(ahead.checkpoint(), draft.checkpoints.peer());
        });
        world.qosLedger.append(LedgerLeaf.issued(backDated));
        world.receipts.add(backDated);

        caught(Check.PREDATES, "which would already hold it");
    }

    @Test
    void aLedgerWithTwoHistoriesIsNamedByTheCheckpointThatItsPeerHolds() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        TestLedger rewritten = world.qosLedger.fork(2);
        while (rewritten.tree().size() < world.qosLedger.tree().size()) {
            rewritten.append(LedgerLeaf.epoch("rewritten", "-"));
        }

        caught(
                world.verify(world.bundle(writer -> writer.note(World.QVL, rewritten.checkpoint()))),
                Check.LEDGERS,
                "ledger QOS-POL/receipts/1 shows two histories of size 4");
    }

    @Test
    void aRewrittenLedgerHasNoConsistencyProof() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        TestLedger rewritten = world.qosLedger.fork(1);
        for (int i = 0; i < 9; i++) {
            rewritten.append(LedgerLeaf.epoch("rewritten", Integer.toString(i)));
        }
        byte[] bundle =
                world.bundle(writer -> forgedContinuity(writer.note(World.QVL, rewritten.checkpoint()), rewritten));

        caught(world.verify(bundle), Check.LEDGERS, "the ledger QOS-POL/receipts/1 was rewritten between size");
    }

    private static void forgedContinuity(BundleWriter writer, TestLedger rewritten) {
        BundleWriter unused = writer.consistency(new org.embassage.evidence.bundle.ConsistencyProof(
                rewritten.origin(), 4, 10, rewritten.tree().consistencyProof(4, 10)));
    }

    @Test
    void aCheckpointOfAnotherGatewayInAReceiptIsNamed() {
        world.say(
                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                draft -> draft.checkpoints = new Checkpoints(world.qosLedger.checkpoint(), draft.checkpoints.peer()));

        caught(Check.PREDATES, "is no checkpoint of QVL-BG");
    }

    @Test
    void aPinnedLedgerKeyBeatsTheOneOfTheCard() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE, EvidenceEvent.CONTENT_HANDOVER);
        String other = new TestLedger(World.QOS).vkey();
        TrustAnchors pinned = new TrustAnchors(
                world.trust().anchors(),
                List.of(),
                List.of(org.embassage.evidence.ledger.NoteVerifier.parse(other).orElseThrow()));

        VerificationReport report = EvidenceVerifier.verify(world.bundle(), pinned, World.policy(), Instant.now());

        caught(report, Check.INCLUSION, "is not signed by the ledger key of QOS-POL");
    }

    @Test
    void aReceiptThatIsInNoLedgerDoesNotPass() {
        say(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_ACCEPTANCE);
        world.receipts.add(world.sign(EvidenceEvent.CONTENT_HANDOVER, draft -> {}));

        VerificationReport report = world.verify(world.bundle());

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.INCLUSION).status()).isEqualTo(Status.NOT_CHECKED);
    }

    // ----

    private void say(EvidenceEvent... events) {
        for (EvidenceEvent event : events) {
            world.say(event);
        }
    }

    private static Optional<Terms> clause(Draft draft, String clause) {
        return draft.terms.map(t ->
                new Terms(t.agreementId(), t.agreementVersion(), t.agreementDigest(), clause, "PERMIT", List.of()));
    }

    private void caught(Check check, String words) {
        caught(world.verify(world.bundle()), check, words);
    }

    private static void caught(VerificationReport report, Check check, String words) {
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.of(check).findings()).anySatisfy(finding -> {
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.sentence()).contains(words);
        });
    }
}
