package org.embassage.exchange.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.exchange.agreement.PolicyFixture.BORDER_GUARD;
import static org.embassage.exchange.agreement.PolicyFixture.IN_FORCE;
import static org.embassage.exchange.agreement.PolicyFixture.POLICE;
import static org.embassage.exchange.agreement.PolicyFixture.agreement;
import static org.embassage.exchange.agreement.PolicyFixture.book;
import static org.embassage.exchange.agreement.PolicyFixture.document;
import static org.embassage.exchange.agreement.PolicyFixture.field;
import static org.embassage.exchange.agreement.PolicyFixture.permits;
import static org.embassage.exchange.agreement.PolicyFixture.refusal;
import static org.embassage.exchange.agreement.PolicyFixture.send;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.document.Header;
import org.embassage.exchange.document.Headers;
import org.embassage.exchange.document.MessageComposer;
import org.embassage.exchange.document.PermittedDocument;
import org.embassage.exchange.document.Terms;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.MessageView;
import org.embassage.schemas.SharedSchema;
import org.junit.jupiter.api.Test;

class ReceivingPolicyTest {

    private static final String SECOND =
            "version=\"2\" previous=\"fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9\"";

    /** What a sender with its own book seals now. */
    private static MessageView message(Agreement sendersCopy) {
        PermittedDocument document = send(book(sendersCopy), document("document-alert"), POLICE)
                .fold(granted -> granted, refused -> {
                    throw new AssertionError(refused.fault().toString());
                });
        byte[] octets = new MessageComposer(BORDER_GUARD, new SecureRandom())
                .compose(
                        document,
                        new Uuids(Clock.systemUTC(), new SecureRandom()).nextExchangeId(),
                        Digest.sha256(new byte[0]),
                        IN_FORCE,
                        1,
                        Optional.empty())
                .fold(good -> good.message().message(), bad -> {
                    throw new AssertionError(bad.fault().toString());
                });
        return SharedSchema.validateMessage(octets).view();
    }

    private static Verdict<Terms> receive(AgreementBook book, MessageView message, Instant now) {
        return new AgreementPolicy(book).judgeReceiving(Headers.of(message.header()), message.document(), now);
    }

    @Test
    void bothSidesComeToTheSameClauseWithTheSameFile() {
        Verdict<Terms> verdict = receive(book(agreement()), message(agreement()), IN_FORCE);

        assertThat(verdict.fold(Terms::clause, refused -> refused.fault().toString()))
                .isEqualTo("R1");
    }

    @Test
    void aMessageUnderAFileThatDiffersInOneByteIsAMismatch() {
        Agreement theirs = agreement("<Retention days=\"1095\"/>", "<Retention days=\"1096\"/>");

        assertThat(refusal(receive(book(agreement()), message(theirs), IN_FORCE)))
                .isEqualTo(FaultCode.POLICY_VERSION_MISMATCH);
    }

    @Test
    void aFieldThatOurCopyWantsStrippedIsForbidden() {
        Agreement careless = agreement("<Strip path=\"Holder\"/>", "");
        Agreement ours = agreement();
        MessageView leaky = message(careless);
        // the leaky sender names our version: its header says so, its document does not hold to it
        var header = Headers.of(leaky.header());
        var forged = new Header(
                header.exchange(),
                header.kind(),
                header.schemaVersion(),
                header.status(),
                header.action(),
                header.sender(),
                header.recipient(),
                header.recipientCertificate(),
                ours.ref(),
                header.priority(),
                header.created(),
                header.expires(),
                header.sequence(),
                header.salt(),
                header.supersedes());

        Verdict<Terms> verdict = new AgreementPolicy(book(ours)).judgeReceiving(forged, leaky.document(), IN_FORCE);

        assertThat(refusal(verdict)).isEqualTo(FaultCode.FORBIDDEN_FIELD);
        assertThat(field(verdict)).isEqualTo("Holder");
    }

    @Test
    void anOlderVersionIsTakenUntilItsSuccessorBeginsOrAsLongAsItSays() {
        Agreement old = agreement();
        Agreement next =
                agreement("version=\"1\"", SECOND, "from=\"2031-01-01T00:00:00Z\"", "from=\"2031-06-01T13:00:00Z\"");
        Agreement patient = agreement(
                "reviewDue=\"2033-01-01T00:00:00Z\"",
                "reviewDue=\"2033-01-01T00:00:00Z\" acceptUntil=\"2031-06-02T00:00:00Z\"");

        assertThat(permits(receive(book(old, next), message(old), IN_FORCE))).isTrue();
        assertThat(refusal(receive(book(old, next), message(old), IN_FORCE.plusSeconds(7200))))
                .isEqualTo(FaultCode.POLICY_VERSION_MISMATCH);
        assertThat(permits(receive(book(patient, next), message(patient), IN_FORCE.plusSeconds(7200))))
                .isTrue();
        assertThat(refusal(receive(book(patient, next), message(patient), Instant.parse("2031-06-02T00:00:01Z"))))
                .isEqualTo(FaultCode.POLICY_VERSION_MISMATCH);
    }

    @Test
    void theSuspensionOfTheCurrentVersionHoldsForMessagesUnderAnOlderOne() {
        Agreement old = agreement(
                "reviewDue=\"2033-01-01T00:00:00Z\"",
                "reviewDue=\"2033-01-01T00:00:00Z\" acceptUntil=\"2032-01-01T00:00:00Z\"");
        Agreement suspended = agreement(
                "version=\"1\"",
                SECOND,
                "<Suspension state=\"NONE\"/>",
                "<Suspension state=\"SUSPENDED\" by=\"QOS\" since=\"2031-05-01T00:00:00Z\" inFlight=\"HOLD\"/>");

        assertThat(refusal(receive(book(old, suspended), message(old), IN_FORCE)))
                .isEqualTo(FaultCode.AGREEMENT_SUSPENDED);
    }

    @Test
    void aMessageThatGrantsItselfALongerLifeIsRefused() {
        Agreement generous = agreement("expiresAfterSeconds=\"86400\"", "expiresAfterSeconds=\"86401\"");
        MessageView view = message(generous);
        var header = Headers.of(view.header());
        var underOurs = new Header(
                header.exchange(),
                header.kind(),
                header.schemaVersion(),
                header.status(),
                header.action(),
                header.sender(),
                header.recipient(),
                header.recipientCertificate(),
                agreement().ref(),
                header.priority(),
                header.created(),
                header.expires(),
                header.sequence(),
                header.salt(),
                header.supersedes());

        assertThat(refusal(new AgreementPolicy(book(agreement())).judgeReceiving(underOurs, view.document(), IN_FORCE)))
                .isEqualTo(FaultCode.EXPIRY_NOT_AGREED);
    }

    @Test
    void anExchangeInFlightGoesWaitsOrEndsAsTheSuspensionSays() {
        for (String inFlight : new String[] {"HOLD", "RETURN", "DELIVER"}) {
            Agreement suspended = agreement(
                    "<Suspension state=\"NONE\"/>",
                    "<Suspension state=\"SUSPENDED\" by=\"QOS\" since=\"2031-05-01T00:00:00Z\" inFlight=\"" + inFlight
                            + "\"/>");
            AgreementPolicy.Going going = new AgreementPolicy(book(suspended)).judgeGoing(suspended.ref(), IN_FORCE);

            switch (inFlight) {
                case "HOLD" -> assertThat(going).isInstanceOf(AgreementPolicy.Going.Waits.class);
                case "DELIVER" -> assertThat(going).isInstanceOf(AgreementPolicy.Going.Goes.class);
                default ->
                    assertThat(((AgreementPolicy.Going.Ends) going).fault().code())
                            .isEqualTo(FaultCode.AGREEMENT_SUSPENDED);
            }
        }
    }

    @Test
    void anExchangeWhoseAgreementEndedGoesNoFurther() {
        AgreementPolicy policy = new AgreementPolicy(book(agreement()));

        assertThat(policy.judgeGoing(agreement().ref(), IN_FORCE)).isInstanceOf(AgreementPolicy.Going.Goes.class);
        assertThat(policy.judgeGoing(agreement().ref(), Instant.parse("2036-01-01T00:00:00Z")))
                .isInstanceOf(AgreementPolicy.Going.Ends.class);
    }
}
