package org.embassage.verifier;

import java.util.Map;
import java.util.stream.Collectors;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;

/** What a receipt says, for somebody who does not know the names of events. */
final class EventWords {

    private static final Map<String, String> SAYS = Map.ofEntries(
            Map.entry("SubmissionAcceptance", "accepted the record from its own side and sealed it for sending"),
            Map.entry("SubmissionRejection", "refused to send what its own side had submitted"),
            Map.entry("RelayAcceptance", "received, opened and checked the message, and stored it durably"),
            Map.entry("RelayRejection", "refused the message"),
            Map.entry(
                    "RelayFailure",
                    "had received no answer by the deadline; this does not say that nothing had arrived"),
            Map.entry("ContentHandover", "handed the record over to its own side"),
            Map.entry("ContentHandoverFailure", "could finally not hand the record over to its own side"),
            Map.entry("QuarantineDecision", "decided what becomes of something that it had set aside"),
            Map.entry("TrafficSuspended", "stopped exchanging messages with the other gateway"),
            Map.entry("TrafficResumed", "exchanges messages with the other gateway again"),
            Map.entry("ContentErasure", "destroyed the key to the content; the receipts remain"));

    private static final Map<String, String> BASIS = Map.of(
            "WRITTEN", "it lay where that side takes it from; nobody is said to have taken or read it",
            "COLLECTED", "that side took it away",
            "ACKNOWLEDGED", "that side acknowledged it");

    private EventWords() {}

    /** What the issuer did, to be read behind its name. */
    static String says(Evidence evidence) {
        String event = evidence.event().etsiName();
        StringBuilder words = new StringBuilder(SAYS.getOrDefault(event, "states the event " + event));
        evidence.basis()
                .ifPresent(basis -> words.append(" (")
                        .append(basis)
                        .append(": ")
                        .append(BASIS.getOrDefault(basis.name(), "see the format"))
                        .append(')'));
        evidence.act()
                .ifPresent(act -> words.append(" (")
                        .append(act.word())
                        .append(", by ")
                        .append(act.actor())
                        .append(')'));
        if (!evidence.reasons().isEmpty()) {
            words.append(", because: ").append(reasons(evidence));
        }
        return words.toString();
    }

    static String reasons(Evidence evidence) {
        return evidence.reasons().stream()
                .map(reason -> reason.code()
                        + reason.clause().map(clause -> ", clause " + clause).orElse("")
                        + reason.field().map(field -> ", field " + field).orElse(""))
                .collect(Collectors.joining("; "));
    }

    /** What it is about. */
    static String about(Evidence evidence) {
        if (evidence.subject() instanceof Subject.OfExchange of) {
            return "exchange " + of.exchange();
        }
        if (evidence.subject() instanceof Subject.OfSubmission of) {
            return "drop " + of.submission().drop()
                    + of.submission()
                            .recordIndex()
                            .map(index -> ", record " + index)
                            .orElse("");
        }
        if (evidence.subject() instanceof Subject.OfPeer) {
            return "messages between " + evidence.sender()
                    + evidence.recipient().map(peer -> " and " + peer).orElse("");
        }
        return "a message that could not be opened";
    }

    /** Whether it reports progress, and no refusal, failure or stop. */
    static boolean forward(Evidence evidence) {
        String event = evidence.event().etsiName();
        return !event.endsWith("Rejection") && !event.endsWith("Failure") && !event.endsWith("Suspended");
    }
}
