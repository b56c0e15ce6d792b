package org.embassage.evidence.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Evidence.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/formats/receipt.md, cell by cell: what an event must have, and what it must not have. */
class MandatoryTest {

    private static final Digest DIGEST = Digest.sha256(new byte[] {7});

    /** Evidence that a case may change. */
    private static final class Loose {
        private final Evidence good;
        GatewayId issuer;
        Optional<GatewayId> recipient;
        Subject subject;
        Optional<Terms> terms;
        Optional<MessageDigests> digests;
        List<Reason> reasons;
        Optional<HandoverBasis> basis;
        Optional<Act> act;

        Loose(EvidenceEvent event) {
            good = SampleEvidence.of(event, DIGEST);
            issuer = good.issuer();
            recipient = good.recipient();
            subject = good.subject();
            terms = good.terms();
            digests = good.digests();
            reasons = good.reasons();
            basis = good.basis();
            act = good.act();
        }

        Evidence evidence() {
            return new Evidence(
                    good.id(),
                    good.event(),
                    good.time(),
                    issuer,
                    good.issuerCertificate(),
                    good.sender(),
                    recipient,
                    subject,
                    terms,
                    digests,
                    reasons,
                    basis,
                    act,
                    good.previous(),
                    good.checkpoints());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSampleOfEachEventHasItsFields(EvidenceEvent event) {
        assertThat(Mandatory.met(new Loose(event).evidence())).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("faults")
    void aMissingOrForbiddenFieldIsNoticed(EvidenceEvent event, String what, Consumer<Loose> change) {
        Loose loose = new Loose(event);
        change.accept(loose);

        assertThat(Mandatory.met(loose.evidence())).as(what).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("choices")
    void whatMayBeThereOrNotIsNotAsked(EvidenceEvent event, String what, Consumer<Loose> change) {
        Loose loose = new Loose(event);
        change.accept(loose);

        assertThat(Mandatory.met(loose.evidence())).as(what).isTrue();
    }

    static Stream<Arguments> faults() {
        return Stream.of(EvidenceEvent.values()).flatMap(event -> switch (event) {
            case SUBMISSION_ACCEPTANCE, RELAY_ACCEPTANCE ->
                Stream.of(
                                noTerms(event),
                                noDigests(event),
                                noManifest(event),
                                noRecipient(event),
                                reason(event),
                                basis(event),
                                act(event),
                                otherSide(event))
                        .flatMap(s -> s);
            case CONTENT_HANDOVER ->
                Stream.of(
                                noTerms(event),
                                noDigests(event),
                                noManifest(event),
                                noRecipient(event),
                                reason(event),
                                noBasis(event),
                                act(event),
                                otherSide(event))
                        .flatMap(s -> s);
            case RELAY_FAILURE, CONTENT_HANDOVER_FAILURE ->
                Stream.of(
                                noTerms(event),
                                noDigests(event),
                                noManifest(event),
                                noRecipient(event),
                                noReason(event),
                                basis(event),
                                act(event),
                                otherSide(event))
                        .flatMap(s -> s);
            case SUBMISSION_REJECTION ->
                Stream.of(noReason(event), basis(event), act(event), digests(event), peer(event), otherSide(event))
                        .flatMap(s -> s);
            case RELAY_REJECTION ->
                Stream.of(
                                noReason(event),
                                basis(event),
                                act(event),
                                noDigests(event),
                                peer(event),
                                noRecipient(event),
                                otherSide(event))
                        .flatMap(s -> s);
            case QUARANTINE_DECISION ->
                Stream.of(
                                noReason(event),
                                basis(event),
                                noAct(event),
                                word(event, "ERASE"),
                                noDigests(event),
                                peer(event),
                                noRecipient(event),
                                one(event, "a third gateway decides", l -> l.issuer = new GatewayId("QXX-A")),
                                one(event, "the recipient decides on a submission", l -> {
                                    l.subject = submission();
                                    l.digests = Optional.empty();
                                }),
                                one(event, "the sender decides on what it cannot open", l -> {
                                    l.issuer = SampleEvidence.SENDER;
                                    l.subject = new Subject.Unopened();
                                }))
                        .flatMap(s -> s);
            case TRAFFIC_SUSPENDED ->
                Stream.of(
                                noReason(event),
                                basis(event),
                                noAct(event),
                                word(event, "RESUME"),
                                digests(event),
                                exchange(event),
                                noRecipient(event),
                                itself(event),
                                otherSide(event))
                        .flatMap(s -> s);
            case TRAFFIC_RESUMED ->
                Stream.of(
                                basis(event),
                                noAct(event),
                                word(event, "SUSPEND"),
                                digests(event),
                                exchange(event),
                                noRecipient(event),
                                itself(event),
                                otherSide(event))
                        .flatMap(s -> s);
            case CONTENT_ERASURE ->
                Stream.of(
                                noReason(event),
                                basis(event),
                                noAct(event),
                                word(event, "REJECT"),
                                noDigests(event),
                                noManifest(event),
                                peer(event),
                                noRecipient(event),
                                one(event, "a third gateway erases", l -> l.issuer = new GatewayId("QXX-A")))
                        .flatMap(s -> s);
        });
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                        one(EvidenceEvent.SUBMISSION_REJECTION, "no terms, no recipient", l -> {
                            l.terms = Optional.empty();
                            l.recipient = Optional.empty();
                        }),
                        one(EvidenceEvent.RELAY_REJECTION, "not opened", l -> {
                            l.subject = new Subject.Unopened();
                            l.terms = Optional.empty();
                            l.recipient = Optional.empty();
                            l.digests = Optional.of(new MessageDigests(DIGEST, Optional.empty(), Optional.empty()));
                        }),
                        one(EvidenceEvent.QUARANTINE_DECISION, "not opened", l -> {
                            l.subject = new Subject.Unopened();
                            l.terms = Optional.empty();
                            l.digests = Optional.of(new MessageDigests(DIGEST, Optional.empty(), Optional.empty()));
                        }),
                        one(EvidenceEvent.QUARANTINE_DECISION, "the sender on a submission", l -> {
                            l.issuer = SampleEvidence.SENDER;
                            l.subject = submission();
                            l.digests = Optional.empty();
                        }),
                        one(
                                EvidenceEvent.QUARANTINE_DECISION,
                                "the sender on its exchange",
                                l -> l.issuer = SampleEvidence.SENDER),
                        one(EvidenceEvent.CONTENT_ERASURE, "by the sender, no terms", l -> {
                            l.issuer = SampleEvidence.SENDER;
                            l.terms = Optional.empty();
                        }),
                        one(EvidenceEvent.TRAFFIC_SUSPENDED, "no terms", l -> l.terms = Optional.empty()),
                        one(EvidenceEvent.TRAFFIC_RESUMED, "a reason", l -> l.reasons = List.of(Reason.of("CLEARED"))))
                .flatMap(s -> s);
    }

    @Test
    void anActNamesAPersonByRoleAndPseudonymAndTheGatewayByNone() {
        Optional<String> pseudonym = Optional.of("p-3f9a1c07");

        assertThat(new Act("REJECT", "OFFICER", pseudonym, Optional.empty()).actor())
                .isEqualTo("OFFICER p-3f9a1c07");
        assertThat(Act.byRule("ERASE", Optional.empty()).actor()).isEqualTo("GATEWAY");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Act("REJECT", "OFFICER", Optional.empty(), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Act("REJECT", Act.GATEWAY, pseudonym, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Act("REJECT", "OFFICER", Optional.of("Jane Doe"), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Act("reject", "OFFICER", pseudonym, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Act("REJECT", "OFFICER", pseudonym, Optional.of("a/b")));
    }

    private static Stream<Arguments> one(EvidenceEvent event, String what, Consumer<Loose> change) {
        return Stream.of(Arguments.of(event, what, change));
    }

    private static Stream<Arguments> noTerms(EvidenceEvent event) {
        return one(event, "no terms", l -> l.terms = Optional.empty());
    }

    private static Stream<Arguments> noDigests(EvidenceEvent event) {
        return one(event, "no digests", l -> l.digests = Optional.empty());
    }

    private static Stream<Arguments> noManifest(EvidenceEvent event) {
        return Stream.concat(
                one(
                        event,
                        "no manifest digest",
                        l -> l.digests =
                                Optional.of(new MessageDigests(DIGEST, Optional.of(DIGEST), Optional.empty()))),
                one(
                        event,
                        "no inner digest",
                        l -> l.digests =
                                Optional.of(new MessageDigests(DIGEST, Optional.empty(), Optional.of(DIGEST)))));
    }

    private static Stream<Arguments> digests(EvidenceEvent event) {
        return one(
                event,
                "digests",
                l -> l.digests = Optional.of(new MessageDigests(DIGEST, Optional.empty(), Optional.empty())));
    }

    private static Stream<Arguments> noRecipient(EvidenceEvent event) {
        return one(event, "no recipient", l -> l.recipient = Optional.empty());
    }

    private static Stream<Arguments> noReason(EvidenceEvent event) {
        return one(event, "no reason", l -> l.reasons = List.of());
    }

    private static Stream<Arguments> reason(EvidenceEvent event) {
        return one(event, "a reason", l -> l.reasons = List.of(Reason.of("EXPIRED")));
    }

    private static Stream<Arguments> basis(EvidenceEvent event) {
        return one(event, "a basis", l -> l.basis = Optional.of(HandoverBasis.WRITTEN));
    }

    private static Stream<Arguments> noBasis(EvidenceEvent event) {
        return one(event, "no basis", l -> l.basis = Optional.empty());
    }

    private static Stream<Arguments> act(EvidenceEvent event) {
        return one(event, "an act", l -> l.act = Optional.of(Act.byRule("REJECT", Optional.empty())));
    }

    private static Stream<Arguments> noAct(EvidenceEvent event) {
        return one(event, "no act", l -> l.act = Optional.empty());
    }

    private static Stream<Arguments> word(EvidenceEvent event, String word) {
        return one(event, "another word", l -> l.act = Optional.of(Act.byRule(word, Optional.empty())));
    }

    private static Stream<Arguments> peer(EvidenceEvent event) {
        return one(event, "about a peer", l -> l.subject = new Subject.OfPeer());
    }

    private static Stream<Arguments> exchange(EvidenceEvent event) {
        return one(
                event,
                "about an exchange",
                l -> l.subject = SampleEvidence.of(EvidenceEvent.RELAY_ACCEPTANCE, DIGEST)
                        .subject());
    }

    private static Stream<Arguments> itself(EvidenceEvent event) {
        return one(event, "with itself", l -> l.recipient = Optional.of(l.issuer));
    }

    private static Stream<Arguments> otherSide(EvidenceEvent event) {
        return one(
                event,
                "said by the other side",
                l -> l.issuer =
                        l.issuer.equals(SampleEvidence.SENDER) ? SampleEvidence.RECIPIENT : SampleEvidence.SENDER);
    }

    private static Subject submission() {
        return new Subject.OfSubmission(
                new SubmissionRef(DropId.parse("01931f6e-0000-7000-8000-0000000000d0"), Optional.of(3)));
    }
}
