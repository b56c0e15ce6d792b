package org.embassage.evidence.receipt;

import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;

/** Which fields each event must have, and must not have: the table of docs/formats/receipt.md. */
final class Mandatory {

    private static final Set<String> DECISIONS = Set.of("REPROCESS", "RELEASE", "REJECT");

    private Mandatory() {}

    /** Whether the evidence has the fields of its event. */
    static boolean met(Evidence e) {
        boolean handedOver = e.event() == EvidenceEvent.CONTENT_HANDOVER;
        return reasonsMet(e) && e.basis().isPresent() == handedOver && actMet(e) && subjectMet(e) && partiesMet(e);
    }

    private static boolean reasonsMet(Evidence e) {
        return switch (e.event()) {
            case SUBMISSION_REJECTION,
                    RELAY_REJECTION,
                    RELAY_FAILURE,
                    CONTENT_HANDOVER_FAILURE,
                    QUARANTINE_DECISION,
                    TRAFFIC_SUSPENDED,
                    CONTENT_ERASURE -> !e.reasons().isEmpty();
            case SUBMISSION_ACCEPTANCE, RELAY_ACCEPTANCE, CONTENT_HANDOVER ->
                e.reasons().isEmpty();
            case TRAFFIC_RESUMED -> true;
        };
    }

    private static boolean actMet(Evidence e) {
        Optional<String> word = e.act().map(Act::word);
        return switch (e.event()) {
            case QUARANTINE_DECISION -> word.map(DECISIONS::contains).orElse(false);
            case TRAFFIC_SUSPENDED -> word.map("SUSPEND"::equals).orElse(false);
            case TRAFFIC_RESUMED -> word.map("RESUME"::equals).orElse(false);
            case CONTENT_ERASURE -> word.map("ERASE"::equals).orElse(false);
            case SUBMISSION_ACCEPTANCE,
                    SUBMISSION_REJECTION,
                    RELAY_ACCEPTANCE,
                    RELAY_REJECTION,
                    RELAY_FAILURE,
                    CONTENT_HANDOVER,
                    CONTENT_HANDOVER_FAILURE -> word.isEmpty();
        };
    }

    private static boolean subjectMet(Evidence e) {
        boolean exchangeWhole = e.subject() instanceof Subject.OfExchange
                && e.recipient().isPresent()
                && e.digests().flatMap(MessageDigests::inner).isPresent()
                && e.digests().flatMap(MessageDigests::manifest).isPresent();
        return switch (e.event()) {
            case SUBMISSION_ACCEPTANCE, RELAY_ACCEPTANCE, RELAY_FAILURE, CONTENT_HANDOVER, CONTENT_HANDOVER_FAILURE ->
                exchangeWhole && e.terms().isPresent();
            case CONTENT_ERASURE -> exchangeWhole;
            case SUBMISSION_REJECTION -> submissionMet(e);
            case RELAY_REJECTION -> openedMet(e) || unopenedMet(e);
            case QUARANTINE_DECISION -> openedMet(e) || unopenedMet(e) || submissionMet(e);
            case TRAFFIC_SUSPENDED, TRAFFIC_RESUMED ->
                e.subject() instanceof Subject.OfPeer && e.digests().isEmpty();
        };
    }

    private static boolean openedMet(Evidence e) {
        return e.subject() instanceof Subject.OfExchange
                && e.recipient().isPresent()
                && e.digests().flatMap(MessageDigests::inner).isPresent();
    }

    private static boolean unopenedMet(Evidence e) {
        return e.subject() instanceof Subject.Unopened && e.digests().isPresent();
    }

    private static boolean submissionMet(Evidence e) {
        return e.subject() instanceof Subject.OfSubmission && e.digests().isEmpty();
    }

    /** Events of the sender's gateway are said by the sender, those of the recipient's by the recipient. */
    private static boolean partiesMet(Evidence e) {
        return switch (e.event()) {
            case SUBMISSION_ACCEPTANCE, SUBMISSION_REJECTION, RELAY_FAILURE -> bySender(e);
            case RELAY_ACCEPTANCE, RELAY_REJECTION, CONTENT_HANDOVER, CONTENT_HANDOVER_FAILURE -> byRecipient(e);
            case QUARANTINE_DECISION ->
                bySender(e) ? !(e.subject() instanceof Subject.Unopened) : decidedByRecipient(e);
            case CONTENT_ERASURE -> bySender(e) || byRecipient(e);
            case TRAFFIC_SUSPENDED, TRAFFIC_RESUMED ->
                bySender(e)
                        && e.recipient().map(peer -> !peer.equals(e.issuer())).orElse(false);
        };
    }

    private static boolean decidedByRecipient(Evidence e) {
        return byRecipient(e) && !(e.subject() instanceof Subject.OfSubmission);
    }

    private static boolean bySender(Evidence e) {
        return e.issuer().equals(e.sender());
    }

    private static boolean byRecipient(Evidence e) {
        return !bySender(e) && e.recipient().map(e.issuer()::equals).orElse(true);
    }
}
