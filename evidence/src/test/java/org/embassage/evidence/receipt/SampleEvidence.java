package org.embassage.evidence.receipt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Evidence.Terms;

/** One example of each event. */
public final class SampleEvidence {

    public static final GatewayId SENDER = new GatewayId("QVL-BG");
    public static final GatewayId RECIPIENT = new GatewayId("QOS-POL");
    private static final Instant TIME = Instant.parse("2026-11-23T08:00:00Z").truncatedTo(ChronoUnit.MILLIS);

    private SampleEvidence() {}

    public static Evidence of(EvidenceEvent event, Digest certificate) {
        boolean bySender = switch (event) {
            case SUBMISSION_ACCEPTANCE, SUBMISSION_REJECTION, RELAY_FAILURE, TRAFFIC_SUSPENDED, TRAFFIC_RESUMED -> true;
            default -> false;
        };
        boolean negative = event.name().endsWith("REJECTION")
                || event.name().endsWith("FAILURE")
                || !event.ofEtsi() && event != EvidenceEvent.TRAFFIC_RESUMED;
        boolean traffic = event.name().startsWith("TRAFFIC");
        boolean rejectedSubmission = event == EvidenceEvent.SUBMISSION_REJECTION;
        SubmissionRef submission =
                new SubmissionRef(DropId.parse("01931f6e-0000-7000-8000-0000000000d0"), Optional.of(3));
        Subject ofExchange = new Subject.OfExchange(
                ExchangeId.parse("01931f6e-0000-7000-8000-0000000000e0"),
                "PersonAlert",
                "1.0",
                7,
                TIME,
                bySender ? Optional.of(submission) : Optional.empty(),
                Optional.empty());
        Subject subject =
                rejectedSubmission ? new Subject.OfSubmission(submission) : traffic ? new Subject.OfPeer() : ofExchange;
        return new Evidence(
                EvidenceId.parse("01931f6e-0000-7000-8000-0000000000%02x".formatted(event.ordinal())),
                event,
                TIME,
                bySender ? SENDER : RECIPIENT,
                certificate,
                SENDER,
                Optional.of(RECIPIENT),
                subject,
                Optional.of(new Terms(
                        "QVL-QOS-2031-01",
                        3,
                        Digest.sha256(new byte[] {1}),
                        "R1",
                        negative ? "REFUSE" : "PERMIT",
                        List.of("Strip:Holder"))),
                rejectedSubmission || traffic
                        ? Optional.empty()
                        : Optional.of(new MessageDigests(
                                Digest.sha256(new byte[] {2}),
                                Optional.of(Digest.sha256(new byte[] {3})),
                                Optional.of(Digest.sha256(new byte[] {4})))),
                negative ? List.of(new Reason("PURPOSE_NOT_AGREED", Optional.of("R1"), Optional.empty())) : List.of(),
                event == EvidenceEvent.CONTENT_HANDOVER ? Optional.of(HandoverBasis.WRITTEN) : Optional.empty(),
                act(event),
                event == EvidenceEvent.CONTENT_HANDOVER
                        ? Optional.of(new Previous(
                                EvidenceId.parse("01931f6e-0000-7000-8000-00000000000f"),
                                Digest.sha256(new byte[] {5})))
                        : Optional.empty(),
                new Checkpoints("QOS-POL/receipts/1\n0\nroot\n\n— x y\n", Optional.empty()));
    }

    private static Optional<Act> act(EvidenceEvent event) {
        return switch (event) {
            case QUARANTINE_DECISION ->
                Optional.of(new Act("REJECT", "OFFICER", Optional.of("p-3f9a1c07"), Optional.of("message-0a1b")));
            case TRAFFIC_SUSPENDED -> Optional.of(Act.byRule("SUSPEND", Optional.empty()));
            case TRAFFIC_RESUMED ->
                Optional.of(new Act("RESUME", "OFFICER", Optional.of("p-3f9a1c07"), Optional.empty()));
            case CONTENT_ERASURE -> Optional.of(Act.byRule("ERASE", Optional.empty()));
            default -> Optional.empty();
        };
    }
}
